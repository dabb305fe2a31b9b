/**
 * The callers as the server knows them: a revoked token ends soon, and a slip of whoever edits the file shuts nobody out.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import { UsageError } from "../core/errors.ts";
import type { Log } from "../core/log.ts";
import type { Callers } from "./caller_file.ts";
import type { CallerStore } from "./caller_store.ts";

/** How the file of callers was when it was last looked at. */
export interface CallerFileState {
  /** `unusable`: the callers of before stay; `missing`: there are none. Absent where all is well. */
  readonly trouble?: "unusable" | "missing";
  /** When callers were last read of it, in milliseconds since 1970; absent before the first time. */
  readonly readAt?: number;
}

/** Gives the callers. */
export interface CallerSource {
  /**
   * @returns The callers, as the file had them {@linkcode CALLERS_AGE_MS} ago at most.
   * @throws {UsageError} If the file could never be read.
   */
  current(): Promise<Callers>;
  /** Tells how the file was at the last look, without another one. */
  state(): CallerFileState;
}

/** How long the file is not looked at again, in milliseconds; so long a revoked token lives on. */
export const CALLERS_AGE_MS = 2_000;

/** What a source works with. */
export interface CallerSourceParts {
  readonly store: Pick<CallerStore, "path" | "read" | "exists" | "exposure">;
  readonly clock: Pick<Clock, "monotonic" | "now">;
  readonly log: Pick<Log, "warning">;
}

/**
 * Makes a source that reads the file when somebody calls and it was not read for a while. One that cannot be used any
 * more is told in the log, once for each reason, and the callers of before stay; one that is gone has no callers.
 *
 * @param parts The file, the clock, and the log.
 * @returns The source.
 */
export function createCallerSource({ store, clock, log }: CallerSourceParts): CallerSource {
  let known: Callers | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<Callers> | undefined;
  let told: string | undefined;
  let state: CallerFileState = {};

  function tell(text: string | undefined): void {
    if (text !== undefined && text !== told) log.warning(text);
    told = text;
  }

  /** Nobody means to have no file: it was moved, or its path is mistyped. */
  async function lookAt({ size }: Callers): Promise<void> {
    if (size > 0 || await store.exists().catch(() => true)) {
      state = { readAt: clock.now() };
      tell(await store.exposure().catch(() => undefined));
    } else {
      state = { ...state, trouble: "missing" };
      tell(`There is no file of callers ${JSON.stringify(store.path)}: no token of this server's own lets anybody in`);
    }
  }

  async function read(): Promise<Callers> {
    try {
      known = await store.read();
      await lookAt(known);
    } catch (error) {
      if (known === undefined || !(error instanceof UsageError)) throw error;
      state = { ...state, trouble: "unusable" };
      tell(`${error.message}; the callers of before stay`);
    } finally {
      lookedAt = clock.monotonic();
      reading = undefined;
    }
    return known;
  }

  return {
    async current() {
      if (known !== undefined && clock.monotonic() - lookedAt < CALLERS_AGE_MS) return known;
      return await (reading ??= read());
    },
    state: () => state,
  };
}
