/**
 * Remembers whose token it is, for advice about missing roles and for partners' calls.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import type { CallContext } from "../../core/context.ts";
import type { Identity } from "./identity.ts";
import { SingleFlight, withinTime } from "./waiting.ts";

/** How long an answer counts, in milliseconds, and a failure too: the question is asked beside calls that matter more. */
const KEEP_MS = 10 * 60_000;
/** How long the asking may take, in milliseconds. */
const ASK_LIMIT_MS = 8_000;
/** More tokens are never in use side by side; the oldest is forgotten first. */
const MAX_TOKENS = 8;

/** What an owner's memory needs. */
export interface OwnerOptions {
  readonly clock: Clock;
  /** Gives the token that calls would use now; may fail. */
  readonly token: (signal: AbortSignal) => Promise<string | undefined>;
  /** Asks Webex whose token it is; may fail. */
  readonly read: (token: string, signal: AbortSignal) => Promise<Identity>;
}

/** Knows the token's owner. */
export interface Owner {
  /**
   * Asks Webex, at most once in ten minutes for each token, and for eight seconds.
   *
   * @param context The limits of the call that wants to know.
   * @returns What is known of the owner of the token in use now, and never of another's; `undefined` if nothing could be
   * found out. Never throws.
   */
  lookup(context: Pick<CallContext, "signal">): Promise<Identity | undefined>;
  /**
   * Tells whether Webex refused the token in use now, as far as that was found out in the last ten minutes.
   *
   * @param context The limits of whoever wants to know.
   * @returns `true` only after an answer of 401. Never throws.
   */
  isRejected(context: Pick<CallContext, "signal">): Promise<boolean>;
}

/** What is known of one token. */
interface Memory {
  readonly flight: SingleFlight<void>;
  identity: Identity | undefined;
  isRejected: boolean;
  askedAt: number;
}

/** Tokens are told apart without being kept. */
async function hashOf(token: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token))).toHex();
}

/**
 * Makes a memory of the token's owner.
 *
 * @param options The clock, the token, and how to ask.
 * @returns The memory, empty.
 */
export function createOwner({ clock, token, read }: OwnerOptions): Owner {
  const memories = new Map<string, Memory>();

  function memoryOf(hash: string): Memory {
    const known = memories.get(hash);
    if (known !== undefined) return known;
    const memory: Memory = {
      flight: new SingleFlight<void>(),
      identity: undefined,
      isRejected: false,
      askedAt: Number.NEGATIVE_INFINITY,
    };
    memories.set(hash, memory);
    const [oldest] = memories.keys();
    if (memories.size > MAX_TOKENS && oldest !== undefined) memories.delete(oldest);
    return memory;
  }

  async function ask(memory: Memory, value: string): Promise<void> {
    memory.askedAt = clock.monotonic();
    try {
      const found = await withinTime({ clock, ms: ASK_LIMIT_MS }, (signal) => read(value, signal));
      memory.isRejected = found.rejected;
      memory.identity = found.rejected ? undefined : found;
    } catch {
      // The owner of a token never changes, but what is older than ten minutes is nothing to decide by.
      memory.identity = undefined;
    }
  }

  async function known(signal: AbortSignal): Promise<Memory | undefined> {
    try {
      const value = await withinTime({ clock, ms: ASK_LIMIT_MS, signal }, token);
      if (value === undefined) return undefined;
      const memory = memoryOf(await hashOf(value));
      await memory.flight.run(
        () => clock.monotonic() - memory.askedAt < KEEP_MS ? Promise.resolve() : ask(memory, value),
        signal,
      );
      return memory;
    } catch {
      // There is no token, or the call that wanted to know is over.
      return undefined;
    }
  }

  return {
    lookup: async ({ signal }) => (await known(signal))?.identity,
    isRejected: async ({ signal }) => (await known(signal))?.isRejected === true,
  };
}
