/**
 * A meter and a tracer that keep what they are told.
 *
 * @module
 */

import type { Span, SpanAttributes } from "../../src/core/span.ts";
import type { Gauge, Meter } from "../../src/telemetry/meter.ts";
import type { SpanStart, Tracer } from "../../src/telemetry/tracer.ts";

/** A meter, and what it was told. */
export interface RecordingMeter extends Meter {
  /** Name of the event and its facts, in order. */
  readonly events: readonly (readonly [string, unknown])[];
  /** The facts of all events of a name. */
  of(name: Exclude<keyof Meter, "observe">): unknown[];
  /** What a gauge shows now. */
  read(gauge: Gauge): (number | undefined)[];
}

/** Makes a meter that keeps everything. */
export function recordingMeter(): RecordingMeter {
  const events: [string, unknown][] = [];
  const gauges = new Set<{ gauge: Gauge; read: () => number | undefined }>();
  const keep = (name: string) => (facts?: unknown) => void events.push([name, facts]);
  return {
    events,
    callEnded: keep("callEnded"),
    operationEnded: keep("operationEnded"),
    attemptEnded: keep("attemptEnded"),
    repeated: keep("repeated"),
    waited: keep("waited"),
    httpEnded: keep("httpEnded"),
    rateLimited: keep("rateLimited"),
    storeAnswered: keep("storeAnswered"),
    observe(gauge, read) {
      const one = { gauge, read };
      gauges.add(one);
      return () => void gauges.delete(one);
    },
    of: (name) => events.filter(([event]) => event === name).map(([, facts]) => facts),
    read: (wanted) => [...gauges].filter(({ gauge }) => gauge === wanted).map(({ read }) => read()),
  };
}

/** A span that is kept. */
export interface RecordedSpan {
  name: string;
  attributes: Record<string, string | number | boolean>;
  error?: string;
  ended: number;
  readonly requests: RecordedSpan[];
  readonly start?: SpanStart;
}

function record(name: string, attributes: SpanAttributes, start?: SpanStart): { kept: RecordedSpan; span: Span } {
  const kept: RecordedSpan = {
    name,
    attributes: { ...attributes },
    ended: 0,
    requests: [],
    ...(start === undefined ? {} : { start }),
  };
  const span: Span = {
    rename: (other) => void (kept.name = other),
    set: (more) => void Object.assign(kept.attributes, more),
    fail: (type) => void (kept.error = type),
    request(other, facts) {
      const child = record(other, facts);
      kept.requests.push(child.kept);
      return child.span;
    },
    end: () => void kept.ended++,
  };
  return { kept, span };
}

/** A tracer, and its spans in the order in which they began. */
export interface RecordingTracer extends Tracer {
  readonly spans: readonly RecordedSpan[];
}

/** Makes a tracer that keeps everything. */
export function recordingTracer(): RecordingTracer {
  const spans: RecordedSpan[] = [];
  return {
    spans,
    async span(start, run) {
      const { kept, span } = record(start.name, start.attributes, start);
      spans.push(kept);
      try {
        return await run(span);
      } finally {
        span.end();
      }
    },
  };
}

/** Makes a span that keeps everything. */
export const recordedSpan = (): { kept: RecordedSpan; span: Span } => record("call", {});
