import assert from "node:assert/strict";
import { isLargerThan, WorkBudget, WorkError } from "../../../src/tools/results/work_budget.ts";
import { FakeClock } from "../../support/fake_clock.ts";

Deno.test("WorkBudget.spend() refuses the step after twenty-five million", () => {
  const budget = new WorkBudget(new FakeClock());
  budget.spend(25_000_000);
  assert.throws(() => budget.spend(1), WorkError);
});

Deno.test("WorkBudget.spend() refuses a step after two seconds", async () => {
  const clock = new FakeClock();
  const budget = new WorkBudget(clock);
  await clock.advance(1_999);
  budget.spend(2_000);
  await clock.advance(2);
  assert.throws(() => budget.spend(2_000), WorkError);
});

Deno.test("isLargerThan() counts values, names and characters", () => {
  const value = { ab: ["cd", 1, null], e: {} };
  assert.equal(isLargerThan(value, 11), false);
  assert.equal(isLargerThan(value, 10), true);
  assert.equal(isLargerThan("abc", 4), false);
  assert.equal(isLargerThan("abc", 3), true);
});

Deno.test("isLargerThan() ends where a value is endless as a text", () => {
  let value: unknown = 1;
  for (let depth = 0; depth < 1_000; depth++) value = [value, value];
  assert.equal(isLargerThan(value, 1_000_000), true);
});
