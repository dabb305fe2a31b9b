/**
 * A collector of traces on loopback.
 *
 * @module
 */

/** A span as it was exported. */
export interface ExportedSpan {
  readonly name: string;
  /** 2 serves, 3 calls (OTLP). */
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly string[];
  /** 2 is an error (OTLP). */
  readonly status: number;
}

/** A collector, and what it has got. */
export interface Collector extends AsyncDisposable {
  /** For example `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly port: number;
  /** Each body as it came. */
  readonly bodies: readonly string[];
  /** Path and headers of each request. */
  readonly requests: readonly { readonly path: string; readonly headers: Headers }[];
  /** All spans, in the order in which they ended. */
  spans(): ExportedSpan[];
  /** The facts about the program that the spans are of. */
  resource(): Readonly<Record<string, unknown>>;
}

// deno-lint-ignore no-explicit-any -- what is exported is looked into freely
type Loose = any;

function attributesOf(list: Loose): Record<string, unknown> {
  return Object.fromEntries(
    (list ?? []).map(({ key, value }: Loose) => [key, value.stringValue ?? value.intValue ?? value.boolValue]),
  );
}

function spanOf(span: Loose): ExportedSpan {
  const { name, kind, traceId, spanId, parentSpanId, traceState, links = [], status = {} } = span;
  return {
    name,
    kind,
    traceId,
    spanId,
    ...(parentSpanId ? { parentSpanId } : {}),
    ...(traceState ? { traceState } : {}),
    attributes: attributesOf(span.attributes),
    links: links.map((link: Loose) => `${link.traceId}-${link.spanId}`),
    status: status.code ?? 0,
  };
}

/**
 * Starts a collector.
 *
 * @param answer Answers each batch; 200 unless given.
 * @returns The collector; dispose of it.
 */
export function startCollector(answer: () => Promise<Response> | Response = () => Response.json({})): Collector {
  const bodies: string[] = [];
  const requests: { path: string; headers: Headers }[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    bodies.push(await request.text());
    requests.push({ path: new URL(request.url).pathname, headers: request.headers });
    return await answer();
  });
  const resources = (): Loose[] => bodies.flatMap((body) => JSON.parse(body).resourceSpans);
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    port: server.addr.port,
    bodies,
    requests,
    spans: () => resources().flatMap(({ scopeSpans }) => scopeSpans).flatMap(({ spans }) => spans).map(spanOf),
    resource: () => attributesOf(resources()[0]?.resource?.attributes),
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
