import assert from "node:assert/strict";
import { observeAssembly } from "../../src/cli/observed_assembly.ts";
import type { Gauge } from "../../src/telemetry/meter.ts";
import { assembled } from "../support/assembled.ts";
import { recordingMeter } from "../support/recording_telemetry.ts";

const GAUGES: readonly Gauge[] = [
  "calls_in_flight",
  "queue_depth",
  "token_expiry",
  "results",
  "result_bytes",
  "search_index_built",
];

Deno.test("observeAssembly() shows calls in flight, calls that wait, and results that are kept, until it is ended", async () => {
  const meter = recordingMeter();
  const assembly = await assembled({ concurrency: "1" });
  const calls = [1, 2, 3].map(() => assembly.call("people_list_people", {}));
  const end = observeAssembly(meter, "main", assembly);
  assert.deepEqual(meter.read("calls_in_flight"), [3]);
  await Promise.all(calls);
  await assembly.dispatcher.settled();
  assembly.results.put("0123456789", "people_list_people");
  assert.deepEqual(GAUGES.map((gauge) => meter.read(gauge)), [[0], [0], [undefined], [1], [10], [0]]);
  await assembly.search.index();
  assert.deepEqual(meter.read("search_index_built"), [1]);
  const upstream = { ...assembly.upstream, governor: { ...assembly.upstream.governor, waiting: () => 4 } };
  const credential = { ...upstream.credential, expiresAt: () => 1_700_000_000_999 };
  const other = observeAssembly(meter, "other", { ...assembly, upstream: { ...upstream, credential } });
  assert.deepEqual(meter.read("queue_depth"), [0, 4]);
  assert.deepEqual(meter.read("token_expiry"), [undefined, 1_700_000_000]);
  end();
  other();
  assert.deepEqual(GAUGES.map((gauge) => meter.read(gauge)), GAUGES.map(() => []));
});
