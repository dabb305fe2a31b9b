/**
 * What a tool call answers, before any protocol wraps it.
 *
 * @module
 */

import type { Json, JsonObject } from "../../core/json.ts";

/** What a person has to be asked before a call can go on. */
export interface Question {
  /** The question, a few lines. */
  readonly message: string;
  /** Has to come back with the answer. */
  readonly state: string;
}

/** The answer of a call. Its text form is the compact JSON of `value`. */
export interface ToolResult {
  /** Webex answered with something other than 2xx, or gave no answer, or nothing was sent. */
  readonly isError: boolean;
  readonly value: JsonObject;
  /** Set where the client's user has to be asked; `value` then tells as much to a client that does not ask. */
  readonly question?: Question;
}

/** What is known of a failure. */
export interface Failure {
  /** The HTTP status; absent when Webex gave no answer, as where nothing was sent. */
  readonly status?: number;
  readonly code: string;
  readonly message: string;
  readonly details?: Json;
  /** One sentence that says what to do next. */
  readonly guidance: string;
  readonly trackingId?: string;
}

/**
 * Puts a failure into the error form.
 *
 * @param failure What failed.
 * @returns `{status_code?, error: {code, message, details}, guidance, tracking_id?}` as an error; `details` is `null` where
 *   nothing more is known.
 */
export function failed({ status, code, message, details, guidance, trackingId }: Failure): ToolResult {
  return {
    isError: true,
    value: {
      ...(status === undefined ? {} : { status_code: status }),
      error: { code, message, details: details ?? null },
      guidance,
      ...(trackingId === undefined ? {} : { tracking_id: trackingId }),
    },
  };
}
