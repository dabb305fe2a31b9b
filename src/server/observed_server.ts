/**
 * A protocol server whose requests are traced and measured, as OpenTelemetry's conventions for MCP name them.
 *
 * @module
 */

import {
  PROTOCOL_VERSION_META_KEY,
  ProtocolError,
  Server,
  type ServerContext,
  TRACEPARENT_META_KEY,
  TRACESTATE_META_KEY,
} from "@modelcontextprotocol/server";
import { type Clock, systemClock } from "../core/clock.ts";
import { noSpan, type Span, type SpanAttributes } from "../core/span.ts";
import { type Meter, noMeter } from "../telemetry/meter.ts";
import { readTraceParent } from "../telemetry/trace_parent.ts";
import { noTracer, type SpanStart, type Tracer } from "../telemetry/tracer.ts";

/** Who learns of requests. */
export interface Observers {
  readonly tracer?: Tracer | undefined;
  readonly meter?: Meter | undefined;
  /** Measures how long they take. */
  readonly clock?: Clock;
}

type Handler = Parameters<Server["_wrapHandler"]>[1];
type Outcome = Awaited<ReturnType<Handler>>;

/** Clients may take anything as id; a counter tells nothing about anybody. */
const MAX_ID = 1_000_000;

/** Revisions are dates; what a client says is passed on only where it is one. */
const REVISION_REGEXP = /^\d{4}-\d{2}-\d{2}$/;

const TOOL_ERROR = "tool_error";

function isRevision(value: unknown): value is string {
  return typeof value === "string" && REVISION_REGEXP.test(value);
}

function isCounter(id: string | number): id is number {
  return typeof id === "number" && Number.isInteger(id) && id >= 0 && id <= MAX_ID;
}

/** What went wrong, in one of few words; the message may hold anything. */
function errorTypeOf(error: unknown): string {
  return error instanceof ProtocolError ? `${error.code}` : "internal_error";
}

/** Tracing and measuring what the SDK's server does, in between it and its transport. */
export class ObservedServer extends Server {
  readonly #observers: Required<{ [Key in keyof Observers]: NonNullable<Observers[Key]> }>;
  /** The SDK makes contexts of contexts, but the signal stays the request's own. */
  readonly #spans = new WeakMap<AbortSignal, Span>();

  /**
   * @param info What the server calls itself.
   * @param options What the SDK's server takes.
   * @param observers Who learns of requests.
   */
  constructor(
    info: ConstructorParameters<typeof Server>[0],
    options: ConstructorParameters<typeof Server>[1],
    { tracer = noTracer, meter = noMeter, clock = systemClock }: Observers,
  ) {
    super(info, options);
    this.#observers = { tracer, meter, clock };
  }

  /**
   * Gives the span of a request.
   *
   * @param ctx The request.
   * @returns Its span; nothing comes of it where nothing is traced.
   */
  spanOf({ mcpReq: { signal } }: ServerContext): Span {
    return this.#spans.get(signal) ?? noSpan;
  }

  /** The SDK's hook for whoever stands before all handlers; it calls it for its own methods before this constructor. */
  protected override _wrapHandler(method: string, handler: Handler): Handler {
    const serve = super._wrapHandler(method, handler);
    return async (request, ctx) => await this.#observe(method, ctx, () => serve(request, ctx));
  }

  async #observe(method: string, ctx: ServerContext, serve: () => Promise<Outcome>): Promise<Outcome> {
    const { tracer, meter, clock } = this.#observers;
    const since = clock.monotonic();
    let errorType: string | undefined;
    try {
      return await tracer.span(this.#startOf(method, ctx), async (span) => {
        this.#spans.set(ctx.mcpReq.signal, span);
        try {
          const result = await serve();
          if (result.isError === true) errorType = TOOL_ERROR;
          return result;
        } catch (error) {
          errorType = errorTypeOf(error);
          if (error instanceof ProtocolError) span.set({ "rpc.response.status_code": errorType });
          throw error;
        } finally {
          if (errorType !== undefined) span.fail(errorType);
        }
      });
    } finally {
      meter.operationEnded({ method, errorType, durationMs: clock.monotonic() - since });
    }
  }

  #startOf(method: string, ctx: ServerContext): SpanStart {
    const { mcpReq: { _meta: meta = {} }, http } = ctx;
    return {
      name: method,
      attributes: this.#attributesOf(method, ctx),
      parent: readTraceParent(meta[TRACEPARENT_META_KEY], meta[TRACESTATE_META_KEY]),
      link: readTraceParent(http?.req?.headers.get("traceparent"), http?.req?.headers.get("tracestate")),
    };
  }

  #attributesOf(method: string, { mcpReq, http }: ServerContext): SpanAttributes {
    const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
    const revision = envelope[PROTOCOL_VERSION_META_KEY] ?? this.getNegotiatedProtocolVersion();
    return {
      "mcp.method.name": method,
      "network.transport": http === undefined ? "pipe" : "tcp",
      ...(isRevision(revision) ? { "mcp.protocol.version": revision } : {}),
      ...(isCounter(mcpReq.id) ? { "jsonrpc.request.id": `${mcpReq.id}` } : {}),
    };
  }
}
