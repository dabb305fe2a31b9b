/**
 * Carries a fault out.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import { Refusal, refusalAnswer, toResponse } from "./answer.ts";
import type { FaultRule } from "./faults.ts";

const CHUNK = 65_536;

/** The connection broke, as a test asked for; `fetch` reports a broken connection by the same base class. */
export class DroppedConnection extends TypeError {
  override name = "DroppedConnection";
}

/** A JSON string that is sent piece by piece, so that nobody needs memory for it but a careless reader. */
function hugeBody(bytes: number): ReadableStream<Uint8Array> {
  let left = Math.max(0, bytes - 2);
  const quote = new TextEncoder().encode('"');
  return new ReadableStream({
    start: (controller) => controller.enqueue(quote),
    pull(controller) {
      const size = Math.min(left, CHUNK);
      left -= size;
      if (size > 0) return controller.enqueue(new Uint8Array(size).fill(0x78));
      controller.enqueue(quote);
      controller.close();
    },
  });
}

async function cutShort(response: Response, bytes: number): Promise<Response> {
  const whole = new Uint8Array(await response.arrayBuffer());
  let isSent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (isSent) return controller.error(new DroppedConnection("Connection dropped in the middle of a body"));
      isSent = true;
      controller.enqueue(whole.subarray(0, bytes));
    },
  }, { highWaterMark: 0 });
  return new Response(body, { status: response.status, headers: response.headers });
}

function headersOf(rule: FaultRule): Record<string, string> {
  const retry = rule.retryAfter === undefined ? {} : { "retry-after": String(rule.retryAfter) };
  return { ...retry, ...rule.headers };
}

function statusText(status: number): string {
  if (status === 429) return "The rate of requests exceeds the limit";
  return status >= 500 ? "The service is not available" : "The request was refused";
}

/**
 * Waits and breaks connections, as a rule says.
 *
 * @param rule The rule.
 * @param request The request; its signal ends the wait.
 * @param clock Measures the wait.
 * @throws {DroppedConnection} If the rule breaks the connection.
 */
export async function delayOrDrop(rule: FaultRule, request: Request, clock: Clock): Promise<void> {
  if (rule.delayMs !== undefined) await clock.sleep(rule.delayMs, request.signal);
  if (rule.drop === true) throw new DroppedConnection("Connection dropped before an answer");
}

/**
 * Makes the answer that replaces the usual one.
 *
 * @param rule The rule.
 * @param tracking The tracking identifier.
 * @returns The answer, or `undefined` if the rule leaves the usual one.
 */
export function faultyResponse(rule: FaultRule, tracking: string): Response | undefined {
  const headers = headersOf(rule);
  const status = rule.status ?? (rule.retryAfter === undefined ? 200 : 429);
  if (rule.hugeBytes !== undefined) {
    return new Response(hugeBody(rule.hugeBytes), {
      status,
      headers: { "content-type": "application/json", trackingid: tracking, ...headers },
    });
  }
  if (rule.text !== undefined) {
    return toResponse({ status, text: rule.text, headers: { "content-type": "text/html", ...headers } }, tracking);
  }
  if (rule.body !== undefined) return toResponse({ status, body: rule.body, headers }, tracking);
  if (rule.status === undefined && rule.retryAfter === undefined) return undefined;
  if (status < 400) return toResponse({ status, headers }, tracking);
  return toResponse(refusalAnswer(new Refusal(status, statusText(status), { headers }), tracking), tracking);
}

/**
 * Spoils the usual answer.
 *
 * @param rule The rule.
 * @param response The usual answer.
 */
export async function spoil(rule: FaultRule, response: Response): Promise<Response> {
  for (const [name, value] of Object.entries(headersOf(rule))) response.headers.set(name, value);
  return rule.dropAfterBytes === undefined ? response : await cutShort(response, rule.dropAfterBytes);
}
