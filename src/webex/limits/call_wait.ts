/**
 * Tells a call what it waits for, and whether it has the time for it.
 *
 * @module
 */

import type { CallContext } from "../../core/context.ts";

/** A shorter wait isn't worth a word, in milliseconds. */
export const SILENT_MS = 300;

/** A known wait must leave this much of the call's time for the answer: a change cut off at the end is in doubt. */
const LEAST_MS_FOR_ANSWER = 500;

/** What is left of a call's time for shaping and sending its result, at the most and at the least, in milliseconds. */
const RESERVE_MS = { most: 3_000, least: 200 } as const;
/** The share of the call's time that is left, so that a short call has time for its work, too. */
const RESERVED_SHARE = 0.1;

/**
 * Tells when the work of a call has to end, so that what it has come to is answered in time.
 *
 * @param context The call.
 * @param now When the work begins, in monotonic milliseconds.
 * @returns Monotonic milliseconds: a tenth of the time before the deadline, at least 200 ms and at most 3 s.
 */
export function endOfWork({ deadline }: CallContext, now: number): number {
  const share = (deadline - now) * RESERVED_SHARE;
  return deadline - Math.min(RESERVE_MS.most, Math.max(RESERVE_MS.least, share));
}

/**
 * Tells a call that it waits, unless it waits too short a time for that.
 *
 * @param context The call.
 * @param ms How long, in milliseconds.
 * @param reason What for: a clause without a period.
 */
export function tellWait({ progress }: CallContext, ms: number, reason: string): void {
  if (ms > SILENT_MS) progress({ message: `Waiting ${Math.max(1, Math.round(ms / 1000))} s: ${reason}` });
}

/**
 * Tells whether a call has the time for a wait and an answer after it.
 *
 * @param context The call.
 * @param until When the wait ends, in monotonic milliseconds.
 */
export function hasTimeAfter({ deadline }: CallContext, until: number): boolean {
  return until + LEAST_MS_FOR_ANSWER <= deadline;
}
