/**
 * Who learns what becomes of a request: its attempts, waits and answers.
 *
 * @module
 */

import type { RepetitionCause, Wait } from "../telemetry/meter.ts";

/** What becomes of one request. All times are milliseconds. Nothing in here throws. */
export interface AttemptWatch {
  /** It waited; waits of no length are told, too. */
  waited(ms: number, what: Exclude<Wait, "limit">): void;
  /** It goes on the wire, for the first time or again; counted over all requests of the call. */
  sent(attempt: number): void;
  /** It was answered. */
  answered(status: number, ms: number, trackingId: string | undefined): void;
  /** It has no answer; the code says why. */
  lost(code: string, ms: number): void;
  /** It is repeated after a wait, for a reason in words. */
  repeats(ms: number, cause: RepetitionCause, reason: string): void;
}

/**
 * Makes one watch of several.
 *
 * @param watches Those who learn of everything, in this order.
 * @returns The one that tells them.
 */
export function watchTogether(watches: readonly AttemptWatch[]): AttemptWatch {
  const [first, ...others] = watches;
  if (first !== undefined && others.length === 0) return first;
  return {
    waited: (...facts) => watches.forEach((watch) => watch.waited(...facts)),
    sent: (attempt) => watches.forEach((watch) => watch.sent(attempt)),
    answered: (...facts) => watches.forEach((watch) => watch.answered(...facts)),
    lost: (...facts) => watches.forEach((watch) => watch.lost(...facts)),
    repeats: (...facts) => watches.forEach((watch) => watch.repeats(...facts)),
  };
}
