import assert from "node:assert/strict";
import { InFlight } from "../../../src/transport/http/in_flight.ts";

Deno.test("InFlight limits each caller, and all together", () => {
  const inFlight = new InFlight({ all: 3, each: 2 });
  const first = inFlight.begin("a");
  inFlight.begin("a");
  assert.equal(inFlight.begin("a"), "each");
  assert.notEqual(inFlight.begin("b"), "each");
  assert.equal(inFlight.begin("c"), "all");
  assert.equal(inFlight.count, 3);
  assert.ok(typeof first !== "string");
  first.end();
  first.end();
  assert.equal(inFlight.count, 2);
  assert.notEqual(inFlight.begin("a"), "each");
  assert.equal(new InFlight().begin("a", 0), "each");
});

Deno.test("InFlight.drained() resolves with the end of the last request", async () => {
  const inFlight = new InFlight();
  const entries = [inFlight.begin("a"), inFlight.begin("b")];
  let isDrained = false;
  const drained = inFlight.drained().then(() => isDrained = true);
  for (const entry of entries) {
    await Promise.resolve();
    assert.equal(isDrained, false);
    if (typeof entry !== "string") entry.end();
  }
  await drained;
});
