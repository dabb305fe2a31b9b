import assert from "node:assert/strict";
import { createPrometheusMeter } from "../../src/telemetry/prometheus.ts";
import { readExposition, seriesOf } from "../support/exposition.ts";

Deno.test("createPrometheusMeter() counts calls by tool, kind, outcome and status class, and measures them by the latter", async () => {
  const { meter, exposition, contentType } = createPrometheusMeter();
  const call = { tool: "people_list_people", kind: "read", outcome: "ok", status: 200, durationMs: 70 } as const;
  meter.callEnded(call);
  meter.callEnded({ ...call, durationMs: 4_000 });
  meter.callEnded({ ...call, kind: "write", outcome: "refused", status: undefined, consent: "plan" });
  const series = readExposition(await exposition());
  assert.equal(contentType, "text/plain; version=0.0.4; charset=utf-8");
  assert.deepEqual(seriesOf(series, "webex_mcp_calls_total"), {
    '{tool="people_list_people",kind="read",outcome="ok",status_class="2xx"}': 2,
    '{tool="people_list_people",kind="write",outcome="refused",status_class="none"}': 1,
  });
  assert.deepEqual(seriesOf(series, "webex_mcp_consents_total"), { '{consent="plan"}': 1 });
  const buckets = seriesOf(series, "webex_mcp_call_duration_seconds_bucket");
  assert.equal(buckets['{le="0.05",kind="read",outcome="ok"}'], 0);
  assert.equal(buckets['{le="0.1",kind="read",outcome="ok"}'], 1);
  assert.equal(buckets['{le="5",kind="read",outcome="ok"}'], 2);
  assert.equal(buckets['{le="300",kind="read",outcome="ok"}'], 2);
  const sums = seriesOf(series, "webex_mcp_call_duration_seconds_sum");
  assert.equal(sums['{kind="read",outcome="ok"}'], 4.07);
});

Deno.test("createPrometheusMeter() measures the protocol's requests under OpenTelemetry's name", async () => {
  const { meter, exposition } = createPrometheusMeter();
  meter.operationEnded({ method: "tools/list", durationMs: 5 });
  meter.operationEnded({ method: "tools/call", errorType: "tool_error", durationMs: 5 });
  const counts = seriesOf(readExposition(await exposition()), "mcp_server_operation_duration_seconds_count");
  assert.deepEqual(counts, {
    '{mcp_method_name="tools/list",error_type=""}': 1,
    '{mcp_method_name="tools/call",error_type="tool_error"}': 1,
  });
});

Deno.test("createPrometheusMeter() counts requests to Webex, repetitions by reason, and what is waited for", async () => {
  const { meter, exposition } = createPrometheusMeter();
  meter.attemptEnded({ status: 429, durationMs: 20 });
  meter.attemptEnded({ durationMs: 30_000 });
  meter.repeated("429");
  meter.waited({ for: "pause", ms: 2_000 });
  const series = readExposition(await exposition());
  assert.deepEqual(seriesOf(series, "webex_mcp_upstream_requests_total"), {
    '{status_class="4xx"}': 1,
    '{status_class="lost"}': 1,
  });
  assert.deepEqual(seriesOf(series, "webex_mcp_retries_total"), {
    '{reason="401"}': 0,
    '{reason="423"}': 0,
    '{reason="429"}': 1,
    '{reason="5xx"}': 0,
    '{reason="lost"}': 0,
  });
  assert.deepEqual(seriesOf(series, "webex_mcp_wait_seconds_sum"), { '{for="pause"}': 2 });
  assert.equal(seriesOf(series, "webex_mcp_upstream_request_duration_seconds_sum")['{status_class="lost"}'], 30);
});

Deno.test("createPrometheusMeter() counts HTTP requests, and takes methods that nobody knows for one", async () => {
  const { meter, exposition } = createPrometheusMeter();
  for (const method of ["POST", "BREW", "post", 'X"} 1\n', "constructor"]) {
    meter.httpEnded({ route: "mcp", method, status: method === "POST" ? 200 : 405, durationMs: 10 });
  }
  meter.rateLimited();
  meter.storeAnswered({ isOk: false, durationMs: 5 });
  const series = readExposition(await exposition());
  assert.deepEqual(seriesOf(series, "webex_mcp_http_requests_total"), {
    '{route="mcp",method="POST",status_class="2xx"}': 1,
    '{route="mcp",method="other",status_class="4xx"}': 4,
  });
  assert.deepEqual(seriesOf(series, "webex_mcp_rate_limited_total"), { "": 1 });
  assert.deepEqual(seriesOf(series, "webex_mcp_store_request_duration_seconds_count"), { '{outcome="failed"}': 1 });
  assert.deepEqual(seriesOf(series, "webex_mcp_http_request_duration_seconds_count"), { '{route="mcp"}': 5 });
});

Deno.test("createPrometheusMeter() shares no registry: two of them know nothing of each other", async () => {
  const [one, other] = [createPrometheusMeter(), createPrometheusMeter()];
  one.meter.callEnded({ tool: "people_list_people", kind: "read", outcome: "ok", durationMs: 1 });
  assert.deepEqual(seriesOf(readExposition(await other.exposition()), "webex_mcp_calls_total"), {});
});

Deno.test({
  name: "createPrometheusMeter() needs no permission, and tells of the process",
  permissions: "none",
  async fn() {
    const series = readExposition(await createPrometheusMeter().exposition());
    const value = (name: string) => Object.values(seriesOf(series, name))[0] ?? 0;
    assert.ok(value("process_resident_memory_bytes") > 1_000_000);
    assert.ok(value("webex_mcp_heap_used_bytes") > 100_000);
    assert.ok(value("webex_mcp_heap_total_bytes") >= value("webex_mcp_heap_used_bytes"));
    assert.ok(Math.abs(value("process_start_time_seconds") - Date.now() / 1000) < 3_600);
    assert.match(
      Object.keys(seriesOf(series, "webex_mcp_build_info"))[0] ?? "",
      /^\{version="[\d.]+",deno="[\d.]+"\}$/,
    );
  },
});
