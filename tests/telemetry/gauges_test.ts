import assert from "node:assert/strict";
import { createPrometheusMeter } from "../../src/telemetry/prometheus.ts";
import { readExposition, seriesOf } from "../support/exposition.ts";

const read = async (exposition: () => Promise<string>, name: string) =>
  seriesOf(readExposition(await exposition()), name);

Deno.test("observe() shows what is true at each look, until it is ended", async () => {
  const { meter, exposition } = createPrometheusMeter();
  let depth = 3;
  const end = meter.observe("queue_depth", () => depth);
  assert.deepEqual(await read(exposition, "webex_mcp_queue_depth"), { "": 3 });
  depth = 0;
  assert.deepEqual(await read(exposition, "webex_mcp_queue_depth"), { "": 0 });
  end();
  assert.deepEqual(await read(exposition, "webex_mcp_queue_depth"), {});
});

Deno.test("observe() adds amounts of one profile up, and keeps profiles apart", async () => {
  const { meter, exposition } = createPrometheusMeter();
  meter.observe("calls_in_flight", () => 2, "main");
  meter.observe("calls_in_flight", () => 3, "main");
  meter.observe("calls_in_flight", () => 7, 'a"b');
  assert.deepEqual(await read(exposition, "webex_mcp_calls_in_flight"), {
    '{profile="main"}': 5,
    '{profile="a\\"b"}': 7,
  });
});

Deno.test("observe() takes the highest of moments and states", async () => {
  const { meter, exposition } = createPrometheusMeter();
  for (const moment of [1_700_000_000, 1_800_000_000, undefined]) meter.observe("token_expiry", () => moment, "main");
  for (const state of [0, 1]) meter.observe("search_index_built", () => state);
  assert.deepEqual(await read(exposition, "webex_mcp_token_expiry_timestamp_seconds"), {
    '{profile="main"}': 1_800_000_000,
  });
  assert.deepEqual(await read(exposition, "webex_mcp_search_index_built"), { "": 1 });
});

Deno.test("observe() leaves out what nobody knows, and lets no failure keep the others back", async () => {
  const { meter, exposition } = createPrometheusMeter();
  meter.observe("connections", () => undefined);
  meter.observe("queue_depth", () => {
    throw new Error("broken");
  });
  meter.observe("calls_in_flight", () => 2);
  assert.deepEqual(await read(exposition, "webex_mcp_http_connections"), {});
  assert.deepEqual(await read(exposition, "webex_mcp_queue_depth"), {});
  assert.deepEqual(await read(exposition, "webex_mcp_calls_in_flight"), { "": 2 });
});
