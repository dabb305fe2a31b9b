/**
 * Says what to do about a failed call.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import type { Answer } from "../answer.ts";
import { failureOf } from "./failure.ts";
import { adviceFor } from "./known_codes.ts";
import { permissionAdvice, type TokenOwner } from "./permission.ts";

/** What is known of a call besides its answer. */
export interface GuidanceFacts {
  /** How to renew the credential: one or two sentences. */
  readonly renewal?: string | undefined;
  readonly owner?: TokenOwner | undefined;
  /** An earlier attempt of this write may have been carried out. */
  readonly doubt?: boolean | undefined;
  /** The name of the tool whose answer tells whether a write was carried out. */
  readonly readTool?: string | undefined;
  /** How long to wait, where that is known better than by the answer's `Retry-After`. */
  readonly waitSeconds?: number | undefined;
  /** The present time in milliseconds since 1970, for a `Retry-After` that is a date; absent, a date is not used. */
  readonly now?: number | undefined;
}

const RENEWAL =
  "The access token is missing, expired or revoked: set WEBEX_ACCESS_TOKEN to a fresh one and restart the server.";
/** Who asks for more has no limit in mind that passes by itself. */
const MAX_WAIT_SECONDS = 86_400;

/**
 * Says what to do where nobody knows whether a change was made.
 *
 * @param readTool The name of the tool that tells.
 * @returns A clause that completes a sentence: `read the object before trying again`.
 */
export function readBeforeRetry(readTool: string | undefined): string {
  return readTool === undefined
    ? "read the object before trying again"
    : `read the object with ${readTool} before trying again`;
}

function waitOf({ retryAfter }: Answer, { waitSeconds, now }: GuidanceFacts): number | undefined {
  const text = retryAfter?.trim() ?? "";
  // Some gateways repeat the header, which joins the values with commas.
  const asked = Number(/^(\d+(?:\.\d+)?)\s*(?:,|$)/.exec(text)?.[1] ?? NaN);
  // A bare number is a year to Date.parse, and other engines read almost anything.
  const date = now !== undefined && /^[A-Za-z]{3,9},/.test(text) ? (Date.parse(text) - now) / 1_000 : NaN;
  const seconds = waitSeconds ?? (Number.isNaN(asked) ? date : asked);
  return seconds > 0 && seconds <= MAX_WAIT_SECONDS ? Math.ceil(seconds) : undefined;
}

function waitAdvice(answer: Answer, facts: GuidanceFacts, then: string): string {
  const seconds = waitOf(answer, facts);
  const span = seconds === undefined ? "a few seconds" : seconds === 1 ? "1 second" : `${seconds} seconds`;
  return `Wait ${span}, then ${then}.`;
}

function conflictAdvice({ method, path }: Endpoint): string {
  if (method === "DELETE" && /^\/locations\/\{[^}]+\}$/.test(path)) {
    return "A location can be deleted when calling is disabled there (by the job that does it), nothing refers to it any " +
      "more, and some time has passed: see to that, then try again.";
  }
  if (method === "POST" && /\/jobs\//.test(path)) {
    return "A job of this kind is running in the organization, or the change conflicts with the present state: list the " +
      "jobs, wait for the running one, then try again.";
  }
  return "The change conflicts with the present state: read the object, settle the conflict that the message names, then " +
    "call again.";
}

/** What is worth saying of a 5xx. */
function serverErrorAdvice(endpoint: Endpoint, answer: Answer, facts: GuidanceFacts, codes: readonly string[]): string {
  const { readTool } = facts;
  const isWrite = endpoint.facts.kind === "write";
  if (answer.status === 502 && codes.length > 0) {
    const then = isWrite ? `; it may all the same have taken effect in part: ${readBeforeRetry(readTool)}` : "";
    return `Webex refused the call with code ${
      codes.join(", ")
    }, so the same call will fail again: act on the message${then}.`;
  }
  if (isWrite) {
    const wait = answer.status === 503 && waitOf(answer, facts) !== undefined;
    const unknown = `The outcome is unknown: ${readBeforeRetry(readTool)}.`;
    return wait ? `${unknown} ${waitAdvice(answer, facts, "try again")}` : unknown;
  }
  if (answer.status === 503) return waitAdvice(answer, facts, "try again");
  return answer.status === 504 && endpoint.facts.paging !== undefined
    ? "Webex took too long: try again with a smaller page (max), a filter, or a shorter time range."
    : "Webex had a problem: try again in a few seconds.";
}

function statusAdvice(endpoint: Endpoint, answer: Answer, facts: GuidanceFacts, codes: readonly string[]): string {
  switch (answer.status) {
    case 304:
      return "Webex says that nothing has changed and sends nothing: call again to read it anew.";
    case 400:
      return "Check the arguments against the tool's schema and Webex's message, then call again.";
    case 403:
      return permissionAdvice(endpoint, facts.owner);
    case 404:
    case 410:
      return "Check the ids: list the objects again, they may have been deleted, renamed, or belong to another organization or location.";
    case 405:
      return "The object does not support this operation, often for want of a licence (a workspace needs a Professional one for most settings).";
    case 409:
      return conflictAdvice(endpoint);
    case 423:
      return `The object is locked by another change. ${waitAdvice(answer, facts, "try again")}`;
    case 429:
      return waitAdvice(answer, facts, "try again");
    case 451:
      return "The organization's data is in another region, which the server finds by itself unless it was started with --base-url: leave that out.";
    default:
      if (answer.status >= 500) return serverErrorAdvice(endpoint, answer, facts, codes);
      return answer.status >= 300 && answer.status < 400
        ? "Webex answered with a redirect, which is not followed so that the token stays with its host."
        : "See Webex's message.";
  }
}

/** Creating or changing a person can fail in part and still have been done. */
function isHalfDone({ method, path }: Endpoint, status: number): boolean {
  return (method === "POST" || method === "PUT") && /^\/people(\/\{[^}]+\})?$/.test(path) &&
    (status === 400 || status === 409 || status === 404);
}

/** What may have happened all the same. */
function doubtAdvice(endpoint: Endpoint, status: number, facts: GuidanceFacts, isKnown: boolean): string {
  const read = readBeforeRetry(facts.readTool);
  if (status >= 500 && endpoint.facts.kind === "write") {
    // Without a known code the advice is about nothing else.
    return isKnown ? ` Whether anything was changed is not certain: ${read}.` : "";
  }
  if (facts.doubt === true) return ` An earlier attempt may have been carried out: ${read}.`;
  return isHalfDone(endpoint, status)
    ? ` The person may have been ${endpoint.method === "POST" ? "created" : "changed"} all the same: ${read}.`
    : "";
}

/**
 * Advises on a status that isn't 2xx.
 *
 * @param endpoint What was called.
 * @param answer What came back.
 * @param facts What else is known of the call.
 * @returns One or two sentences.
 */
export function guidanceFor(endpoint: Endpoint, answer: Answer, facts: GuidanceFacts = {}): string {
  const { status } = answer;
  if (status === 401) return facts.renewal ?? RENEWAL;
  const { codes } = failureOf(answer);
  const known = status === 429 || status === 423 ? undefined : adviceFor(codes, endpoint);
  const advice = known ?? statusAdvice(endpoint, answer, facts, codes);
  return `${advice}${doubtAdvice(endpoint, status, facts, known !== undefined)}`;
}
