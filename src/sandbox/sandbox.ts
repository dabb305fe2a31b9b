/**
 * A simulated Webex organization behind a `fetch`-shaped function.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import { systemClock } from "../core/clock.ts";
import type { Fetch } from "../core/fetch.ts";
import { Refusal, refusalAnswer, toResponse, trackingId } from "./answer.ts";
import { control } from "./control.ts";
import { FaultBoard } from "./faults.ts";
import type { Grants } from "./grants.ts";
import { delayOrDrop, faultyResponse, spoil } from "./misbehave.ts";
import { Reception, type SandboxOptions } from "./reception.ts";
import { noteBody, RequestLog } from "./request_log.ts";

/** A simulated organization. */
export interface Sandbox {
  /** Answers as Webex would; a leading `/v1`, or the base path of an endpoint's own server, is skipped. */
  readonly fetch: Fetch;
  /** What goes wrong. */
  readonly faults: FaultBoard;
  /** What was received. */
  readonly requests: RequestLog;
  /** The tokens that it grants; a test can revoke them. */
  readonly grants: Grants;
}

/**
 * Makes a sandbox; the organization is founded when the first request arrives.
 *
 * @param endpoints The endpoints that it answers.
 * @param options What can be chosen about it.
 */
export function createSandbox(endpoints: readonly Endpoint[], options: SandboxOptions = {}): Sandbox {
  const reception = new Reception(endpoints, options);
  const faults = new FaultBoard();
  const requests = new RequestLog();
  const clock = options.clock ?? systemClock;
  let serial = 0;

  const receive = async (request: Request, url: URL, number: number, tracking: string): Promise<Response> => {
    const path = reception.relative(url.pathname);
    const entry = requests.add(request, path, url);
    const rule = faults.take(request.method, path, url.search);
    if (rule !== undefined) {
      await noteBody(entry, request);
      await delayOrDrop(rule, request, clock);
    }
    const faulty = rule && faultyResponse(rule, tracking);
    const response = faulty ?? toResponse(await reception.answer(request, entry, number, tracking), tracking);
    entry.status = response.status;
    return rule === undefined || faulty !== undefined ? response : await spoil(rule, response);
  };

  const fetch: Fetch = async (request) => {
    request.signal.throwIfAborted();
    const url = new URL(request.url);
    const number = ++serial;
    const tracking = trackingId(`${options.seed ?? 1}:${number}`);
    try {
      return await control(request, url.pathname, faults, requests) ?? await receive(request, url, number, tracking);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return toResponse(refusalAnswer(error, tracking), tracking);
    }
  };

  return { fetch, faults, requests, grants: reception.identity.grants };
}
