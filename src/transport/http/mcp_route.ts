/**
 * Lets requests of the protocol in: who calls, how often, and how much at a time.
 *
 * @module
 */

import { isJsonContentType } from "@modelcontextprotocol/server";
import type { Authenticator, Caller, Refusal } from "../../access/caller.ts";
import { isRecord } from "../../core/json.ts";
import { type Meter, noMeter } from "../../telemetry/meter.ts";
import type { McpRoute, RequestNotes } from "./app.ts";
import type { Arrival } from "./arrival.ts";
import type { ChallengeFacts } from "../../access/protected_resource.ts";
import { batchProblem } from "./batch.ts";
import type { CallerLimits } from "./caller_limits.ts";
import { challengeResponse } from "./challenge.ts";
import { type Full, InFlight } from "./in_flight.ts";
import { type JsonBody, MAX_BODY_BYTES, MAX_DEPTH, MAX_VALUES, readJsonBody } from "./json_body.ts";
import type { McpEndpoint } from "./mcp_endpoint.ts";
import { type HttpRefusal, INVALID_REQUEST, PARSE_ERROR, refusalResponse } from "./refusal.ts";

/** What a request's server is told of it. */
export interface CallFacts {
  readonly caller: Caller;
  /** The request's id. */
  readonly id: string;
}

/** What the route is made of. */
export interface McpRouteOptions {
  readonly endpoint: McpEndpoint<CallFacts>;
  /** Absent where anybody of this machine may call. */
  readonly authenticator?: Authenticator | undefined;
  /** What there is to know of an OAuth issuer. */
  readonly challenge?: ChallengeFacts;
  readonly limits: CallerLimits;
  readonly inFlight?: InFlight;
  readonly meter?: Meter;
  /** Says why a caller can't be served, or which scope a message lacks. */
  readonly refusal?: (caller: Caller, body: unknown) => Promise<Refusal | undefined>;
  /** From then on no further request is taken. */
  readonly ending?: AbortSignal;
}

/** Whoever calls where nobody is told apart. */
export const ANYBODY: Caller = { name: "local", policy: {} };

/** As methods of the protocol look; what a client makes up may be of any length, and stands in the log. */
const METHOD_REGEXP = /^(?=.{1,64}$)[a-z]+(?:\/[a-z_]+){0,2}$/i;

const BODY_PROBLEMS: Readonly<Record<Extract<JsonBody, { problem: string }>["problem"], HttpRefusal>> = {
  too_large: { status: 413, message: `Refused: the body has more than ${MAX_BODY_BYTES} bytes` },
  too_deep: {
    status: 400,
    message: `Refused: the body is nested more than ${MAX_DEPTH} levels deep`,
    code: INVALID_REQUEST,
  },
  too_many: {
    status: 413,
    message: `Refused: the body holds more than ${MAX_VALUES} values`,
  },
  no_json: { status: 400, message: "Refused: the body is no JSON", code: PARSE_ERROR },
  broken_off: { status: 400, message: "Refused: the body could not be read to its end", code: PARSE_ERROR },
};

const FULL: Readonly<Record<Full, HttpRefusal>> = {
  all: { status: 503, message: "Too many requests are under way: try again in a moment" },
  each: { status: 429, message: "Too many requests of this caller are under way: wait until some are answered" },
};

function retryAfter(ms: number): Readonly<Record<string, string>> {
  return { "retry-after": String(Math.max(1, Math.ceil(ms / 1000))) };
}

function tooOften(ms: number, meter: Meter = noMeter): Response {
  meter.rateLimited();
  const headers = retryAfter(ms);
  return refusalResponse({ status: 429, message: `Too many requests: wait ${headers["retry-after"]} s`, headers });
}

/** The methods that a body asks for; a client of an early revision may send several messages at once. */
function methodsOf(body: unknown): string[] {
  const messages = Array.isArray(body) ? body : [body];
  return messages.flatMap((message) => isRecord(message) && typeof message.method === "string" ? [message.method] : []);
}

/** Nothing was sent: another server, or this one when it is back, can take the request. */
function endingResponse(): Response {
  const headers = { "retry-after": "5", connection: "close" };
  return refusalResponse({ status: 503, message: "The server is ending: try again", headers });
}

/** Lets requests in. */
class Door implements McpRoute {
  readonly #options: McpRouteOptions;
  readonly #inFlight: InFlight;

  constructor(options: McpRouteOptions) {
    this.#options = options;
    this.#inFlight = options.inFlight ?? new InFlight();
  }

  async answer(request: Request, arrival: Arrival, notes: RequestNotes): Promise<Response> {
    if (this.#options.ending?.aborted === true) return endingResponse();
    const known = await this.#callerOf(request, notes);
    if (known instanceof Response) return known;
    notes.caller = known.name;
    const wait = await this.#options.limits.request(known);
    if (wait > 0) return tooOften(wait, this.#options.meter);
    if (request.method !== "POST") {
      return refusalResponse({ status: 405, message: "Only POST is answered here", headers: { allow: "POST" } });
    }
    const encoding = request.headers.get("content-encoding") ?? "identity";
    if (!isJsonContentType(request.headers.get("content-type")) || encoding.trim().toLowerCase() !== "identity") {
      return refusalResponse({ status: 415, message: "Refused: the body must be application/json, without encoding" });
    }
    return await this.#admit(request, arrival, notes, known);
  }

  async #callerOf(request: Request, notes: RequestNotes): Promise<Caller | Response> {
    const { authenticator, limits, challenge = {}, meter } = this.#options;
    if (authenticator === undefined) return ANYBODY;
    const verdict = await authenticator.authenticate(request.headers.get("authorization") ?? undefined, request.signal);
    if ("caller" in verdict) return verdict.caller;
    const { refusal } = verdict;
    notes.reason = refusal.reason;
    // Only tokens that nobody knows are counted: a first request without any is how clients learn what to do.
    const wait = refusal.error === "invalid_token" ? await limits.failure(notes.client) : 0;
    return wait > 0 ? tooOften(wait, meter) : challengeResponse(refusal, challenge);
  }

  /** The place is taken before the body is read: bodies are what takes memory. */
  async #admit(request: Request, arrival: Arrival, notes: RequestNotes, caller: Caller): Promise<Response> {
    const place = this.#inFlight.begin(caller.name, caller.policy.concurrency);
    if (typeof place === "string") return this.#full(place);
    void arrival.ended.then(() => place.end());
    const body = await this.#bodyOf(request);
    if (body === undefined) return endingResponse();
    if ("problem" in body) return refusalResponse(BODY_PROBLEMS[body.problem]);
    const refused = await this.#refusedBatch(request, body.value, caller);
    if (refused !== undefined) return refused;
    const method = methodsOf(body.value).find((name) => METHOD_REGEXP.test(name));
    if (method !== undefined) notes.message = method;
    return await this.#serve(request, body.value, notes, caller);
  }

  /** Revision 2025-03-26 lets a body hold several messages; each counts, or a body would be a way around the limits. */
  async #refusedBatch({ headers }: Request, body: unknown, caller: Caller): Promise<Response | undefined> {
    if (!Array.isArray(body)) return undefined;
    const message = batchProblem(body, headers.get("mcp-protocol-version") ?? undefined);
    if (message !== undefined) return refusalResponse({ status: 400, message, code: INVALID_REQUEST });
    for (let further = 1; further < body.length; further++) {
      const wait = await this.#options.limits.request(caller);
      if (wait > 0) return tooOften(wait, this.#options.meter);
    }
    return undefined;
  }

  /** A body that has not arrived when the server ends is not waited for: `undefined`. */
  async #bodyOf(request: Request): Promise<JsonBody | undefined> {
    const { ending } = this.#options;
    if (ending === undefined) return await readJsonBody(request);
    if (ending.aborted) return undefined;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const giveUp = () => resolve(undefined);
    ending.addEventListener("abort", giveUp);
    try {
      return await Promise.race([readJsonBody(request), promise]);
    } finally {
      ending.removeEventListener("abort", giveUp);
    }
  }

  #full(what: Full): Response {
    this.#options.meter?.rateLimited();
    return refusalResponse({ ...FULL[what], headers: retryAfter(1_000) });
  }

  async #serve(request: Request, body: unknown, notes: RequestNotes, caller: Caller): Promise<Response> {
    const { endpoint, challenge = {}, refusal: refusalOf } = this.#options;
    const refusal = await refusalOf?.(caller, body);
    if (refusal === undefined) return await endpoint.answer({ request, body, facts: { caller, id: notes.id } });
    notes.reason = refusal.reason;
    return challengeResponse(refusal, challenge);
  }
}

/**
 * Makes the route.
 *
 * @param options What it is made of.
 * @returns The route.
 */
export function createMcpRoute(options: McpRouteOptions): McpRoute {
  return new Door(options);
}
