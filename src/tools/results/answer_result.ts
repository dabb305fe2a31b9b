/**
 * Puts Webex's answers into the form that callers get.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import type { Exchange } from "../../webex/client.ts";
import { readErrorBody } from "../../webex/errors/error_body.ts";
import { failureOf } from "../../webex/errors/failure.ts";
import { type GuidanceFacts, guidanceFor, readBeforeRetry } from "../../webex/errors/guidance.ts";
import { partialFailures } from "../../webex/errors/partial.ts";
import { failed, type ToolResult } from "./result.ts";

/** Adds warnings to a result; none leave it as it is. */
function warningsOf(warnings: readonly string[]): JsonObject {
  return warnings.length === 0 ? {} : { warnings: [...warnings] };
}

/** A change of which nobody knows whether it was made, and the read that tells. */
export interface Doubt {
  /** The name of the tool whose answer tells. */
  readonly tool?: string | undefined;
  /** What to call it with, as far as the call tells. */
  readonly arguments?: JsonObject | undefined;
}

/**
 * Tells that the outcome of a write is unknown.
 *
 * @param doubt How to find out.
 * @returns `{outcome_unknown: true, check_with?: {tool, arguments}}`.
 */
export function doubtFacts(doubt: Doubt): JsonObject {
  const { tool, arguments: args = {} } = doubt;
  return { outcome_unknown: true, ...(tool === undefined ? {} : { check_with: { tool, arguments: args } }) };
}

/** A failure after a repetition can mean success: what is deleted already isn't found. */
function earlierAttempt({ method }: Endpoint): string {
  return method === "DELETE"
    ? "An earlier attempt broke off, and may have deleted the object before this answer"
    : "An earlier attempt broke off, and may have made the change before this answer";
}

/**
 * Makes the result of an answer that isn't 2xx.
 *
 * @param endpoint What was called.
 * @param answer What came back.
 * @param facts What the guidance can go by.
 * @param warnings What else the caller should know.
 * @param doubt Set where the change may have been made all the same.
 * @returns The failure.
 */
export function failureResult(
  endpoint: Endpoint,
  answer: Exchange,
  facts: GuidanceFacts,
  warnings: readonly string[],
  doubt: Doubt | undefined,
): ToolResult {
  const { isError, value } = failed({
    status: answer.status,
    ...failureOf(answer),
    guidance: guidanceFor(endpoint, answer, facts),
  });
  const all = answer.repeatedAfterDoubt === true ? [...warnings, earlierAttempt(endpoint)] : warnings;
  return { isError, value: { ...value, ...(doubt === undefined ? {} : doubtFacts(doubt)), ...warningsOf(all) } };
}

/**
 * Tells a web page that came in place of Webex's answer: a sign-in portal answers 200 to everything, also to a change that
 * never arrived.
 *
 * @param endpoint What was called.
 * @param answer What came back.
 * @returns Whether a 2xx answer is a page that the operation doesn't document.
 */
export function isForeignPage({ responses }: Endpoint, { status, isPage }: Exchange): boolean {
  const documented = Object.values(responses).some(({ contentType }) => contentType?.startsWith("text/html") === true);
  return isPage && !documented && status >= 200 && status < 300;
}

/**
 * Makes the result of such a page.
 *
 * @param endpoint What was called.
 * @param answer The page.
 * @param doubt Set for a write.
 * @returns The failure.
 */
export function foreignPageResult(endpoint: Endpoint, answer: Exchange, doubt: Doubt | undefined): ToolResult {
  const { message } = readErrorBody(answer.body);
  const { isError, value } = failed({
    status: answer.status,
    code: "unexpected_answer",
    message: `A web page came instead of Webex's answer${message === undefined ? "" : `: ${message}`}`,
    guidance: `A proxy or sign-in portal seems to stand between the server and Webex: mend that, then ${
      endpoint.facts.kind === "read" ? "try again" : readBeforeRetry(doubt?.tool)
    }.`,
  });
  return { isError, value: { ...value, ...(doubt === undefined ? {} : doubtFacts(doubt)) } };
}

/** What a 2xx answer comes with. */
export interface SuccessFacts {
  /** The body after selection; the answer's own when absent. */
  readonly body?: Json;
  /** For lists: how many items were read, whether that is all, and the token of the next page. */
  readonly list?: { readonly items: number; readonly complete?: boolean; readonly next?: string } | undefined;
  /** The job that the call has started. */
  readonly job?: JsonObject | undefined;
  /** Which organization the call acted on. */
  readonly organization?: JsonObject;
  readonly warnings: readonly string[];
}

function listFacts({ list }: SuccessFacts): JsonObject {
  if (list === undefined) return {};
  const { items, complete, next } = list;
  return {
    ...(complete === undefined ? {} : { complete }),
    ...(next === undefined ? {} : { next }),
    items_returned: items,
  };
}

/**
 * Makes the result of a 2xx answer.
 *
 * @param endpoint What was called.
 * @param answer What came back.
 * @param facts What it comes with.
 * @returns `{status_code, body, tracking_id?, complete?, next?, items_returned?, job?, organization?, warnings?}`.
 */
export function successResult(endpoint: Endpoint, answer: Exchange, facts: SuccessFacts): ToolResult {
  const repeated = answer.repeatedAfterDoubt === true
    ? ["An earlier attempt broke off and was repeated: the change may have been made by either"]
    : [];
  return {
    isError: false,
    value: {
      status_code: answer.status,
      body: facts.body === undefined ? answer.body : facts.body,
      ...(answer.trackingId === undefined ? {} : { tracking_id: answer.trackingId }),
      ...listFacts(facts),
      ...(facts.job === undefined ? {} : { job: facts.job }),
      ...facts.organization,
      ...warningsOf([...facts.warnings, ...repeated, ...partialFailures(answer, endpoint)]),
    },
  };
}

/**
 * Finds the items of a list in a body.
 *
 * @param endpoint What was called.
 * @param body A body.
 * @returns The items; `undefined` where the endpoint is no list or the body has none.
 */
export function itemsOf({ facts }: Endpoint, body: Json): Json[] | undefined {
  const items = facts.list !== undefined && isJsonObject(body) ? body[facts.list] : undefined;
  return Array.isArray(items) ? items : undefined;
}
