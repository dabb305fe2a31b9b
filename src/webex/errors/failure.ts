/**
 * Puts Webex's errors, in whatever form they come, into one.
 *
 * @module
 */

import { isJsonObject, type Json } from "../../core/json.ts";
import type { Answer } from "../answer.ts";
import { type ErrorEntry, readErrorBody } from "./error_body.ts";

/** What a failed answer says. */
export interface WebexFailure {
  /** Webex's first business code, from body or header, else `http_<status>`. */
  readonly code: string;
  /** All business codes, those of the body first. */
  readonly codes: readonly string[];
  readonly message: string;
  /** Webex's body as it is when small, else its entries. */
  readonly details?: Json;
  readonly trackingId?: string;
}

/** A larger body is told by its entries. */
const MAX_DETAILS_LENGTH = 4_096;

/**
 * Splits the header `Cisco-Spark-Error-Codes`.
 *
 * @param header Its value.
 * @returns The codes; none when the header is absent.
 */
export function codesOfHeader(header: string | undefined): readonly string[] {
  return (header ?? "").split(/[\s,;]+/).filter((code) => /^[\w.-]{1,64}$/.test(code));
}

/** As many entries as fit, and how many there were. */
function shortened(entries: readonly ErrorEntry[]): Json | undefined {
  const kept: Json[] = [];
  let length = 0;
  for (const entry of entries) {
    length += JSON.stringify(entry).length + 1;
    if (length > MAX_DETAILS_LENGTH) break;
    kept.push({ ...entry });
  }
  if (kept.length === 0) return undefined;
  return kept.length === entries.length
    ? { errors: kept }
    : { errors: kept, errors_shown: kept.length, errors_total: entries.length };
}

function detailsOf(body: Json, entries: readonly ErrorEntry[]): Json | undefined {
  // A text is told by the message; the rest of a gateway's page is nobody's business.
  if (!isJsonObject(body) && !Array.isArray(body)) return undefined;
  return JSON.stringify(body).length <= MAX_DETAILS_LENGTH ? body : shortened(entries);
}

/**
 * Reads a failed answer.
 *
 * @param answer An answer whose status isn't 2xx.
 * @returns Its code, message, details and tracking id.
 */
export function failureOf(answer: Pick<Answer, "status" | "body" | "errorCodes" | "trackingId">): WebexFailure {
  const { status, body } = answer;
  const { message, code, entries, trackingId } = readErrorBody(body);
  const codes = new Set([
    ...(code === undefined ? [] : [code]),
    ...entries.flatMap((entry) => entry.code === undefined ? [] : [entry.code]),
    ...codesOfHeader(answer.errorCodes),
  ]);
  const details = detailsOf(body, entries);
  const known = answer.trackingId ?? trackingId;
  return {
    code: [...codes][0] ?? `http_${status}`,
    codes: [...codes],
    message: message ?? `Webex answered ${status} without a message`,
    ...(details === undefined ? {} : { details }),
    ...(known === undefined ? {} : { trackingId: known }),
  };
}
