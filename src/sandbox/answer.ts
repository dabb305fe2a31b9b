/**
 * Answers and refusals in the shapes that Webex uses.
 *
 * @module
 */

import type { Json } from "../core/json.ts";
import { uuid } from "./random.ts";

/** What the simulated organization answers, before it becomes a `Response`. */
export interface Answer {
  readonly status: number;
  /** A JSON body. */
  readonly body?: Json | undefined;
  /** A body that isn't JSON; it needs a `content-type` header. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is refused, raised from wherever that becomes known. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly status: number;
  /** The business code, which also travels in the header `cisco-spark-error-codes`. */
  readonly errorCode: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the code stands at the top, as call records and some telephony services do it. */
  readonly flat: boolean;

  /**
   * @param status The HTTP status.
   * @param message What is wrong, for the answer's `message`.
   * @param facts The business code, further headers, and whether the body is the flat one.
   */
  constructor(
    status: number,
    message: string,
    facts: { errorCode?: number; headers?: Readonly<Record<string, string>>; flat?: boolean } = {},
  ) {
    super(message);
    this.status = status;
    this.errorCode = facts.errorCode;
    this.headers = facts.headers ?? {};
    this.flat = facts.flat ?? false;
  }
}

const JSON_TYPE = { "content-type": "application/json;charset=UTF-8" };

/**
 * Makes the identifier that support asks for.
 *
 * @param key What it follows from: the request's number.
 */
export function trackingId(key: string): string {
  return `ROUTER_${uuid(`tracking:${key}`).toUpperCase()}`;
}

/**
 * Turns an answer into a response.
 *
 * @param answer The answer.
 * @param tracking The tracking identifier, for the header `trackingid`.
 */
export function toResponse(answer: Answer, tracking: string): Response {
  const headers = { trackingid: tracking, "cache-control": "no-store", ...answer.headers };
  if (answer.text !== undefined) return new Response(answer.text, { status: answer.status, headers });
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers });
  return new Response(JSON.stringify(answer.body), { status: answer.status, headers: { ...JSON_TYPE, ...headers } });
}

/**
 * Turns a refusal into an answer.
 *
 * @param refusal The refusal.
 * @param tracking The tracking identifier, which the body repeats.
 */
export function refusalAnswer(refusal: Refusal, tracking: string): Answer {
  const { status, message, errorCode, flat } = refusal;
  const code = errorCode === undefined ? {} : { errorCode };
  const body = flat
    ? { errorCode: errorCode ?? status, message, trackingId: tracking }
    : { message, errors: [{ description: message, ...code }], trackingId: tracking };
  const header = errorCode === undefined ? {} : { "cisco-spark-error-codes": String(errorCode) };
  return { status, body, headers: { ...header, ...refusal.headers } };
}

/**
 * Refuses because something doesn't exist.
 *
 * @param what For example `Person`.
 */
export function notFound(what: string): Refusal {
  return new Refusal(404, `${what} could not be found.`);
}
