import assert from "node:assert/strict";
import { SingleFlight, TimeLimitReached, untilAborted, withinTime } from "../../../src/webex/credential/waiting.ts";
import { FakeClock } from "../../support/fake_clock.ts";

Deno.test("untilAborted() ends with the signal's reason, or with what it waits for", async () => {
  const abort = new AbortController();
  assert.equal(await untilAborted(Promise.resolve(1), abort.signal), 1);
  assert.equal(await untilAborted(Promise.resolve(2), undefined), 2);
  const waiting = untilAborted(new Promise(() => {}), abort.signal);
  abort.abort(new Error("enough"));
  await assert.rejects(waiting, /enough/);
  await assert.rejects(untilAborted(new Promise(() => {}), abort.signal), /enough/);
});

Deno.test("withinTime() stops work that takes too long, even if it doesn't listen", async () => {
  const clock = new FakeClock();
  const late = withinTime({ clock, ms: 100 }, () => new Promise(() => {}));
  const stopped = assert.rejects(late, TimeLimitReached);
  await clock.advance(100);
  await stopped;
  assert.equal(await withinTime({ clock, ms: 100 }, () => Promise.resolve("done")), "done");
  assert.equal(clock.sleeping, 0);
});

Deno.test("withinTime() begins nothing that is already over", async () => {
  const signal = AbortSignal.abort(new Error("over"));
  await assert.rejects(withinTime({ clock: new FakeClock(), ms: 1, signal }, () => assert.fail("begun")), /over/);
});

Deno.test("SingleFlight does one thing at a time, and the next after a failure", async () => {
  const flight = new SingleFlight<number>();
  let runs = 0;
  const work = async () => {
    await Promise.resolve();
    if (++runs === 1) throw new Error("first");
    return runs;
  };
  const both = await Promise.allSettled([flight.run(work), flight.run(work)]);
  assert.deepEqual(both.map(({ status }) => status), ["rejected", "rejected"]);
  assert.deepEqual(await Promise.all([flight.run(work), flight.run(work)]), [2, 2]);
});

Deno.test("SingleFlight stops its work when nobody waits any more, only where it is told to", async () => {
  for (const endsAlone of [false, true]) {
    const flight = new SingleFlight<number>({ endsAlone });
    const signals: AbortSignal[] = [];
    const gate = Promise.withResolvers<number>();
    const work = (signal: AbortSignal) => {
      signals.push(signal);
      return gate.promise;
    };
    const abort = new AbortController();
    const leaving = assert.rejects(flight.run(work, abort.signal), /gone/);
    abort.abort(new Error("gone"));
    await leaving;
    assert.equal(signals[0]?.aborted, endsAlone);
    const next = flight.run(work);
    gate.resolve(1);
    assert.equal(await next, 1);
    assert.equal(signals.length, endsAlone ? 2 : 1);
  }
});
