import assert from "node:assert/strict";
import { createOtelTracer } from "../../src/telemetry/otel.ts";
import { readTraceParent } from "../../src/telemetry/trace_parent.ts";
import type { TraceSettings } from "../../src/telemetry/trace_settings.ts";
import type { SpanStart } from "../../src/telemetry/tracer.ts";
import { startCollector } from "../support/collector.ts";
import { until } from "../support/process.ts";
import { recordingLog } from "../support/recording_log.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = "b7ad6b7169203331";
const LINKED = "00f067aa0ba902b7";
const START: SpanStart = { name: "tools/list", attributes: { "mcp.method.name": "tools/list" } };

function settingsOf(url: string, more: Partial<TraceSettings> = {}): TraceSettings {
  return {
    endpoint: `${url}/v1/traces`,
    headers: { "x-key": "collector-key" },
    resource: { "service.name": "test" },
    sampler: "parentbased_always_on",
    ratio: 1,
    ...more,
  };
}

/** A port that nobody listens at. */
function closedPort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

const nothing = () => Promise.resolve();

Deno.test("createOtelTracer() exports spans with their requests, attributes, failures and names", async () => {
  await using collector = startCollector();
  const log = recordingLog();
  const { tracer, close } = createOtelTracer({ settings: settingsOf(collector.url), log });
  const answer = await tracer.span(START, (span) => {
    span.rename("tools/call people_list_people");
    span.set({ "gen_ai.tool.name": "people_list_people", count: 2, isOk: true });
    const request = span.request("GET /people", { "http.request.method": "GET" });
    request.fail("503");
    request.end();
    span.fail("tool_error");
    return Promise.resolve("done");
  });
  await close();
  assert.equal(answer, "done");
  const [request, served] = collector.spans();
  assert.ok(request !== undefined && served !== undefined);
  assert.deepEqual([served.name, served.kind, served.status, served.parentSpanId], [
    "tools/call people_list_people",
    2,
    2,
    undefined,
  ]);
  assert.deepEqual(served.attributes, {
    "mcp.method.name": "tools/list",
    "gen_ai.tool.name": "people_list_people",
    count: 2,
    isOk: true,
    "error.type": "tool_error",
  });
  assert.deepEqual([request.name, request.kind, request.status], ["GET /people", 3, 2]);
  assert.deepEqual(request.attributes, { "http.request.method": "GET", "error.type": "503" });
  assert.deepEqual([request.traceId, request.parentSpanId], [served.traceId, served.spanId]);
  assert.deepEqual(collector.resource(), { "service.name": "test" });
  const [{ path, headers } = { path: "", headers: new Headers() }] = collector.requests;
  assert.deepEqual([path, headers.get("x-key")], ["/v1/traces", "collector-key"]);
  assert.deepEqual(log.lines, []);
});

Deno.test("createOtelTracer() puts a span into its caller's trace, and links the one that carried it", async () => {
  await using collector = startCollector();
  const { tracer, close } = createOtelTracer({ settings: settingsOf(collector.url), log: recordingLog() });
  const parent = readTraceParent(`00-${TRACE}-${PARENT}-01`, "vendor=1");
  const link = readTraceParent(`00-${TRACE}-${LINKED}-01`);
  await tracer.span({ ...START, parent, link }, nothing);
  await close();
  const [span] = collector.spans();
  assert.deepEqual([span?.traceId, span?.parentSpanId, span?.traceState], [TRACE, PARENT, "vendor=1"]);
  assert.deepEqual(span?.links, [`${TRACE}-${LINKED}`]);
});

Deno.test("createOtelTracer() ends a span whose work fails, and passes the failure on", async () => {
  await using collector = startCollector();
  const { tracer, close } = createOtelTracer({ settings: settingsOf(collector.url), log: recordingLog() });
  await assert.rejects(tracer.span(START, () => Promise.reject(new Error("planted"))), /planted/);
  await close();
  assert.equal(collector.spans().length, 1);
  assert.ok(!collector.bodies.join().includes("planted"));
});

Deno.test("createOtelTracer() exports what its sampler lets through", async () => {
  const sampled = readTraceParent(`00-${TRACE}-${PARENT}-01`);
  const unsampled = readTraceParent(`00-${TRACE}-${PARENT}-00`);
  const cases = [
    [{ sampler: "always_on" }, 3],
    [{ sampler: "always_off" }, 0],
    [{ sampler: "parentbased_always_on" }, 2],
    [{ sampler: "parentbased_always_off" }, 1],
    [{ sampler: "traceidratio", ratio: 0 }, 0],
    [{ sampler: "traceidratio", ratio: 1 }, 3],
    [{ sampler: "parentbased_traceidratio", ratio: 0 }, 1],
  ] as const;
  for (const [settings, expected] of cases) {
    await using collector = startCollector();
    const { tracer, close } = createOtelTracer({ settings: settingsOf(collector.url, settings), log: recordingLog() });
    for (const parent of [undefined, sampled, unsampled]) await tracer.span({ ...START, parent }, nothing);
    await close();
    assert.equal(collector.spans().length, expected, settings.sampler);
  }
});

Deno.test("createOtelTracer() cuts long attributes", async () => {
  await using collector = startCollector();
  const { tracer, close } = createOtelTracer({ settings: settingsOf(collector.url), log: recordingLog() });
  await tracer.span({ ...START, attributes: { long: "x".repeat(10_000) } }, nothing);
  await close();
  assert.equal(collector.spans()[0]?.attributes.long, "x".repeat(256));
});

Deno.test("createOtelTracer() tells once that the collector refuses, without what it says", async () => {
  await using collector = startCollector(() => new Response("planted secret", { status: 401 }));
  const log = recordingLog();
  const { tracer, close } = createOtelTracer({ settings: settingsOf(collector.url), log });
  for (let count = 0; count < 600; count++) await tracer.span(START, nothing);
  await close();
  assert.ok(collector.requests.length >= 2);
  assert.deepEqual(log.lines, [
    `WARNING: Cannot export traces to "127.0.0.1:${collector.port}": the collector answered 401`,
  ]);
});

Deno.test("createOtelTracer() drops what a slow collector does not take, and holds no call up", async () => {
  const { promise: open, resolve } = Promise.withResolvers<void>();
  await using collector = startCollector(async () => {
    await open;
    return Response.json({});
  });
  const { tracer, close } = createOtelTracer({ settings: settingsOf(collector.url), log: recordingLog() });
  const count = 4_000;
  for (let index = 0; index < count; index++) await tracer.span(START, nothing);
  resolve();
  await close();
  const exported = collector.spans().length;
  assert.ok(exported >= 2_048 && exported < count, `${exported}`);
});

Deno.test("createOtelTracer() never fails where nobody listens, and says so", async () => {
  const log = recordingLog();
  const port = closedPort();
  // Less than the first wait before a repetition.
  const { tracer, close } = createOtelTracer({ settings: settingsOf(`http://127.0.0.1:${port}`), log, exportMs: 300 });
  assert.equal(await tracer.span(START, () => Promise.resolve(7)), 7);
  await close();
  assert.deepEqual(log.lines, [`WARNING: Cannot export traces to "127.0.0.1:${port}": ECONNREFUSED`]);
});

Deno.test("close() waits no longer than it may for a collector that does not answer", async () => {
  const { promise: open, resolve } = Promise.withResolvers<void>();
  const answered: Promise<void>[] = [];
  await using collector = startCollector(() => {
    const answer = open.then(() => Response.json({}));
    answered.push(answer.then(() => {}));
    return answer;
  });
  const options = { settings: settingsOf(collector.url), log: recordingLog(), closeMs: 50 };
  const { tracer, close } = createOtelTracer(options);
  await tracer.span(START, nothing);
  const since = performance.now();
  await close();
  assert.ok(performance.now() - since < 1_000);
  resolve();
  await until(() => answered.length > 0);
  await Promise.all(answered);
});
