import assert from "node:assert/strict";
import project from "../../deno.json" with { type: "json" };
import { type Collector, startCollector } from "../support/collector.ts";
import { CALLS, EMAIL, FAULTS, found, get, NAME } from "../support/personal_calls.ts";
import { MAIN, runMain, startUpstream, TOKEN, type Upstream } from "../support/process.ts";
import { openSession, type Session } from "../support/session.ts";

const KEY = "collector-key-that-must-never-be-shown";

/** The variables that the exporter's package reads by itself: the program's are others. */
const IGNORED = {
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: "x-ignored=1",
  OTEL_EXPORTER_OTLP_TIMEOUT: "1",
  OTEL_EXPORTER_OTLP_COMPRESSION: "gzip",
  OTEL_EXPORTER_OTLP_CERTIFICATE: "/nowhere",
} as const;

function environmentOf(collector: Collector): Record<string, string> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: `x-key=${KEY}`,
    OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test",
    ...IGNORED,
  };
}

/** Starts the program with the permissions of `serve` and the two addresses that it needs here, and nothing else. */
async function open(upstream: Upstream, collector: Collector, flags: readonly string[] = []): Promise<Session> {
  const { net, env } = project.permissions.serve;
  const hosts = [...net, new URL(upstream.url).host, `127.0.0.1:${collector.port}`];
  const args = [
    "run",
    "--quiet",
    "--no-prompt",
    `--allow-net=${hosts.join(",")}`,
    `--allow-env=${env.allow.join(",")}`,
    `--ignore-env=${env.ignore.join(",")}`,
    MAIN,
    "serve",
    "--base-url",
    upstream.url,
    "--no-audit",
    ...flags,
  ];
  return await openSession(upstream.url, { args, env: environmentOf(collector) });
}

Deno.test("the server exports a span of each request and of each request to Webex, with no permission but those of serve", async () => {
  await using upstream = await startUpstream();
  await using collector = startCollector();
  await using session = await open(upstream, collector);
  upstream.sandbox.faults.add({ status: 503, times: 1 });
  await session.call("people_list_people", { max: 1 });
  await session.request("tools/list", {});
  assert.equal(await session.end(), 0, session.stderr());
  const spans = collector.spans();
  assert.deepEqual(spans.map(({ name, kind }) => [name, kind]), [
    ["initialize", 2],
    ["GET /people", 3],
    ["GET /people", 3],
    ["tools/call people_list_people", 2],
    ["tools/list", 2],
  ]);
  const [, refused, answered, call] = spans;
  const address = new URL(upstream.url);
  assert.deepEqual(refused?.attributes, {
    "http.request.method": "GET",
    "url.template": "/people",
    "server.address": address.hostname,
    "server.port": Number(address.port),
    "http.response.status_code": 503,
    "error.type": "503",
  });
  assert.deepEqual([refused?.parentSpanId, refused?.traceId], [call?.spanId, call?.traceId]);
  assert.deepEqual([answered?.parentSpanId, answered?.attributes["http.request.resend_count"]], [call?.spanId, 1]);
  assert.deepEqual(collector.resource(), {
    "service.name": project.name,
    "service.version": project.version,
    "deployment.environment.name": "test",
  });
  const [{ path, headers } = { path: "", headers: new Headers() }] = collector.requests;
  assert.deepEqual([path, headers.get("x-key"), headers.get("x-ignored")], ["/v1/traces", KEY, null]);
  assert.equal(headers.get("content-encoding"), null);
  assert.ok(!session.stderr().includes(KEY));
  assert.match(session.stderr(), /^INFO: Exporting traces to 127\.0\.0\.1:\d+$/m);
});

Deno.test("a span belongs to the trace that its client names, and Webex learns of none", async () => {
  await using upstream = await startUpstream();
  await using collector = startCollector();
  await using session = await open(upstream, collector);
  const trace = "0af7651916cd43dd8448eb211c80319c";
  const meta = { traceparent: `00-${trace}-b7ad6b7169203331-01`, baggage: `user=${EMAIL}` };
  await session.request("tools/call", { name: "people_list_people", arguments: { max: 1 }, _meta: meta });
  assert.equal(await session.end(), 0);
  const spans = collector.spans().filter(({ name }) => name !== "initialize");
  assert.deepEqual(spans.map(({ traceId }) => traceId), [trace, trace]);
  assert.equal(spans[1]?.parentSpanId, "b7ad6b7169203331");
  assert.deepEqual(found(collector.bodies.join()), []);
  const [request] = upstream.sandbox.requests.entries;
  assert.ok(request !== undefined);
  assert.ok(!JSON.stringify(request).includes(trace));
});

Deno.test("no exported byte holds a value of anybody, whatever becomes of calls", async () => {
  await using upstream = await startUpstream();
  await using collector = startCollector();
  await using session = await open(upstream, collector, ["--deadline", "2", "--validation", "lenient"]);
  upstream.sandbox.faults.add(...FAULTS.map((fault) => ({ ...fault, times: 1, skip: 1 })));
  const meta = { traceparent: NAME, progressToken: EMAIL, [EMAIL]: NAME };
  const begun = CALLS.map(([name, args]) => session.request("tools/call", { name, arguments: args, _meta: meta }));
  const others = [
    ["tools/call", { name: `tool_of_${EMAIL}`, arguments: {} }],
    ["resources/read", { uri: `webex://${EMAIL}` }],
    ["prompts/get", { name: NAME, arguments: { [EMAIL]: NAME } }],
    ["completion/complete", { ref: { type: "ref/prompt", name: NAME }, argument: { name: EMAIL, value: NAME } }],
    [EMAIL, { name: NAME }],
  ] as const;
  begun.push(...others.map(([method, params]) => session.request(method, params)));
  await Promise.all(begun);
  await session.call(...get());
  assert.equal(await session.end(), 0, session.stderr());
  const spans = collector.spans();
  assert.ok(spans.length > CALLS.length + 8, `${spans.length}`);
  assert.ok(spans.some(({ attributes }) => attributes["error.type"] === "tool_error"));
  assert.ok(spans.some(({ name }) => name === "GET /people/{personId}"));
  const exported = collector.bodies.join("\n") + collector.requests.map(({ path }) => path).join("\n");
  assert.deepEqual(found(exported), []);
  for (const secret of [TOKEN, KEY]) assert.ok(!exported.includes(secret));
});

Deno.test("a collector that is away costs no call anything, and is told of once", async () => {
  await using upstream = await startUpstream();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" };
  await using session = await openSession(upstream.url, { env });
  for (let count = 0; count < 20; count++) {
    assert.equal((await session.call("people_list_people", { max: 1 })).isError, false);
  }
  const since = performance.now();
  assert.equal(await session.end(), 0);
  assert.ok(performance.now() - since < 8_000);
  assert.ok((session.stderr().match(/Cannot export traces/g) ?? []).length <= 1, session.stderr());
});

Deno.test("a wrong address of a collector is told before anything is served, without the address", async () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: "https://user:planted@otel.example" };
  const { code, stdout, stderr } = await runMain(["serve"], env);
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /Cannot use OTEL_EXPORTER_OTLP_ENDPOINT: expected an http or https address/);
  assert.ok(!stderr.includes("planted"));
});
