/**
 * A client before a host that behaves as told.
 *
 * @module
 */

import assert from "node:assert/strict";
import { WebexMcpError } from "../../src/core/errors.ts";
import type { Fetch } from "../../src/core/fetch.ts";
import { Secrets } from "../../src/core/secrets.ts";
import { createWebexClient, type Exchange, type Outgoing } from "../../src/webex/client.ts";
import { createGovernor } from "../../src/webex/limits/governor.ts";
import { callOf, type FakeCall, FakeClock } from "./fake_clock.ts";
import { credentialOf } from "./fake_credential.ts";

/** What the host does with one request: a status, with or without Retry-After, or nothing. */
export type Step =
  | number
  | { readonly status: number; readonly after?: string; readonly body?: unknown }
  | "drop"
  | "cut"
  | "hang";

/** What came of it. */
export interface Told {
  readonly result: Exchange | WebexMcpError;
  readonly call: FakeCall;
  readonly ms: number;
  readonly tokens: readonly string[];
  readonly sleeping: number;
}

/** How the host and the call behave. */
export interface Options {
  readonly steps: readonly Step[];
  readonly deadlineMs?: number;
  readonly tokens?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onStep?: (index: number) => void;
  readonly standsStill?: boolean;
}

/**
 * Does what a host shall do with one request.
 *
 * @param step What.
 * @param request The request; its signal ends a hanging one.
 */
export function respond(step: Step, { signal }: Request): Promise<Response> {
  if (step === "drop") return Promise.reject(new TypeError("connection reset"));
  if (step === "hang") {
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
  }
  if (step === "cut") {
    const pull = (controller: ReadableStreamDefaultController) => controller.error(new TypeError("cut off"));
    return Promise.resolve(new Response(new ReadableStream({ pull })));
  }
  const { status, after, body = null } = typeof step === "number" ? { status: step } : step;
  const headers = { trackingid: `T${status}`, ...(after === undefined ? {} : { "retry-after": after }) };
  return Promise.resolve(
    status === 204 ? new Response(null, { status, headers }) : Response.json(body, { status, headers }),
  );
}

/**
 * Sends one request to a host that behaves as told, then answers 200; time moves on unless it shall stand still.
 *
 * @param parts The request: a GET unless told otherwise.
 * @param options How host and call behave.
 */
export async function tell(parts: Partial<Outgoing>, options: Options): Promise<Told> {
  const { steps, deadlineMs = 55_000, tokens = ["token-1"], signal, onStep, standsStill = false } = options;
  const clock = new FakeClock();
  const seen: string[] = [];
  const fetch: Fetch = (request) => {
    seen.push(request.headers.get("authorization") ?? "");
    onStep?.(seen.length);
    return respond(steps[seen.length - 1] ?? 200, request);
  };
  const governor = createGovernor({ clock, random: () => 0 });
  const credential = credentialOf(...tokens);
  const client = createWebexClient({ fetch, credential, clock, governor, secrets: new Secrets(), random: () => 0.5 });
  const url = new URL("https://webexapis.com/v1/people");
  const call = callOf(clock, signal === undefined ? { deadlineMs } : { deadlineMs, signal });
  const work = client.send({ method: "GET", kind: "read", url, headers: new Headers(), ...parts }, call)
    .catch((error: unknown) => {
      assert.ok(error instanceof WebexMcpError, `Expected a failure, got ${error}`);
      return error;
    });
  const result = await (standsStill ? work : clock.until(work));
  call[Symbol.dispose]();
  return { result, call, ms: clock.monotonic(), tokens: seen, sleeping: clock.sleeping };
}

/**
 * Takes the answer.
 *
 * @param told What came of it.
 */
export function answerOf({ result }: Told): Exchange {
  assert.ok(!(result instanceof WebexMcpError), `Expected an answer, got ${result}`);
  return result;
}

/**
 * Takes the failure.
 *
 * @param told What came of it.
 */
export function errorOf({ result }: Told): WebexMcpError {
  assert.ok(result instanceof WebexMcpError, `Expected a failure, got ${JSON.stringify(result)}`);
  return result;
}
