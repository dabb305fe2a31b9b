import assert from "node:assert/strict";
import { Turns } from "../../../src/webex/limits/turns.ts";
import { callOf, FakeClock } from "../../support/fake_clock.ts";

Deno.test("Turns lets those with the same key go one after the other, in the order of their coming", async () => {
  const clock = new FakeClock();
  const turns = new Turns(clock);
  using call = callOf(clock);
  const order: string[] = [];
  async function change(name: string, key: string): Promise<void> {
    const end = await turns.take(key, call);
    order.push(`${name} begins`);
    await clock.sleep(100);
    order.push(`${name} ends`);
    end();
    end();
  }
  await clock.until(Promise.all([change("a", "x"), change("b", "x"), change("c", "x"), change("d", "y")]));
  const ofX = order.filter((line) => !line.startsWith("d"));
  assert.deepEqual(ofX, ["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  assert.ok(order.indexOf("d begins") < order.indexOf("a ends"));
  assert.equal(clock.monotonic(), 300);
});

Deno.test("Turns takes a call that ends out of the line and lets the next one go", async () => {
  const clock = new FakeClock();
  const turns = new Turns(clock);
  const cancel = new AbortController();
  using call = callOf(clock);
  using cancelled = callOf(clock, { signal: cancel.signal });
  const end = await turns.take("x", call);
  const second = assert.rejects(turns.take("x", cancelled), /no longer needed/);
  const third = turns.take("x", call);
  cancel.abort(new Error("no longer needed"));
  await second;
  end();
  (await third)();
  await assert.rejects(turns.take("x", cancelled), /no longer needed/);
  (await turns.take("x", call))();
});

Deno.test("Turns tells who waits longer, and counts the time", async () => {
  const clock = new FakeClock();
  const turns = new Turns(clock);
  using first = callOf(clock);
  using second = callOf(clock);
  const end = await turns.take("x", first);
  const waiting = turns.take("x", second);
  await clock.advance(299);
  assert.deepEqual(second.notes, []);
  await clock.advance(701);
  assert.deepEqual(second.notes, [{ message: "Waiting for an earlier change of the same object" }]);
  end();
  (await waiting)();
  assert.deepEqual([first.trace.waitedMs, second.trace.waitedMs, clock.sleeping], [0, 1_000, 2]);
});
