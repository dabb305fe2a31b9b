import assert from "node:assert/strict";
import type { Governor } from "../../../src/webex/limits/governor.ts";
import type { Ending } from "../../../src/webex/limits/lane.ts";
import { DEMAND, enter, governorOf, OK, refusalOf } from "./governing.ts";
import { callOf, FakeClock } from "../../support/fake_clock.ts";

const PAUSE: Ending = { status: 429, pauseMs: 5_000 };

/** Sends calls of 100 ms and tells in which order they were sent, as `a0 a1 b0`. */
class Crowd {
  readonly sent: string[] = [];
  readonly #calls: Promise<void>[] = [];

  constructor(readonly clock: FakeClock, readonly governor: Governor) {}

  add(caller: string, count: number, answer: (index: number, attempt: number) => Ending = () => OK): void {
    for (let index = 0; index < count; index++) this.#calls.push(this.#call(caller, index, answer));
  }

  async #call(caller: string, index: number, answer: (index: number, attempt: number) => Ending): Promise<void> {
    using context = callOf(this.clock, { deadlineMs: 1e9 });
    using ticket = await this.governor.queue({ ...DEMAND, caller }, context);
    for (let attempt = 0, done = false; !done; attempt++) {
      const place = await ticket.enter();
      this.sent.push(`${caller}${index}@${this.clock.monotonic()}`);
      await this.clock.sleep(100);
      const ending = answer(index, attempt);
      place.leave(ending);
      done = typeof ending === "string" || ending.status !== 429;
    }
  }

  async finish(): Promise<string[]> {
    await this.clock.until(Promise.all(this.#calls));
    return this.sent;
  }
}

Deno.test("createGovernor() lets a caller with one call go next, though another has two hundred", async () => {
  const clock = new FakeClock();
  const crowd = new Crowd(clock, governorOf(clock));
  crowd.add("many", 200);
  await clock.advance(50);
  crowd.add("one", 1);
  const sent = await crowd.finish();
  assert.deepEqual(sent.slice(5, 10), ["one0@100", "many5@100", "many6@100", "many7@100", "many8@100"]);
  assert.equal(sent.length, 201);
});

Deno.test("createGovernor() lets callers take turns, whoever of them has more calls", async () => {
  const clock = new FakeClock();
  const crowd = new Crowd(clock, governorOf(clock, 1));
  crowd.add("a", 6);
  crowd.add("b", 3);
  crowd.add("c", 1);
  const sent = await crowd.finish();
  assert.deepEqual(sent.map((line) => line.split("@")[0]), [
    ...["a0", "b0", "c0", "a1", "b1", "a2", "b2", "a3", "a4", "a5"],
  ]);
});

Deno.test("createGovernor() does not let callers who come back at once keep another waiting", async () => {
  const clock = new FakeClock();
  const governor = governorOf(clock, 1);
  const crowd = new Crowd(clock, governor);
  crowd.add("many", 10);
  const again = async (caller: string) => {
    for (let index = 0; index < 5; index++) {
      const single = new Crowd(clock, governor);
      single.add(caller, 1);
      crowd.sent.push(...await single.finish());
    }
  };
  await Promise.all([again("x"), again("y")]);
  const many = (await crowd.finish()).filter((line) => line.startsWith("many")).map((line) =>
    Number(line.split("@")[1])
  );
  assert.ok((many[4] ?? Infinity) <= 1_500, `${many}`);
});

Deno.test("createGovernor() keeps a repeated call in front of its caller's others, not of other callers", async () => {
  const clock = new FakeClock();
  const crowd = new Crowd(clock, governorOf(clock, 1));
  crowd.add("a", 3, (index, attempt) => index === 0 && attempt === 0 ? PAUSE : OK);
  crowd.add("b", 2);
  const sent = await crowd.finish();
  assert.deepEqual(sent.map((line) => line.split("@")[0]), ["a0", "b0", "a0", "b1", "a1", "a2"]);
});

Deno.test("createGovernor() knows how long a caller's request for call records waits beside others' many", async () => {
  const clock = new FakeClock();
  const governor = governorOf(clock);
  const ask = (caller: string, deadlineMs: number) => {
    const context = callOf(clock, { deadlineMs });
    return enter(governor, context, { caller, family: "cdr_initial" }).finally(() => context[Symbol.dispose]());
  };
  (await ask("a", 1e9)).leave(OK);
  const waiting = [1, 2, 3].map(() => ask("a", 1e9));
  assert.equal((await refusalOf(ask("b", 60_000))).code, "rate_limited");
  const second = ask("b", 130_000);
  for (const place of [...waiting, second]) place.then((held) => held.leave(OK));
  await clock.until(second);
  assert.equal(clock.monotonic(), 60_000);
  await clock.until(Promise.all(waiting));
});
