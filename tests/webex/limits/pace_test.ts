import assert from "node:assert/strict";
import { Pace } from "../../../src/webex/limits/pace.ts";

Deno.test("Pace allows the most it was made for as long as nobody complains", () => {
  const pace = new Pace(5);
  assert.deepEqual([pace.allowance(0), pace.allowance(1e9), pace.nextOpening(0)], [5, 5, undefined]);
  pace.answered(0);
  assert.equal(pace.allowance(1), 5);
});

Deno.test("Pace stops after a 429, probes with one, and grows by each answer to half of what was too much", () => {
  const pace = new Pace(8);
  pace.refused(0, 100, 5_000);
  assert.deepEqual([pace.allowance(5_099), pace.nextOpening(200)], [0, 5_100]);
  assert.equal(pace.allowance(5_100), 1);
  const grown = [0, 1, 2, 3, 4].map(() => {
    pace.answered(5_100);
    return pace.allowance(5_200);
  });
  assert.deepEqual(grown, [2, 3, 4, 4, 4]);
});

Deno.test("Pace opens one more place every 2 s, even while the probe is out", () => {
  const pace = new Pace(3);
  pace.refused(0, 0, 1_000);
  assert.deepEqual([2_999, 3_000, 4_999, 5_000, 1e9].map((now) => pace.allowance(now)), [1, 2, 2, 3, 3]);
  assert.deepEqual([1_000, 3_000, 5_000].map((now) => pace.nextOpening(now)), [3_000, 5_000, undefined]);
});

Deno.test("Pace counts 429s of requests that were on the wire together once, but obeys the longest of them", () => {
  const pace = new Pace(8);
  for (const pauseMs of [1_000, 9_000, 2_000]) pace.refused(0, 10, pauseMs);
  assert.equal(pace.resumesAt, 9_010);
  for (let answers = 0; answers < 9; answers++) pace.answered(9_010);
  assert.equal(pace.allowance(9_010), 4);
});

Deno.test("Pace learns nothing from answers to requests that were sent before the pause", () => {
  const pace = new Pace(8);
  pace.refused(0, 10, 1_000);
  for (let answers = 0; answers < 9; answers++) pace.answered(5);
  assert.equal(pace.allowance(1_010), 1);
});

Deno.test("Pace never falls below one", () => {
  const pace = new Pace(5);
  for (let now = 0; now < 10_000; now += 1_000) pace.refused(now, now, 1_000);
  assert.equal(pace.allowance(10_000), 1);
});
