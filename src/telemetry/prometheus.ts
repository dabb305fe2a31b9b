/**
 * Exposes what the meter learns as Prometheus reads it.
 *
 * Loaded late: only a server that offers metrics needs it. Every label is of a bounded set, so that no caller can make
 * series grow, and none holds an id.
 *
 * @module
 */

import { Counter, Histogram, Registry } from "prom-client";
import { type Meter, REPETITION_CAUSES, statusClassOf } from "./meter.ts";
import { createGauges } from "./gauges.ts";

/** A meter, and what it has learned. */
export interface PrometheusMeter {
  readonly meter: Meter;
  /** Writes all metrics, in the text format. */
  exposition(): Promise<string>;
  /** The media type of the text. */
  readonly contentType: string;
}

/** From a quick answer of this machine to the longest deadline, in seconds. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** A tool that does not exist, by whatever name it was called. */
const UNKNOWN_TOOL = "unknown";

/** RFC 9110, section 9.3, and PATCH. */
const HTTP_METHODS: readonly string[] = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "CONNECT",
  "TRACE",
];

const seconds = (ms: number): number => ms / 1000;

class Instruments {
  readonly #registers: [Registry];

  constructor(registry: Registry) {
    this.#registers = [registry];
  }

  counter<Label extends string = never>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: this.#registers });
  }

  histogram<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Histogram<Label> {
    return new Histogram({ name, help, labelNames, buckets: BUCKETS, registers: this.#registers });
  }
}

type Calls = Pick<Meter, "callEnded" | "operationEnded">;

/** The histogram has no tool as label: a thousand tools times its buckets are more than a scrape should carry. */
function callsOf(instruments: Instruments): Calls {
  const calls = instruments.counter(
    "webex_mcp_calls_total",
    "Calls of tools by tool, kind, outcome, and class of the status that Webex answered last.",
    ["tool", "kind", "outcome", "status_class"],
  );
  const durations = instruments.histogram(
    "webex_mcp_call_duration_seconds",
    "How long calls of tools took.",
    ["kind", "outcome"],
  );
  const consents = instruments.counter(
    "webex_mcp_consents_total",
    "Changes that somebody consented to: a user who was asked, or whoever brought the plan back.",
    ["consent"],
  );
  const operations = instruments.histogram(
    "mcp_server_operation_duration_seconds",
    "How long requests of the protocol took, as OpenTelemetry names it.",
    ["mcp_method_name", "error_type"],
  );
  return {
    callEnded({ tool = UNKNOWN_TOOL, kind, outcome, status, durationMs, consent }) {
      calls.inc({ tool, kind, outcome, status_class: statusClassOf(status) });
      durations.observe({ kind, outcome }, seconds(durationMs));
      if (consent !== undefined) consents.inc({ consent });
    },
    operationEnded({ method, errorType = "", durationMs }) {
      operations.observe({ mcp_method_name: method, error_type: errorType }, seconds(durationMs));
    },
  };
}

type Upstream = Pick<Meter, "attemptEnded" | "repeated" | "waited">;

function upstreamOf(instruments: Instruments): Upstream {
  const requests = instruments.counter(
    "webex_mcp_upstream_requests_total",
    'Requests to Webex by class of the status; "lost" had no answer.',
    ["status_class"],
  );
  const durations = instruments.histogram(
    "webex_mcp_upstream_request_duration_seconds",
    "How long requests to Webex took.",
    ["status_class"],
  );
  const retries = instruments.counter("webex_mcp_retries_total", "Requests to Webex that were sent once more.", [
    "reason",
  ]);
  const waits = instruments.histogram("webex_mcp_wait_seconds", "How long calls waited, and for what.", ["for"]);
  // A series that begins with its first event has no rate for it.
  for (const reason of REPETITION_CAUSES) retries.inc({ reason }, 0);
  return {
    attemptEnded({ status, durationMs }) {
      const labels = { status_class: status === undefined ? "lost" : statusClassOf(status) };
      requests.inc(labels);
      durations.observe(labels, seconds(durationMs));
    },
    repeated: (reason) => retries.inc({ reason }),
    waited: ({ for: what, ms }) => waits.observe({ for: what }, seconds(ms)),
  };
}

type Serving = Pick<Meter, "httpEnded" | "rateLimited" | "storeAnswered">;

function servingOf(instruments: Instruments): Serving {
  const requests = instruments.counter(
    "webex_mcp_http_requests_total",
    "HTTP requests by route, method and class of the status.",
    ["route", "method", "status_class"],
  );
  const durations = instruments.histogram(
    "webex_mcp_http_request_duration_seconds",
    "How long HTTP requests took, streams to their end.",
    ["route"],
  );
  const limited = instruments.counter("webex_mcp_rate_limited_total", "Requests that were told to come back later.");
  const store = instruments.histogram(
    "webex_mcp_store_request_duration_seconds",
    "How long the store took to answer, or to fail.",
    ["outcome"],
  );
  return {
    httpEnded({ route, method, status, durationMs }) {
      const known = HTTP_METHODS.includes(method) ? method : "other";
      requests.inc({ route, method: known, status_class: statusClassOf(status) });
      durations.observe({ route }, seconds(durationMs));
    },
    rateLimited: () => limited.inc(),
    storeAnswered: ({ isOk, durationMs }) => store.observe({ outcome: isOk ? "ok" : "failed" }, seconds(durationMs)),
  };
}

/**
 * Makes a meter for Prometheus, with a registry of its own.
 *
 * @returns The meter, and what writes its metrics.
 */
export function createPrometheusMeter(): PrometheusMeter {
  const registry = new Registry();
  const instruments = new Instruments(registry);
  const { observe } = createGauges(registry);
  const meter = { ...callsOf(instruments), ...upstreamOf(instruments), ...servingOf(instruments), observe };
  return { meter, exposition: () => registry.metrics(), contentType: registry.contentType };
}
