/**
 * Exports traces by OpenTelemetry's protocol over HTTP (OTLP).
 *
 * Loaded late: only where traces are asked for. Deno's own instrumentation stays off, because its spans hold addresses as
 * a whole, and those hold ids.
 *
 * @module
 */

import {
  type Context,
  createTraceState,
  type Link,
  ROOT_CONTEXT,
  type Span as OtelSpan,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Tracer as OtelTracer,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { Log } from "../core/log.ts";
import type { Span } from "../core/span.ts";
import { PROGRAM, VERSION } from "../core/version.ts";
import type { TraceParent } from "./trace_parent.ts";
import type { SamplerName, TraceSettings } from "./trace_settings.ts";
import type { Tracer } from "./tracer.ts";

/** What a tracer works with. */
export interface OtelOptions {
  readonly settings: TraceSettings;
  /** Learns once that nobody takes the traces. */
  readonly log: Pick<Log, "warning">;
  /** How long the end of the program waits for the last batch, in milliseconds; default 2,000. */
  readonly closeMs?: number;
  /** How long a batch may take, repetitions included, in milliseconds; default 10,000. */
  readonly exportMs?: number;
}

/** A tracer, and its end. */
export interface OpenTracer {
  readonly tracer: Tracer;
  /** Exports what is left, as far as there is time for it. Never throws. */
  close(): Promise<void>;
}

/** What waits for export beyond this is dropped: a collector that is away must not take the memory. */
const MAX_QUEUE = 2_048;
const MAX_BATCH = 256;
const BATCH_DELAY_MS = 2_000;
const EXPORT_MS = 10_000;
const CLOSE_MS = 2_000;

/** Names and codes of this program are shorter. */
const MAX_ATTRIBUTE_LENGTH = 256;

const SAMPLER_MAKERS: Readonly<Record<SamplerName, (ratio: number) => Sampler>> = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (ratio) => new TraceIdRatioBasedSampler(ratio),
  parentbased_always_on: () => new ParentBasedSampler({ root: new AlwaysOnSampler() }),
  parentbased_always_off: () => new ParentBasedSampler({ root: new AlwaysOffSampler() }),
  parentbased_traceidratio: (ratio) => new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
};

/** A message could hold the address or what the collector says; a code or a status holds neither. */
function reasonOf(error: Error | undefined, host: string): string {
  if (error instanceof Deno.errors.NotCapable) {
    return `the program was started without permission for it; add --allow-net=${host} to the deno command`;
  }
  if (error === undefined || !("code" in error)) return error?.name ?? "no reason is known";
  const { code } = error;
  if (typeof code === "number") return `the collector answered ${code}`;
  return typeof code === "string" && /^\w{1,40}$/.test(code) ? code : error.name;
}

/** Failures are told once: a line for each batch would only repeat it. */
function telling(exporter: SpanExporter, { log, settings }: OtelOptions): SpanExporter {
  const { host } = new URL(settings.endpoint);
  let isTold = false;
  function tell(error: Error | undefined): void {
    if (isTold) return;
    isTold = true;
    log.warning(`Cannot export traces to "${host}": ${reasonOf(error, host)}`);
  }
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        // A code of 0 is success; the enumeration is in a package that only this one brings.
        if (result.code !== 0) tell(result.error);
        done(result);
      });
    },
    forceFlush: async () => await exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

function spanContextOf({ traceId, spanId, isSampled, state }: TraceParent): SpanContext {
  return {
    traceId,
    spanId,
    traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    isRemote: true,
    ...(state === undefined ? {} : { traceState: createTraceState(state) }),
  };
}

/** The program passes spans on by hand: a context that follows asynchronous work would cost every call. */
function spanOf(tracer: OtelTracer, span: OtelSpan, context: Context): Span {
  return {
    rename: (name) => void span.updateName(name),
    set: (attributes) => void span.setAttributes(attributes),
    fail(type) {
      span.setAttribute("error.type", type);
      span.setStatus({ code: SpanStatusCode.ERROR });
    },
    request(name, attributes) {
      const own = trace.setSpan(context, span);
      const child = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes: { ...attributes } }, own);
      return spanOf(tracer, child, own);
    },
    end: () => span.end(),
  };
}

function tracerOf(tracer: OtelTracer): Tracer {
  return {
    async span({ name, attributes, parent, link }, run) {
      const context = parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, spanContextOf(parent));
      const links: Link[] = link === undefined ? [] : [{ context: spanContextOf(link) }];
      const options = { kind: SpanKind.SERVER, attributes: { ...attributes }, links };
      const span = spanOf(tracer, tracer.startSpan(name, options, context), context);
      try {
        return await run(span);
      } finally {
        span.end();
      }
    },
  };
}

async function within(work: Promise<unknown>, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  // Whatever kept the last batch from being taken has been told.
  work.then(() => resolve(), () => resolve());
  await promise;
  clearTimeout(timer);
}

/**
 * Makes a tracer that exports in batches. A collector that is slow or away never holds up a call: spans wait in a queue of
 * bounded length, and what does not fit is dropped.
 *
 * @param options Where to, and who learns of failures.
 * @returns The tracer; close it when the program ends.
 */
export function createOtelTracer(options: OtelOptions): OpenTracer {
  const { settings, closeMs = CLOSE_MS, exportMs = EXPORT_MS } = options;
  const { endpoint, headers, resource, sampler, ratio } = settings;
  const exporter = new OTLPTraceExporter({
    url: endpoint,
    headers: { ...headers },
    timeoutMillis: exportMs,
    // A connection that is kept open would keep the program from ending.
    httpAgentOptions: { keepAlive: false },
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ ...resource }),
    sampler: SAMPLER_MAKERS[sampler](ratio),
    spanLimits: { attributeValueLengthLimit: MAX_ATTRIBUTE_LENGTH },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: telling(exporter, options),
        maxQueueSize: MAX_QUEUE,
        maxExportBatchSize: MAX_BATCH,
        scheduledDelayMillis: BATCH_DELAY_MS,
        exportTimeoutMillis: exportMs,
      }),
    ],
  });
  return { tracer: tracerOf(provider.getTracer(PROGRAM, VERSION)), close: () => within(provider.shutdown(), closeMs) };
}
