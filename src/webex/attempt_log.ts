/**
 * Tells the log, for those who look for a fault, what becomes of a request: its attempts, waits and answers.
 *
 * Lines name the operation and never its values; ids in the address are values, too.
 *
 * @module
 */

import type { Log } from "../core/log.ts";

/** What becomes of one request. All times are milliseconds. */
export interface AttemptLog {
  /** It waited, for example for `a place`; waits of no length are left out. */
  waited(ms: number, what: string): void;
  /** It goes on the wire, for the first time or again. */
  sent(attempt: number): void;
  /** It was answered. */
  answered(status: number, ms: number, trackingId: string | undefined): void;
  /** It has no answer; the code says why. */
  lost(code: string, ms: number): void;
  /** It is repeated after a wait. */
  repeats(ms: number, reason: string): void;
}

/**
 * Begins to tell of a request.
 *
 * @param log Where to; silent where absent.
 * @param name The operation, for example `GET /people/{personId}`.
 * @returns What is told as it happens.
 */
export function attemptLog(log: Pick<Log, "debug"> | undefined, name: string): AttemptLog {
  const say = (text: string) => log?.debug(`${name}: ${text}`);
  const length = (ms: number) => `${Math.round(ms)} ms`;
  return {
    waited: (ms, what) => {
      if (Math.round(ms) > 0) say(`waited ${length(ms)} for ${what}`);
    },
    sent: (attempt) => say(`attempt ${attempt}`),
    answered: (status, ms, trackingId) =>
      say(`answered ${status} after ${length(ms)}${trackingId === undefined ? "" : `, tracking id ${trackingId}`}`),
    lost: (code, ms) => say(`no answer after ${length(ms)}: ${code}`),
    repeats: (ms, reason) => say(`repeats in ${length(ms)}: ${reason}`),
  };
}
