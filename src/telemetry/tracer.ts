/**
 * Traces: which request took how long, and which requests to Webex it made.
 *
 * @module
 */

import { noSpan, type Span, type SpanAttributes } from "../core/span.ts";
import type { TraceParent } from "./trace_parent.ts";

/** A request of a client that begins to be served. */
export interface SpanStart {
  readonly name: string;
  readonly attributes: SpanAttributes;
  /** The caller's span that this one belongs to. */
  readonly parent?: TraceParent | undefined;
  /** Another span that led to this one, such as the HTTP request that carried it. */
  readonly link?: TraceParent | undefined;
}

/** Makes the spans of served requests. */
export interface Tracer {
  /**
   * Serves a request under a span, which ends with it.
   *
   * @param start What is known at the beginning.
   * @param run Serves it.
   * @returns What `run` returns; what it throws is thrown, too.
   */
  span<T>(start: SpanStart, run: (span: Span) => Promise<T>): Promise<T>;
}

/** Traces nothing, and costs nothing. */
export const noTracer: Tracer = { span: (_start, run) => run(noSpan) };
