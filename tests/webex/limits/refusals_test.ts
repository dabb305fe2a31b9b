import assert from "node:assert/strict";
import { Refusals } from "../../../src/webex/limits/refusals.ts";

Deno.test("Refusals take a limit for the operation's own once others were answered meanwhile", () => {
  const refusals = new Refusals();
  assert.equal(refusals.refused("people", 0, 10, 1_000), false);
  assert.equal(refusals.isRefusing("people"), true);
  assert.equal(refusals.resumesAt("people"), 1_010);
  // Refused again with nobody answered since: it can still be everybody's.
  assert.equal(refusals.refused("people", 1_010, 1_020, 1_000), false);
  refusals.answered("locations", 1_100, 1_200);
  // It was under way at the last refusal, and proves nothing.
  assert.equal(refusals.refused("people", 1_015, 1_300, 1_000), false);
  refusals.answered("locations", 1_400, 1_500);
  assert.equal(refusals.refused("people", 2_300, 2_310, 1_000), true);
});

Deno.test("Refusals forget an operation that is answered, unless its request was under way before", () => {
  const refusals = new Refusals();
  refusals.refused("people", 0, 10, 1_000);
  refusals.answered("people", 5, 20);
  assert.equal(refusals.isRefusing("people"), true);
  refusals.answered("people", 1_010, 1_020);
  assert.equal(refusals.isRefusing("people"), false);
  assert.equal(refusals.resumesAt("people"), 0);
});
