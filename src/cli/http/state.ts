/**
 * Opens the state that the servers of one store share.
 *
 * @module
 */

import type { StateConfig, StoreConfig } from "../../config/store.ts";
import type { Bytes } from "../../core/cipher_box.ts";
import { systemClock } from "../../core/clock.ts";
import { UsageError } from "../../core/errors.ts";
import { parseKeyFile } from "../../store/key_file.ts";
import { createMemoryStore } from "../../store/memory_store.ts";
import { readRedisAddress } from "../../store/redis_address.ts";
import { StoreError } from "../../store/store_error.ts";
import type { Take } from "../../transport/http/caller_limits.ts";
import { meteredStore } from "../../telemetry/metered_store.ts";
import { SharedLimits } from "../../webex/limits/shared_limits.ts";
import type { CommonState } from "../shared_parts.ts";
import { readTextFile } from "../text_file.ts";
import type { ServeHttpParts } from "./parts.ts";

/** The state, and its end. */
export interface OpenState extends CommonState, AsyncDisposable {
  /** Takes permits; while the store is away, of buckets of this process. */
  readonly take: Take;
}

type StateParts = Pick<ServeHttpParts, "system" | "log" | "secrets" | "meter">;

/** Callers are limited by the server alone rather than not at all, and rather than turned away. */
function takeWith({ store }: CommonState): Take {
  const own = createMemoryStore({ clock: systemClock });
  return async (key, bucket) => {
    try {
      return await store.take(key, bucket);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return await own.take(key, bucket);
    }
  };
}

async function passwordOf({ passwordFile }: StoreConfig, { system, secrets }: StateParts): Promise<string | undefined> {
  if (passwordFile === undefined) return undefined;
  const password = (await readTextFile(passwordFile, system.readTextFile)).trim();
  secrets.add(password);
  return password;
}

/** A server that can't reach the store at its start would not do what it was told to; later it goes on by itself. */
async function openShared(config: StoreConfig, keys: readonly Bytes[], parts: StateParts): Promise<OpenState> {
  const { log, secrets, meter } = parts;
  const address = readRedisAddress(config.url, await passwordOf(config, parts));
  if (address.password !== undefined) secrets.add(address.password);
  const { openSharedState } = await import("../../store/shared_state.ts");
  const state = openSharedState({ address, keys, clock: systemClock, random: Math.random });
  try {
    await state.store.ping();
  } catch (error) {
    await state[Symbol.asyncDispose]();
    if (!(error instanceof StoreError)) throw error;
    const reason = error.cause instanceof Error ? `: ${error.cause.message}` : "";
    throw new UsageError(`Cannot reach the store at ${address.label}${reason}`, {
      code: "store_unavailable",
      guidance: `Start it, or check its address; under Deno it needs --allow-net=${address.host}:${address.port}, too.`,
      cause: error,
    });
  }
  const limits = new SharedLimits({ budget: state.budget, clock: systemClock, random: Math.random, log });
  const store = meteredStore(state.store, { meter, clock: systemClock });
  log.info(`Sharing state with other servers at ${address.label}`);
  return {
    store,
    keys,
    limits,
    take: takeWith({ store }),
    async [Symbol.asyncDispose]() {
      await limits.settled();
      await state[Symbol.asyncDispose]();
    },
  };
}

async function keysOf({ keyFile }: StateConfig, { system }: StateParts): Promise<readonly Bytes[] | undefined> {
  return keyFile === undefined ? undefined : parseKeyFile(await readTextFile(keyFile, system.readTextFile));
}

/**
 * Opens the state.
 *
 * @param config Where it is, and what it is sealed with.
 * @param parts The outside of the program.
 * @returns The state; dispose of it after the last call.
 * @throws {UsageError} If a file of it can't be read, the store can't be reached, or lets nobody in.
 */
export async function openState(config: StateConfig, parts: StateParts): Promise<OpenState> {
  const keys = await keysOf(config, parts);
  if (config.store !== undefined && keys !== undefined) return await openShared(config.store, keys, parts);
  const store = meteredStore(createMemoryStore({ clock: systemClock }), { meter: parts.meter, clock: systemClock });
  return {
    store,
    ...(keys === undefined ? {} : { keys }),
    take: takeWith({ store }),
    [Symbol.asyncDispose]: () => store.close(),
  };
}
