import assert from "node:assert/strict";
import type { Admission, SharedBudget } from "../../../src/store/shared_budget.ts";
import { StoreError } from "../../../src/store/store_error.ts";
import { SharedLimits } from "../../../src/webex/limits/shared_limits.ts";
import { callOf, FakeClock } from "../../support/fake_clock.ts";
import { recordingLog } from "../../support/recording_log.ts";

const TERMS = { most: 1, leaseMs: 1_000 };
const FULL: Admission = { kind: "full", ahead: 1 };
const AWAY = new StoreError("Cannot use the store");

/** A budget that answers as a test says, and notes what it is asked. */
function scripted(answers: readonly (Admission | Error)[]) {
  const clock = new FakeClock();
  const asked: string[] = [];
  let turn = 0;
  const note = (what: string) => void asked.push(`${what}@${clock.monotonic()}`);
  const budget: SharedBudget = {
    admit: () => {
      note("admit");
      const answer = answers[turn++] ?? { kind: "in" };
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    leave: (_lane, _holder, uncounted = []) => Promise.resolve(note(["leave", ...uncounted].join(" "))),
    hold: (pause, ms) => Promise.resolve(note(`hold ${pause} ${ms}`)),
  };
  const log = recordingLog();
  return { clock, asked, log, limits: new SharedLimits({ budget, clock, random: () => 0.5, log }) };
}

Deno.test("enter() asks again until there is a place, and tells the call once that it waits", async () => {
  const { clock, asked, limits } = scripted(Array.from({ length: 8 }, () => FULL));
  using context = callOf(clock);
  const entry = await clock.until(limits.enter("lane", TERMS, { context, message: "Waiting" }));
  assert.equal(entry.kind, "in");
  assert.deepEqual([asked.length, context.trace.waitedMs], [9, 480]);
  assert.deepEqual(context.notes, [{ message: "Waiting" }]);
  if (entry.kind === "in") entry.leave(["records"]);
  await limits.settled();
  assert.equal(asked.at(-1), "leave records@480");
});

Deno.test("enter() asks sooner where nobody comes first", async () => {
  const { clock, asked, limits } = scripted([FULL, { ...FULL, ahead: 0 }]);
  using context = callOf(clock);
  await clock.until(limits.enter("lane", TERMS, { context, message: "Waiting" }));
  assert.deepEqual(asked, ["admit@0", "admit@60", "admit@75"]);
});

Deno.test("enter() hands a wait on that is known", async () => {
  const wait: Admission = { kind: "wait", ms: 5_000, name: "pause" };
  const { clock, limits } = scripted([FULL, wait]);
  using context = callOf(clock);
  assert.deepEqual(await clock.until(limits.enter("lane", TERMS, { context, message: "Waiting" })), wait);
});

Deno.test("enter() leaves the line with the call", async () => {
  const { clock, asked, limits } = scripted(Array.from({ length: 8 }, () => FULL));
  const cancel = new AbortController();
  using context = callOf(clock, { signal: cancel.signal });
  const ended = assert.rejects(limits.enter("lane", TERMS, { context, message: "Waiting" }), /no longer needed/);
  await clock.advance(70);
  cancel.abort(new Error("no longer needed"));
  await ended;
  await limits.settled();
  assert.deepEqual(asked, ["admit@0", "admit@60", "leave@70"]);
});

Deno.test("enter() renews the lease of its place until it is given back", async () => {
  const { clock, asked, limits } = scripted([]);
  using context = callOf(clock);
  const entry = await limits.enter("lane", { ...TERMS, leaseMs: 6_000 }, { context, message: "Waiting" });
  await clock.advance(5_000);
  assert.ok(entry.kind === "in");
  entry.leave();
  await limits.settled();
  await clock.advance(20_000);
  assert.deepEqual(asked, ["admit@0", "admit@2000", "admit@4000", "leave@5000"]);
});

Deno.test("turn() renews its lease until it is ended", async () => {
  const { clock, asked, limits } = scripted([]);
  using context = callOf(clock);
  const end = await limits.turn("id:P", { context, message: "Waiting" });
  await clock.advance(5_000);
  end();
  await limits.settled();
  await clock.advance(20_000);
  assert.deepEqual(asked, ["admit@0", "admit@2000", "admit@4000", "leave@5000"]);
});

Deno.test("SharedLimits goes on without the store while it is away, and tells each time once", async () => {
  const { clock, log, limits } = scripted([AWAY, AWAY, { kind: "in" }, AWAY]);
  using context = callOf(clock);
  for (let index = 0; index < 4; index++) {
    const entry = await limits.enter("lane", TERMS, { context, message: "Waiting" });
    assert.equal(entry.kind, "in");
  }
  assert.deepEqual(log.lines.map((line) => line.split(":")[0]), ["WARNING", "INFO", "WARNING"]);
});

Deno.test("SharedLimits hides no bug behind a store that is away", async () => {
  const { clock, limits } = scripted([new TypeError("a bug")]);
  using context = callOf(clock);
  await assert.rejects(limits.enter("lane", TERMS, { context, message: "Waiting" }), TypeError);
  await limits.settled();
});

Deno.test("hold() tells the store, and settled() waits for that", async () => {
  const { asked, limits } = scripted([]);
  limits.hold("host", 500);
  await limits.settled();
  assert.deepEqual(asked, ["hold host 500@0"]);
});
