/**
 * Traces the attempts of a request as spans of the call that makes it.
 *
 * Spans tell the operation's template and never the address: that holds ids, and what is searched for.
 *
 * @module
 */

import type { Span, SpanAttributes } from "../core/span.ts";
import type { AttemptWatch } from "./attempt_watch.ts";

/** What is sent, as far as traces may know. */
export interface TracedRequest {
  readonly method: string;
  readonly url: Pick<URL, "hostname" | "port">;
  /** The operation, for example `GET /people/{personId}`. */
  readonly label?: string | undefined;
}

/** As OpenTelemetry's conventions for HTTP clients name them. */
function attributesOf({ method, url, label }: TracedRequest, repetitions: number): SpanAttributes {
  return {
    "http.request.method": method,
    ...(label === undefined ? {} : { "url.template": label.slice(label.indexOf(" ") + 1) }),
    "server.address": url.hostname,
    ...(url.port === "" ? {} : { "server.port": Number(url.port) }),
    ...(repetitions === 0 ? {} : { "http.request.resend_count": repetitions }),
  };
}

/**
 * Makes a watch that traces one request.
 *
 * @param call The span of the call.
 * @param request What is sent.
 * @returns The watch; each attempt is a span of its own.
 */
export function attemptSpans(call: Span, request: TracedRequest): AttemptWatch {
  let attempt: Span | undefined;
  let repetitions = 0;
  return {
    waited() {},
    sent() {
      attempt = call.request(request.label ?? request.method, attributesOf(request, repetitions));
      repetitions++;
    },
    answered(status) {
      attempt?.set({ "http.response.status_code": status });
      // A client counts 4xx as failed, too (semantic conventions for HTTP, "Status").
      if (status >= 400) attempt?.fail(`${status}`);
      attempt?.end();
    },
    lost(code) {
      attempt?.fail(code);
      attempt?.end();
    },
    repeats() {},
  };
}
