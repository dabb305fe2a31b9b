import assert from "node:assert/strict";
import { startCollector } from "../support/collector.ts";
import { modernMessage } from "../support/http_messages.ts";
import { startHttp } from "../support/http_process.ts";
import { startUpstream } from "../support/process.ts";

const CALL = modernMessage("tools/call", { name: "people_list_people", arguments: { max: 1 } });

Deno.test("--metrics shows what happened on an address of its own, with bounded labels and without ids", async () => {
  await using upstream = await startUpstream();
  await using server = await startHttp({ upstream: upstream.url, flags: ["--metrics", "0"] });
  await server.logged("Showing metrics at ");
  const [, address = ""] = /Showing metrics at (\S+)/.exec(server.log()) ?? [];
  for (const init of [CALL, CALL, modernMessage("tools/call", { name: "made_up_by_a_client", arguments: {} })]) {
    await (await fetch(server.url, init)).body?.cancel();
  }
  await (await fetch(new URL("/readyz", server.url))).body?.cancel();
  const response = await fetch(address);
  assert.match(response.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  const value = (line: string) => Number(new RegExp(`^${RegExp.escape(line)} (\\S+)$`, "m").exec(text)?.[1]);
  const call = 'tool="people_list_people",kind="read",outcome="ok",status_class="2xx"';
  assert.equal(value(`webex_mcp_calls_total{${call}}`), 2, text);
  assert.match(text, /webex_mcp_calls_total\{tool="unknown"/);
  assert.equal(value('webex_mcp_http_requests_total{route="readyz",method="GET",status_class="2xx"}'), 1, text);
  assert.match(text, /^webex_mcp_call_duration_seconds_bucket/m);
  assert.match(text, /^webex_mcp_upstream_requests_total\{status_class="2xx"\} [1-9]/m);
  for (const name of ["queue_depth", "calls_in_flight", "http_requests_in_flight", "http_connections"]) {
    assert.match(text, new RegExp(`^webex_mcp_${name}`, "m"));
  }
  assert.equal(text.includes("made_up_by_a_client"), false);
  const elsewhere = await fetch(new URL("/metrics", server.url));
  await elsewhere.body?.cancel();
  assert.equal(elsewhere.status, 404);
  const health = await fetch(new URL("/readyz", address));
  assert.equal(health.status, 200);
  await health.body?.cancel();
});

Deno.test("--metrics on loopback is for names of this machine alone", async () => {
  await using server = await startHttp({ flags: ["--metrics", "0"] });
  await server.logged("Showing metrics at ");
  const [, address = ""] = /Showing metrics at (\S+)/.exec(server.log()) ?? [];
  const { hostname, port } = new URL(address);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  await connection.write(new TextEncoder().encode("GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n"));
  const buffer = new Uint8Array(1024);
  await connection.read(buffer);
  assert.match(new TextDecoder().decode(buffer), /^HTTP\/1\.1 403 /);
});

Deno.test("/readyz tells that the token is missing or refused, and what else the work needs", async () => {
  await using server = await startHttp({
    flags: ["--tools", "discover"],
    env: { WEBEX_ACCESS_TOKEN: "" },
    upstream: "http://127.0.0.1:1/v1",
  });
  const response = await fetch(new URL("/readyz", server.url));
  assert.equal(response.status, 503);
  const { status, checks } = await response.json();
  assert.equal(status, "not ready");
  assert.equal(checks.collection.ok, true);
  assert.deepEqual(checks.credential, { ok: false, note: "no token" });
});

Deno.test("every request leaves a line in the log, whose id stands in its answer and in the audit trail", async () => {
  const directory = await Deno.makeTempDir();
  try {
    const audit = `${directory}/audit.jsonl`;
    await using server = await startHttp({ flags: ["--audit", audit, "--log-format", "json"] });
    const response = await fetch(server.url, CALL);
    await response.body?.cancel();
    const id = response.headers.get("x-request-id");
    await server.logged(`"id":"${id}"`);
    const line = server.log().split("\n").find((text) => text.includes(`"id":"${id}"`));
    const { status, method, path, message_method } = JSON.parse(line ?? "{}");
    assert.deepEqual([status, method, path, message_method], [200, "POST", "/mcp", "tools/call"]);
    assert.equal(await server.end(), 0);
    const [recorded] = (await Deno.readTextFile(audit)).split("\n").filter((text) =>
      text.includes("people_list_people")
    );
    assert.equal(JSON.parse(recorded ?? "{}").request, id);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("a request over HTTP is traced with its transport, within the client's trace and linked to the carrier's", async () => {
  await using upstream = await startUpstream();
  await using collector = startCollector();
  await using server = await startHttp({
    upstream: upstream.url,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
  });
  const [trace, carrier] = ["0af7651916cd43dd8448eb211c80319c", "4bf92f3577b34da6a3ce929d0e0e4736"];
  const meta = { traceparent: `00-${trace}-b7ad6b7169203331-01` };
  const params = { name: "people_list_people", arguments: { max: 1 }, _meta: meta };
  const headers = { traceparent: `00-${carrier}-00f067aa0ba902b7-01` };
  await (await fetch(server.url, modernMessage("tools/call", params, headers))).body?.cancel();
  assert.equal(await server.end(), 0);
  const call = collector.spans().find(({ name }) => name === "tools/call people_list_people");
  assert.equal(call?.traceId, trace);
  assert.equal(call?.attributes["network.transport"], "tcp");
  assert.equal(call?.attributes["mcp.protocol.version"], "2026-07-28");
  assert.ok(collector.bodies.join().includes(carrier));
  assert.ok(
    collector.spans().some(({ name, parentSpanId }) => name === "GET /people" && parentSpanId === call?.spanId),
  );
});
