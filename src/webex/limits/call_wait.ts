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
