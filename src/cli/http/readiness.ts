/**
 * Finds out whether the server can do its work.
 *
 * @module
 */

import type { CallerFileState, CallerSource } from "../../access/caller_source.ts";
import type { Config } from "../../config/config.ts";
import type { Clock } from "../../core/clock.ts";
import { WebexMcpError } from "../../core/errors.ts";
import type { Check, Health } from "../../transport/http/health.ts";
import type { SharedParts } from "../shared_parts.ts";

/** What is looked at. */
export interface ReadinessOptions {
  readonly config: Config;
  readonly shared: SharedParts;
  /** Absent without a file of callers. */
  readonly callers?: CallerSource | undefined;
  /** Fires when the server ends. */
  readonly ending: AbortSignal;
  readonly clock: Pick<Clock, "monotonic">;
}

/** Anybody may ask, and the store is asked in turn: an answer counts so long, in milliseconds. */
const FRESH_MS = 1_000;

/** Whoever asks gives up after a few seconds. */
const CHECK_MS = 3_000;

async function guarded(check: () => Promise<Check>): Promise<Check> {
  try {
    return await check();
  } catch (error) {
    // Messages are for the log: whoever asks this needs no permission.
    return { ok: false, note: error instanceof WebexMcpError ? error.code : "failed" };
  }
}

async function credentialCheck({ config, shared }: ReadinessOptions): Promise<Check> {
  if (config.sandbox) return { ok: true, note: "simulated organization" };
  const { credential, owner } = shared.upstreamFor(config);
  const signal = AbortSignal.timeout(CHECK_MS);
  const token = await credential.token(signal);
  if (token === undefined) return { ok: false, note: "no token" };
  // Asked at most once in ten minutes; where Webex can't be reached, the token may still be good.
  if (config.baseUrl === undefined && await owner.isRejected({ signal })) return { ok: false, note: "token refused" };
  return { ok: true };
}

const TROUBLES: Readonly<Record<NonNullable<CallerFileState["trouble"]>, string>> = {
  unusable: "file unusable, those of before stay",
  missing: "no file",
};

/** Leaving the replica out would help nobody: others have the same file, and OAuth callers are served without it. */
async function callersCheck(callers: CallerSource): Promise<Check> {
  await callers.current();
  const { trouble } = callers.state();
  return trouble === undefined ? { ok: true } : { ok: false, tolerated: true, note: TROUBLES[trouble] };
}

async function checksOf(options: ReadinessOptions): Promise<Readonly<Record<string, Check>>> {
  const { config, shared, callers } = options;
  const [collection, credential, store, known] = await Promise.all([
    guarded(async () => ({ ok: true, note: `${(await shared.catalogueFor(config)).catalogue.size} tools` })),
    guarded(() => credentialCheck(options)),
    guarded(async () => {
      await shared.store.ping();
      return { ok: true, note: shared.store.isShared ? "shared" : "of this server" };
    }),
    callers === undefined ? undefined : guarded(() => callersCheck(callers)),
  ]);
  return { collection, credential, store, ...(known === undefined ? {} : { callers: known }) };
}

/**
 * Makes what answers the question.
 *
 * @param options What is looked at.
 * @returns The health; whoever asks more often than once a second gets the same answer.
 */
export function readinessOf(options: ReadinessOptions): Health {
  const { clock, ending } = options;
  let last: { readonly at: number; readonly checks: ReturnType<typeof checksOf> } | undefined;
  return {
    async check() {
      const now = clock.monotonic();
      if (last === undefined || now - last.at >= FRESH_MS) last = { at: now, checks: checksOf(options) };
      const checks = await last.checks;
      return ending.aborted ? { ...checks, draining: { ok: false, note: "ending" } } : checks;
    },
  };
}
