import assert from "node:assert/strict";
import { endOfWork } from "../../../src/webex/limits/call_wait.ts";
import { contextOf } from "../../support/calls.ts";

Deno.test("endOfWork() keeps a tenth of the call's time for its result, but no more than 3 s and no less than 200 ms", () => {
  for (const [deadline, end] of [[55_000, 52_000], [8_000, 7_200], [3_000, 2_700], [1_000, 800]] as const) {
    assert.equal(endOfWork(contextOf({ deadline }), 0), end);
  }
});
