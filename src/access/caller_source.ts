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

/** Gives the callers. */
export interface CallerSource {
  /**
   * @returns The callers, as the file had them {@linkcode CALLERS_AGE_MS} ago at most.
   * @throws {UsageError} If the file could never be read.
   */
  current(): Promise<Callers>;
}

/** How long the file is not looked at again, in milliseconds; so long a revoked token lives on. */
export const CALLERS_AGE_MS = 2_000;

/** What a source works with. */
export interface CallerSourceParts {
  readonly store: Pick<CallerStore, "read" | "exposure">;
  readonly clock: Pick<Clock, "monotonic">;
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
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<Callers> | undefined;
  let told: string | undefined;

  function tell(text: string | undefined): void {
    if (text !== undefined && text !== told) log.warning(text);
    told = text;
  }

  async function read(): Promise<Callers> {
    try {
      known = await store.read();
      tell(await store.exposure().catch(() => undefined));
    } catch (error) {
      if (known === undefined || !(error instanceof UsageError)) throw error;
      tell(`${error.message}; the callers of before stay`);
    } finally {
      readAt = clock.monotonic();
      reading = undefined;
    }
    return known;
  }

  return {
    async current() {
      if (known !== undefined && clock.monotonic() - readAt < CALLERS_AGE_MS) return known;
      return await (reading ??= read());
    },
  };
}
