import assert from "node:assert/strict";
import { drain, type Draining } from "../../../src/cli/http/drain.ts";
import { InFlight } from "../../../src/transport/http/in_flight.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { recordingLog } from "../../support/recording_log.ts";

/** Something to end, that writes down in which order it is ended. */
function situation({ finishes = true, closes = true } = {}) {
  const steps: string[] = [];
  const inFlight = new InFlight();
  const entry = inFlight.begin("a");
  const finish = () => typeof entry === "string" ? undefined : entry.end();
  const never = new Promise<void>(() => {});
  const note = <T>(step: string, result: T): T => {
    steps.push(step);
    return result;
  };
  const sites: Draining = {
    inFlight,
    stop: () => note("stop", undefined),
    cancel() {
      note("cancel", undefined);
      if (finishes) finish();
    },
    closeAnswers: () => note("close answers", closes ? Promise.resolve() : never),
    settled: () => note("settled", closes ? Promise.resolve() : never),
  };
  const listener = {
    close: () => note("close listener", closes ? Promise.resolve() : never),
    destroy: () => note("destroy", undefined),
  };
  return { steps, sites, listener, finish, log: recordingLog() };
}

Deno.test("drain() lets what is under way finish, and cancels nothing", async () => {
  const clock = new FakeClock();
  const { steps, sites, listener, log, finish } = situation();
  const done = drain({ listener, sites, log, clock, ms: 30_000, force: new AbortController().signal });
  assert.deepEqual(steps, ["stop", "close listener"]);
  await clock.advance(29_000);
  assert.deepEqual(steps, ["stop", "close listener"]);
  finish();
  await done;
  assert.deepEqual(steps, ["stop", "close listener", "close answers", "destroy", "settled"]);
});

Deno.test("drain() cancels what takes too long, and lets its answer leave", async () => {
  const clock = new FakeClock();
  const { steps, sites, listener, log } = situation();
  const done = drain({ listener, sites, log, clock, ms: 30_000, force: new AbortController().signal });
  await clock.advance(30_000);
  await done;
  assert.deepEqual(steps, ["stop", "close listener", "cancel", "close answers", "destroy", "settled"]);
  assert.ok(log.lines.includes("WARNING: HTTP: Cancelled 1 requests that were still under way"));
});

Deno.test("drain() doesn't wait at all where somebody asks again", async () => {
  const force = new AbortController();
  const { steps, sites, listener, log } = situation();
  const done = drain({ listener, sites, log, clock: new FakeClock(), ms: 30_000, force: force.signal });
  force.abort();
  await done;
  assert.ok(steps.includes("cancel"));
});

Deno.test("drain() ends also where nothing else does", async () => {
  const clock = new FakeClock();
  const { steps, sites, listener, log } = situation({ finishes: false, closes: false });
  const done = drain({ listener, sites, log, clock, ms: 1_000, force: new AbortController().signal });
  for (const ms of [1_000, 3_000, 500, 500, 2_000]) await clock.advance(ms);
  await done;
  assert.equal(steps.at(-1), "settled");
});
