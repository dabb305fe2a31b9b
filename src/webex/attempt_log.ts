/**
 * Tells the log, for those who look for a fault, what becomes of a request: its attempts, waits and answers.
 *
 * Lines name the operation and never its values; ids in the address are values, too.
 *
 * @module
 */

import type { Log } from "../core/log.ts";
import type { AttemptWatch } from "./attempt_watch.ts";

/**
 * Begins to tell of a request.
 *
 * @param log Where to; silent where absent.
 * @param name The operation, for example `GET /people/{personId}`.
 * @returns What is told as it happens.
 */
export function attemptLog(log: Pick<Log, "debug"> | undefined, name: string): AttemptWatch {
  const say = (text: string) => log?.debug(`${name}: ${text}`);
  const length = (ms: number) => `${Math.round(ms)} ms`;
  return {
    waited: (ms, what) => {
      // The pause before a repetition is told when it begins.
      if (what !== "pause" && Math.round(ms) > 0) say(`waited ${length(ms)} for a ${what}`);
    },
    sent: (attempt) => say(`attempt ${attempt}`),
    answered: (status, ms, trackingId) =>
      say(`answered ${status} after ${length(ms)}${trackingId === undefined ? "" : `, tracking id ${trackingId}`}`),
    lost: (code, ms) => say(`no answer after ${length(ms)}: ${code}`),
    repeats: (ms, _cause, reason) => say(`repeats in ${length(ms)}: ${reason}`),
  };
}
