import assert from "node:assert/strict";
import { observeAssembly, observeUpstream } from "../../src/cli/observed_assembly.ts";
import { assembled } from "../support/assembled.ts";
import { recordingMeter } from "../support/recording_telemetry.ts";

Deno.test("observeAssembly() shows calls in flight and whether the search was built, until it is ended", async () => {
  const meter = recordingMeter();
  const assembly = await assembled({ concurrency: "1" });
  const calls = [1, 2, 3].map(() => assembly.call("people_list_people", {}));
  const end = observeAssembly(meter, "main", assembly);
  assert.deepEqual(meter.read("calls_in_flight"), [3]);
  await Promise.all(calls);
  await assembly.dispatcher.settled();
  assert.deepEqual([meter.read("calls_in_flight"), meter.read("search_index_built")], [[0], [0]]);
  await assembly.search.index();
  assert.deepEqual(meter.read("search_index_built"), [1]);
  end();
  assert.deepEqual([meter.read("calls_in_flight"), meter.read("search_index_built")], [[], []]);
});

Deno.test("observeUpstream() shows calls that wait and when the token expires, until it is ended", async () => {
  const meter = recordingMeter();
  const { upstream } = await assembled({});
  const end = observeUpstream(meter, "main", upstream);
  const governor = { ...upstream.governor, waiting: () => 4 };
  const credential = { ...upstream.credential, expiresAt: () => 1_700_000_000_999 };
  const other = observeUpstream(meter, "other", { governor, credential });
  assert.deepEqual(meter.read("queue_depth"), [0, 4]);
  assert.deepEqual(meter.read("token_expiry"), [undefined, 1_700_000_000]);
  end();
  other();
  assert.deepEqual([meter.read("queue_depth"), meter.read("token_expiry")], [[], []]);
});
