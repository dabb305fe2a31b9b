import assert from "node:assert/strict";
import type { CallerFileState, CallerSource } from "../../../src/access/caller_source.ts";
import { observeCallers } from "../../../src/cli/http/observed_callers.ts";
import { createPrometheusMeter } from "../../../src/telemetry/prometheus.ts";
import { readExposition, seriesOf } from "../../support/exposition.ts";

Deno.test("observeCallers() shows how the file of callers is, and looks at it", async () => {
  const { meter, exposition } = createPrometheusMeter();
  const shown = async () => {
    const series = readExposition(await exposition());
    return [
      seriesOf(series, "webex_mcp_callers_file_ok"),
      seriesOf(series, "webex_mcp_callers_file_read_timestamp_seconds"),
    ];
  };
  let state: CallerFileState = { readAt: 1_800_000_000_999 };
  let looked = 0;
  const source: CallerSource = {
    current() {
      looked++;
      return Promise.reject(new Error("planted"));
    },
    state: () => state,
  };
  const now: { callers?: CallerSource } = {};
  observeCallers(meter, () => now.callers);
  assert.deepEqual(await shown(), [{}, {}]);
  now.callers = source;
  assert.deepEqual(await shown(), [{ "": 1 }, { "": 1_800_000_000 }]);
  assert.equal(looked, 1);
  state = { ...state, trouble: "unusable" };
  assert.deepEqual(await shown(), [{ "": 0 }, { "": 1_800_000_000 }]);
  state = { trouble: "missing" };
  assert.deepEqual(await shown(), [{ "": 0 }, {}]);
});
