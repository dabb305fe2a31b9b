/**
 * What is counted and measured, in words of this program; how it is exposed is another module's matter.
 *
 * @module
 */

/** The hundred that a status is of, and `none` where there was no answer. */
export type StatusClass = "1xx" | "2xx" | "3xx" | "4xx" | "5xx" | "none";

const CLASSES: readonly StatusClass[] = ["none", "1xx", "2xx", "3xx", "4xx", "5xx"];

/**
 * Finds the class of a status.
 *
 * @param status A status of HTTP, or `undefined` without an answer.
 * @returns Its class; a number that is no status counts as no answer.
 */
export function statusClassOf(status: number | undefined): StatusClass {
  return CLASSES[Math.floor((status ?? 0) / 100)] ?? "none";
}

/** A call of a tool that is over. */
export interface EndedCall {
  /** The tool's own name; absent where there is no such tool: whatever name a client makes up is no label. */
  readonly tool?: string | undefined;
  readonly kind: "read" | "write";
  /** As the audit trail has it, for example `ok` or `refused`. */
  readonly outcome: string;
  /** What Webex answered last. */
  readonly status?: number | undefined;
  readonly durationMs: number;
  /** Who consented to a change that needs it. */
  readonly consent?: "user" | "plan" | undefined;
}

/** A request of the protocol that is over, whatever its method. */
export interface EndedOperation {
  /** A method that this server serves, for example `tools/list`. */
  readonly method: string;
  /** `tool_error`, or the code of a protocol error; absent where all went well. */
  readonly errorType?: string | undefined;
  readonly durationMs: number;
}

/** A request to Webex that is over; without a status where it was lost. */
export interface EndedAttempt {
  readonly status?: number | undefined;
  readonly durationMs: number;
}

/** Why a request to Webex is sent once more: the status, or that nobody answered. */
export const REPETITION_CAUSES = ["401", "423", "429", "5xx", "lost"] as const;

/** One of {@linkcode REPETITION_CAUSES}. */
export type RepetitionCause = typeof REPETITION_CAUSES[number];

/** What is waited for: the changes of the same object before, a token, a place on the wire, a repetition's time, a caller's limit. */
export const WAITS = ["turn", "token", "place", "pause", "limit"] as const;

/** One of {@linkcode WAITS}. */
export type Wait = typeof WAITS[number];

/** A wait that is over; waits of no length are told, too. */
export interface EndedWait {
  readonly for: Wait;
  readonly ms: number;
}

/** The places that serve HTTP. */
export const ROUTES = ["mcp", "healthz", "readyz", "metrics", "metadata", "other"] as const;

/** One of {@linkcode ROUTES}. */
export type Route = typeof ROUTES[number];

/** An HTTP request that is over. */
export interface EndedHttpRequest {
  readonly route: Route;
  /** Any text: methods that HTTP doesn't know count as one. */
  readonly method: string;
  readonly status: number;
  readonly durationMs: number;
}

/** A question to the store that is over. */
export interface EndedStoreRequest {
  readonly isOk: boolean;
  readonly durationMs: number;
}

/** What is looked at when somebody asks: how much of something there is at this moment. */
export type Gauge =
  /** Calls that wait for their turn or a place. */
  | "queue_depth"
  | "calls_in_flight"
  | "http_requests_in_flight"
  | "connections"
  /** When the present access token expires, in seconds since 1970. */
  | "token_expiry"
  /** 1 once the search has been built. */
  | "search_index_built"
  /** Catalogues in memory. */
  | "catalogues"
  /** 1 while the store answers. */
  | "store_up"
  /** 1 while the file of callers is as it should be. */
  | "callers_file_ok"
  /** When the file of callers was last read, in seconds since 1970. */
  | "callers_file_read";

/** Learns what happens. Nothing in here throws. */
export interface Meter {
  callEnded(call: EndedCall): void;
  operationEnded(operation: EndedOperation): void;
  attemptEnded(attempt: EndedAttempt): void;
  repeated(cause: RepetitionCause): void;
  waited(wait: EndedWait): void;
  httpEnded(request: EndedHttpRequest): void;
  /** A caller was told to come back later; which one is for the log. */
  rateLimited(): void;
  storeAnswered(request: EndedStoreRequest): void;
  /**
   * Watches a quantity. Several of equal gauge and profile become one: amounts are added up, of moments and states the
   * highest counts.
   *
   * @param gauge What it is.
   * @param read Tells how much there is; `undefined` where nobody knows. Asked at each look, so it must be cheap.
   * @param profile The profile that it is about.
   * @returns What ends the watching.
   */
  observe(gauge: Gauge, read: () => number | undefined, profile?: string): () => void;
}

/** Measures nothing, and costs nothing. */
export const noMeter: Meter = {
  callEnded() {},
  operationEnded() {},
  attemptEnded() {},
  repeated() {},
  waited() {},
  httpEnded() {},
  rateLimited() {},
  storeAnswered() {},
  observe: () => () => {},
};
