import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.ts";
import { beginCall, DeadlineReached } from "../../src/core/context.ts";

Deno.test("beginCall() makes a context that aborts when the time is up, and says why", async () => {
  using call = beginCall({ clock: systemClock, deadlineMs: 5 });
  assert.ok(call.deadline <= systemClock.monotonic() + 5);
  assert.equal(call.signal.aborted, false);
  await new Promise((resolve) => call.signal.addEventListener("abort", resolve));
  assert.ok(call.signal.reason instanceof DeadlineReached);
});

Deno.test("beginCall() makes a context that aborts when the client cancels, with the client's reason", () => {
  const stop = new AbortController();
  using call = beginCall({ clock: systemClock, deadlineMs: 60_000, signal: stop.signal });
  stop.abort("enough");
  assert.equal(call.signal.reason, "enough");
});

Deno.test("beginCall() passes notes on, and takes them where nobody listens", () => {
  const notes: string[] = [];
  using heard = beginCall({ clock: systemClock, deadlineMs: 60_000, progress: ({ message }) => notes.push(message) });
  using unheard = beginCall({ clock: systemClock, deadlineMs: 60_000 });
  heard.progress({ message: "a" });
  unheard.progress({ message: "b" });
  assert.deepEqual(notes, ["a"]);
  assert.deepEqual(heard.trace, { attempts: 0, waitedMs: 0 });
});
