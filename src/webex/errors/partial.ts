/**
 * Finds what failed in an answer that reports success.
 *
 * Webex answers 206, and in places 200 or 201, where it did a part: `{items: [{…, result: {status, error}}]}`,
 * `{supervisorAgentStatus: [{id, status, message}]}`, `{response: [{userId, errors}]}`, `{failureReason}`, or SCIM's
 * `{Operations: [{status, response}]}`.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import type { Answer } from "../answer.ts";
import { entryLine, readErrorBody } from "./error_body.ts";

const MAX_LINES = 20;
const LABELS = ["customDisplayName", "fileName", "userId", "id", "name", "mac", "phoneNumber", "number", "location"];
const FAILED_REGEXP = /^\s*(fail|error|reject|denied|invalid|unsuccess|not[_ ])/i;

/** A status as a number, a text, or SCIM's `{code}`. */
function isFailedStatus(status: Json | undefined): boolean {
  if (isJsonObject(status)) return isFailedStatus(status.code);
  if (typeof status === "string" && FAILED_REGEXP.test(status)) return true;
  const number = typeof status === "string" && status.trim() !== "" ? Number(status) : status;
  return typeof number === "number" && number >= 400 && number < 600;
}

function isFilled(value: Json | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== "";
}

function isFailed(part: JsonObject): boolean {
  const { status, error, errors, failureReason } = part;
  return isFailedStatus(status) || isFilled(error) || isFilled(errors) || isFilled(failureReason);
}

function labelOf(part: JsonObject, index: number): string {
  const found = LABELS.map((name) => part[name]).find((value) => typeof value === "string" && value !== "");
  return typeof found === "string" ? found : `Item ${index + 1}`;
}

/** The line for one part, or nothing where it was done. */
function lineOf(part: Json, index: number): string | undefined {
  if (!isJsonObject(part)) return undefined;
  const result = [part.result, part.response].find((value): value is JsonObject => isJsonObject(value));
  const failed = isFailed(part) ? part : result !== undefined && isFailed(result) ? result : undefined;
  if (failed === undefined) return undefined;
  const { error, errors, status, failureReason } = failed;
  const told = [
    errors,
    error,
    result?.error,
    failed === part && result !== undefined ? result : undefined,
    failureReason,
  ]
    .find(isFilled);
  const plain = typeof failed.message === "string" ? { message: failed.message } : {};
  const entries = readErrorBody(told ?? plain).entries;
  const state = typeof status === "string" || typeof status === "number" ? `status ${status}` : "no reason given";
  const said = entries.length === 0 ? state : entries.map((entry) => entryLine(entry)).join("; ");
  return `${labelOf(part, index)}: ${said}`;
}

/** The arrays that can hold parts: the body, or a member of it. */
function partsOf(body: Json): Json[] {
  if (Array.isArray(body)) return body;
  return isJsonObject(body) ? Object.values(body).filter((value) => Array.isArray(value)).flat() : [];
}

/**
 * Tells which parts of a change were not carried out although the status is 2xx.
 *
 * @param answer A 2xx answer.
 * @param endpoint What was called: a read's items can tell of failures without being one.
 * @returns One sentence for each part that failed, at most 20 and one that counts the rest; none when all went well.
 */
export function partialFailures(answer: Pick<Answer, "status" | "body">, endpoint: Endpoint): readonly string[] {
  const { status, body } = answer;
  if (endpoint.facts.kind === "read") return [];
  const lines = partsOf(body).flatMap((part, index) => lineOf(part, index) ?? []);
  const reason = isJsonObject(body) && typeof body.failureReason === "string" && body.failureReason !== ""
    ? [`Webex did not do all of it: ${body.failureReason}`]
    : [];
  const all = [...reason, ...lines.map((line) => `Not done: ${line}`)];
  if (all.length === 0) {
    return status === 206 || status === 207
      ? [`Webex did only a part (${status}) and does not say which: read the object to see what was done`]
      : [];
  }
  const rest = all.length - MAX_LINES;
  return rest > 0 ? [...all.slice(0, MAX_LINES), `${rest} more parts were not done`] : all;
}
