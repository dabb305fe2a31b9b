/**
 * Finds out whether the server can do its work.
 *
 * @module
 */

import type { Config } from "../../config/config.ts";
import { WebexMcpError } from "../../core/errors.ts";
import type { Check, Health } from "../../transport/http/health.ts";
import type { SharedParts } from "../shared_parts.ts";

/** What is looked at. */
export interface ReadinessOptions {
  readonly config: Config;
  readonly shared: SharedParts;
  readonly isDraining: () => boolean;
}

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
  const identity = config.baseUrl === undefined ? await owner.lookup({ signal }) : undefined;
  if (identity?.rejected === true) return { ok: false, note: "token refused" };
  return { ok: true };
}

/**
 * Makes what answers the question.
 *
 * @param options What is looked at.
 * @returns The health.
 */
export function readinessOf(options: ReadinessOptions): Health {
  const { config, shared, isDraining } = options;
  return {
    async check() {
      const [collection, credential, store] = await Promise.all([
        guarded(async () => ({ ok: true, note: `${(await shared.catalogueFor(config)).catalogue.size} tools` })),
        guarded(() => credentialCheck(options)),
        guarded(async () => {
          await shared.store.ping();
          return { ok: true, note: shared.store.isShared ? "shared" : "of this server" };
        }),
      ]);
      return { collection, credential, store, ...(isDraining() ? { draining: { ok: false, note: "ending" } } : {}) };
    },
  };
}
