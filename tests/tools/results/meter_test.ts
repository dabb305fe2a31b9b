import assert from "node:assert/strict";
import fc from "fast-check";
import type { Json } from "../../../src/core/json.ts";
import { createMeter } from "../../../src/tools/results/meter.ts";

Deno.test("createMeter() makes a meter for which the limit weighs 1, by characters where tokens don't matter", () => {
  const { text } = createMeter({ tokens: Infinity, characters: 200 });
  assert.equal(text("x".repeat(200)), 1);
});

Deno.test("createMeter() makes a meter that weighs by whatever is scarcer", () => {
  const words = "word ".repeat(50);
  assert.ok(createMeter({ tokens: 50, characters: 10_000 }).text(words) > 0.9);
  assert.equal(createMeter({ tokens: 10_000, characters: 125 }).text(words), 2);
});

Deno.test("createMeter() makes a meter for which nothing weighs anything where nothing is limited", () => {
  assert.equal(createMeter({ tokens: Infinity, characters: Infinity }).value([1, 2, 3], 1), 0);
});

Deno.test("Meter.value() is the weight of the JSON text, or infinite if that is more than is asked for", () => {
  const meter = createMeter({ tokens: Infinity, characters: 100 });
  fc.assert(
    fc.property(fc.jsonValue(), fc.double({ min: 0, max: 2, noNaN: true }), (value, most) => {
      const text = JSON.stringify(value);
      const json: Json = JSON.parse(text);
      const weight = text.length / 100;
      assert.equal(meter.value(json, most), weight <= most ? weight : Infinity);
    }),
    { numRuns: 300, seed: 20261122 },
  );
});

Deno.test("Meter.value() looks no further into a value than it must", () => {
  const meter = createMeter({ tokens: 20_000, characters: 150_000 });
  let looks = 0;
  const row = () => ({
    get id() {
      looks++;
      return "x".repeat(100);
    },
  });
  assert.equal(meter.value(Array.from({ length: 100_000 }, row), 1), Infinity);
  assert.ok(looks < 2_000, `it looked at ${looks} rows`);
});

Deno.test("Meter.value() takes a value that is nested without end for too heavy", () => {
  let deep: Json = 1;
  for (let level = 0; level < 20_000; level++) deep = [deep];
  assert.equal(createMeter({ tokens: 20_000, characters: 150_000 }).value(deep, 1), Infinity);
});
