import assert from "node:assert/strict";
import fc from "fast-check";
import type { Governor } from "../../../src/webex/limits/governor.ts";
import type { Ending } from "../../../src/webex/limits/lane.ts";
import { DEMAND, enter, governorOf, OK, refusalOf } from "./governing.ts";
import { callOf, FakeClock } from "../../support/fake_clock.ts";

const ASKED_OF_OTHERS = "Webex asked this organization's token to wait, because of an earlier call (429)";
const PAUSE: Ending = { status: 429, pauseMs: 5_000 };

/** Sends `count` requests of 100 ms and tells who was sent when. */
async function crowd(
  clock: FakeClock,
  governor: Governor,
  count: number,
  answer: (index: number, attempt: number) => Ending,
): Promise<{ sent: string[]; most: number }> {
  const sent: string[] = [];
  let onWire = 0;
  let most = 0;
  async function call(index: number): Promise<void> {
    using context = callOf(clock, { deadlineMs: 1e9 });
    using ticket = await governor.queue(DEMAND, context);
    for (let attempt = 0, done = false; !done; attempt++) {
      const place = await ticket.enter();
      sent.push(`${index}@${clock.monotonic()}`);
      most = Math.max(most, ++onWire);
      await clock.sleep(100);
      onWire--;
      const ending = answer(index, attempt);
      place.leave(ending);
      done = typeof ending === "string" || ending.status !== 429;
    }
  }
  await clock.until(Promise.all(Array.from({ length: count }, (_, index) => call(index))));
  return { sent, most };
}

Deno.test("createGovernor() lets five at a time go, first come, first served", async () => {
  const clock = new FakeClock();
  const { sent, most } = await crowd(clock, governorOf(clock), 12, () => OK);
  assert.equal(most, 5);
  assert.deepEqual(sent, [
    ...[0, 1, 2, 3, 4].map((index) => `${index}@0`),
    ...[5, 6, 7, 8, 9].map((index) => `${index}@100`),
    ...[10, 11].map((index) => `${index}@200`),
  ]);
  assert.equal(clock.sleeping, 0);
});

Deno.test("createGovernor() keeps to the limit, and forgets nobody, whatever comes back", async () => {
  const ending = fc.constantFrom<Ending>(OK, OK, OK, { status: 503 }, PAUSE, "lost");
  await fc.assert(
    fc.asyncProperty(
      fc.array(ending, { minLength: 20, maxLength: 20 }),
      fc.integer({ min: 1, max: 6 }),
      async (endings, limit) => {
        const clock = new FakeClock();
        let turn = 0;
        const { sent, most } = await crowd(clock, governorOf(clock, limit), 12, () => endings[turn++] ?? OK);
        assert.ok(most <= limit);
        assert.equal(new Set(sent.map((line) => line.split("@")[0])).size, 12);
        assert.equal(clock.sleeping, 0);
      },
    ),
    { numRuns: 20 },
  );
});

Deno.test("createGovernor() limits each origin and each credential by itself", async () => {
  const clock = new FakeClock();
  const governor = governorOf(clock, 1);
  using call = callOf(clock);
  const first = await enter(governor, call);
  const others = [{ origin: "https://analytics-calling.webexapis.com" }, { credential: "other" }];
  for (const other of others) (await enter(governor, call, other)).leave(PAUSE);
  const second = enter(governor, call);
  first.leave(OK);
  (await second).leave(OK);
  assert.equal(clock.monotonic(), 0);
});

Deno.test("createGovernor() pauses everybody after a 429, sends one probe, then more", async () => {
  const clock = new FakeClock();
  const refused = new Set([0, 1, 2, 3, 4]);
  const { sent } = await crowd(
    clock,
    governorOf(clock),
    10,
    (index, attempt) => refused.has(index) && attempt === 0 ? PAUSE : OK,
  );
  assert.deepEqual(sent.slice(5, 12), [
    "0@5100",
    "1@5200",
    "2@5200",
    "3@5300",
    "4@5300",
    "5@5400",
    "6@5400",
  ]);
});

Deno.test("createGovernor() sends little more than needed to a host that allows ten a second", async () => {
  const clock = new FakeClock();
  const accepted: number[] = [];
  const answer = (): Ending => {
    const now = clock.monotonic();
    if (accepted.filter((time) => time > now - 1_000).length >= 10) return { status: 429, pauseMs: 1_000 };
    accepted.push(now);
    return OK;
  };
  const { sent } = await crowd(clock, governorOf(clock), 200, answer);
  assert.ok(sent.length <= 230, `${sent.length} requests for 200 calls`);
});

Deno.test("createGovernor() lets others past a call that is refused again and again", async () => {
  const clock = new FakeClock();
  const { sent } = await crowd(
    clock,
    governorOf(clock),
    4,
    (index, attempt) => index === 0 && attempt < 6 ? PAUSE : OK,
  );
  const others = sent.filter((line) => !line.startsWith("0"));
  assert.deepEqual(others, ["1@0", "2@0", "3@0"]);
  const slow = new FakeClock();
  const { sent: narrow } = await crowd(
    slow,
    governorOf(slow, 1),
    4,
    (index, attempt) => index === 0 && attempt < 6 ? PAUSE : OK,
  );
  assert.deepEqual(narrow.slice(0, 6).map((line) => line.split("@")[0]), ["0", "0", "1", "2", "3", "0"]);
});

Deno.test("createGovernor() tells those who wait for what and how long", async () => {
  const clock = new FakeClock();
  const governor = governorOf(clock, 1);
  using first = callOf(clock);
  using second = callOf(clock);
  using third = callOf(clock);
  const place = await enter(governor, first);
  const waiting = enter(governor, second);
  await clock.advance(400);
  assert.deepEqual(second.notes.map(({ message }) => message), ["Waiting for a free place (1 under way)"]);
  place.leave(PAUSE);
  const late = enter(governor, third);
  assert.deepEqual(second.notes.map(({ message }) => message).slice(1), [`Waiting 5 s: ${ASKED_OF_OTHERS}`]);
  await clock.advance(0);
  assert.deepEqual(third.notes, [{ message: `Waiting 5 s: ${ASKED_OF_OTHERS}` }]);
  await clock.advance(5_000);
  (await waiting).leave(OK);
  (await late).leave(OK);
  assert.deepEqual([first, second, third].map(({ trace }) => trace.waitedMs), [0, 5_400, 5_000]);
});

Deno.test("createGovernor() refuses at once whoever hasn't the time for a pause", async () => {
  const clock = new FakeClock();
  const governor = governorOf(clock, 1);
  using patient = callOf(clock);
  using hasty = callOf(clock, { deadlineMs: 3_000 });
  const place = await enter(governor, patient);
  const queued = refusalOf(enter(governor, hasty));
  const fits = enter(governor, patient);
  await clock.advance(0);
  place.leave(PAUSE);
  const error = await queued;
  assert.equal(`${error.code}: ${error.guidance}`, "rate_limited: Nothing was sent. Wait 5 seconds, then call again.");
  assert.deepEqual(error.details, { wait_seconds: 5 });
  assert.equal((await refusalOf(enter(governor, hasty))).code, "rate_limited");
  assert.equal(clock.monotonic(), 0);
  (await clock.until(fits)).leave(OK);
});

Deno.test("createGovernor() lets a cancelled call go at once, from every queue", async () => {
  const clock = new FakeClock();
  const governor = governorOf(clock, 1);
  const cancel = new AbortController();
  using call = callOf(clock);
  using cancelled = callOf(clock, { signal: cancel.signal });
  const held = await governor.queue({ ...DEMAND, target: "id:P" }, call);
  const place = await held.enter();
  const waiting = [
    enter(governor, cancelled),
    enter(governor, cancelled, { target: "id:P" }),
    enter(governor, cancelled, { family: "cdr_initial" }),
  ].map((work) => assert.rejects(work, /no longer needed/));
  const next = enter(governor, call);
  await clock.advance(50);
  cancel.abort(new Error("no longer needed"));
  await Promise.all(waiting);
  await assert.rejects(enter(governor, cancelled), /no longer needed/);
  place.leave("lost");
  place.leave("lost");
  (await next).leave(OK);
  held[Symbol.dispose]();
  (await enter(governor, call, { target: "id:P", family: "cdr_initial" })).leave(OK);
  assert.equal(clock.monotonic(), 50);
});

Deno.test("createGovernor() lets the deadline end a wait whose end nobody knows", async () => {
  const clock = new FakeClock();
  const governor = governorOf(clock, 1);
  using call = callOf(clock);
  using hasty = callOf(clock, { deadlineMs: 2_000 });
  const place = await enter(governor, call);
  await assert.rejects(clock.until(enter(governor, hasty)), /The time is up/);
  assert.deepEqual([clock.monotonic(), hasty.trace.waitedMs], [2_000, 2_000]);
  place.leave(OK);
  assert.equal(clock.sleeping, 1);
});

Deno.test("createGovernor() forgets hosts that nobody asks any more, but not their pauses", async () => {
  const clock = new FakeClock();
  const governor = governorOf(clock);
  using call = callOf(clock, { deadlineMs: 4_000 });
  (await enter(governor, call)).leave(PAUSE);
  for (let index = 0; index < 200; index++) (await enter(governor, call, { credential: `${index}` })).leave(OK);
  assert.equal((await refusalOf(enter(governor, call))).code, "rate_limited");
});

Deno.test("waiting() counts the calls that wait for a place or for their turn", async () => {
  const clock = new FakeClock();
  const governor = governorOf(clock, 1);
  using call = callOf(clock);
  assert.equal(governor.waiting(), 0);
  const place = await enter(governor, call);
  using turn = await governor.queue({ ...DEMAND, target: "a" }, call);
  const waiting = [enter(governor, call), enter(governor, call, { origin: "https://webexapis.com", target: "a" })];
  await clock.advance(0);
  assert.equal(governor.waiting(), 2);
  turn[Symbol.dispose]();
  place.leave(OK);
  (await waiting[0])?.leave(OK);
  (await waiting[1])?.leave(OK);
  assert.equal(governor.waiting(), 0);
});
