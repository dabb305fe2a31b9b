import assert from "node:assert/strict";
import type { Ending } from "../../../src/webex/limits/lane.ts";
import { DEMAND, enter, governorOf, OK, refusalOf } from "./governing.ts";
import { callOf, FakeClock } from "../../support/fake_clock.ts";

Deno.test("createGovernor() keeps to the limit of call records on every host of a credential", async () => {
  const clock = new FakeClock();
  const governor = governorOf(clock);
  using call = callOf(clock);
  const family = "cdr_initial";
  (await enter(governor, call, { family })).leave(OK);
  await clock.advance(1_000);
  using later = callOf(clock);
  const other = { family, origin: "https://analytics-calling-eu.webexapis.com" } as const;
  const error = await refusalOf(enter(governor, later, other));
  assert.match(error.message, /once a minute/);
  assert.deepEqual([error.code, error.details], ["rate_limited", { wait_seconds: 59 }]);
  (await enter(governor, later, { family, credential: "other" })).leave(OK);
  (await enter(governor, later)).leave(OK);
  await clock.advance(10_000);
  using patient = callOf(clock);
  const waiting = enter(governor, patient, { family });
  (await clock.until(waiting)).leave(OK);
  assert.equal(clock.monotonic(), 60_000);
  assert.deepEqual(patient.notes.map(({ message }) => message), [
    "Waiting 49 s: call records can be asked for once a minute",
  ]);
});

Deno.test("createGovernor() lets ten further pages of call records go in a minute, and others past them", async () => {
  const clock = new FakeClock();
  const governor = governorOf(clock);
  using call = callOf(clock, { deadlineMs: 200_000 });
  const family = "cdr_follow_up";
  const times: number[] = [];
  const pages = Array.from({ length: 12 }, async () => {
    const place = await enter(governor, call, { family });
    times.push(clock.monotonic());
    await clock.sleep(1_000);
    place.leave(OK);
  });
  await clock.advance(5_000);
  const other = enter(governor, call);
  (await clock.until(other)).leave(OK);
  assert.equal(clock.monotonic(), 5_000);
  await clock.until(Promise.all(pages));
  assert.deepEqual(times, [0, 0, 0, 0, 0, 1_000, 1_000, 1_000, 1_000, 1_000, 60_000, 60_000]);
});

Deno.test("createGovernor() gives an initial request for call records back that was sent to the wrong region", async () => {
  const clock = new FakeClock();
  const governor = governorOf(clock);
  using call = callOf(clock);
  const family = "cdr_initial";
  for (const status of [451, 401]) (await enter(governor, call, { family })).leave({ status });
  (await enter(governor, call, { family })).leave({ status: 404 });
  assert.equal((await refusalOf(enter(governor, call, { family }))).code, "rate_limited");
});

Deno.test("createGovernor() lets changes of one target go one after the other, without holding up the rest", async () => {
  const clock = new FakeClock();
  const governor = governorOf(clock, 2);
  using call = callOf(clock);
  const first = await governor.queue({ ...DEMAND, target: "id:P" }, call);
  const place = await first.enter();
  const second = governor.queue({ ...DEMAND, target: "id:P" }, call);
  (await enter(governor, call, { target: "id:Q" })).leave(OK);
  (await enter(governor, call, { credential: "other", target: "id:P" })).leave(OK);
  place.leave({ status: 503 });
  const again = await first.enter();
  again.leave(OK);
  let isNext = false;
  second.then(() => isNext = true);
  await clock.advance(0);
  assert.equal(isNext, false);
  first[Symbol.dispose]();
  (await second)[Symbol.dispose]();
});

Deno.test("createGovernor() lets others pass an operation that keeps refusing, and tries that by one at a time", async () => {
  const clock = new FakeClock();
  const governor = governorOf(clock);
  const refused: number[] = [];
  const answered: number[] = [];
  async function callOften(label: string, ending: Ending, times: number[]): Promise<void> {
    using context = callOf(clock, { deadlineMs: 25_000 });
    const ticket = await governor.queue({ ...DEMAND, label }, context);
    for (;;) {
      const place = await ticket.enter();
      times.push(clock.monotonic());
      await clock.sleep(10);
      place.leave(ending);
      if (ending === OK) return;
    }
  }
  const bad = Array.from(
    { length: 60 },
    () => callOften("GET /people", { status: 429, pauseMs: 2_000 }, refused).catch(() => {}),
  );
  await clock.advance(300);
  const good = Array.from({ length: 20 }, () => callOften("GET /locations", OK, answered));
  await clock.until(Promise.all(good));
  // One pause for everybody, since the limit may be everybody's; then others go on.
  assert.ok(clock.monotonic() < 5_000, `${clock.monotonic()}`);
  assert.equal(answered.length, 20);
  await clock.until(Promise.all(bad));
  // Five at first, then one for each pause.
  assert.ok(refused.length <= 5 + 12, `${refused.length}`);
});
