/**
 * Says which requests may be repeated, and after how long. Nothing here waits or sends.
 *
 * @module
 */

import type { Answer } from "../answer.ts";
import { readErrorBody } from "../errors/error_body.ts";
import { retryAfterMs } from "./retry_after.ts";

/** What can be repeated or not. */
export interface Repeatable {
  readonly method: string;
  readonly kind: "read" | "write";
}

/** What came of an attempt; `undefined` where the connection broke before the answer was complete. */
export type Attempted = Pick<Answer, "status" | "body" | "errorCodes" | "retryAfter"> | undefined;

/** When a repetition is due. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How many repetitions for the same reason there have been. */
  readonly repetitions: number;
  /** A number in [0, 1). */
  readonly random: number;
}

/** Repetitions after a failure of Webex's; one that lasts is the caller's to judge. */
const MOST_REPETITIONS = 4;
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 10_000;
/** Where a 429 says nothing; wxc_sdk does the same. */
const DEFAULT_PAUSE_MS = 5_000;
/** A lock that names no time isn't asked about more often than this. */
const LOCK_MS = 1_000;

const GATEWAY_FAILURES: readonly (number | undefined)[] = [502, 503, 504, undefined];

/**
 * Tells whether Webex refused a request by a 502, as some of its services do, instead of failing at it.
 *
 * @param answer The answer.
 * @returns Whether a 502 carries a business code.
 */
export function isRefusal({ status, body, errorCodes }: Pick<Answer, "status" | "body" | "errorCodes">): boolean {
  if (status !== 502) return false;
  const code = errorCodes?.trim() || readErrorBody(body).code;
  // Gateways write their own status as a code.
  return code !== undefined && code !== "502";
}

/**
 * Tells whether a request may be carried out twice: reads, and the changes whose repetition changes nothing more.
 *
 * @param request The request.
 * @returns Whether it may be sent again though it may have been carried out.
 */
export function isRepeatable({ method, kind }: Repeatable): boolean {
  return kind === "read" || method === "PUT" || method === "DELETE";
}

/**
 * Tells whether an attempt leaves open if the change was made.
 *
 * @param request The request.
 * @param attempted What came of it.
 * @returns Whether only a read can tell.
 */
export function leavesDoubt({ kind }: Repeatable, attempted: Attempted): boolean {
  if (kind === "read") return false;
  return attempted === undefined || (attempted.status >= 500 && !isRefusal(attempted));
}

/**
 * Tells how long everybody has to wait after a 429.
 *
 * @param retryAfter The header.
 * @param now Milliseconds since 1970.
 * @returns Milliseconds.
 */
export function pauseAfter(retryAfter: string | undefined, now: number): number {
  return retryAfterMs(retryAfter, now) ?? DEFAULT_PAUSE_MS;
}

/**
 * Makes the wait before a repetition: exponential, with full jitter, so that calls that failed together part.
 *
 * @param moment The repetitions so far and a random number.
 * @returns Milliseconds.
 */
export function backoff({ repetitions, random }: Pick<Moment, "repetitions" | "random">): number {
  return Math.round(random * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** repetitions));
}

/**
 * Decides on a repetition.
 *
 * @param request The request.
 * @param attempted What came of the last attempt.
 * @param moment When, and how many repetitions for such a reason there have been.
 * @returns How long to wait first, in milliseconds; `undefined` where the request is not sent again.
 */
export function repetitionDelay(request: Repeatable, attempted: Attempted, moment: Moment): number | undefined {
  const status = attempted?.status;
  // A 429 was not carried out, whatever the method.
  if (status === 429) return pauseAfter(attempted?.retryAfter, moment.now);
  if (!isRepeatable(request)) return undefined;
  const asked = retryAfterMs(attempted?.retryAfter, moment.now);
  if (status === 423) return asked ?? LOCK_MS + backoff(moment);
  if (!GATEWAY_FAILURES.includes(status) || moment.repetitions >= MOST_REPETITIONS) return undefined;
  return attempted !== undefined && isRefusal(attempted) ? undefined : asked ?? backoff(moment);
}
