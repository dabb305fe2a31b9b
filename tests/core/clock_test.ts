import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.ts";

Deno.test("systemClock.sleep() waits", async () => {
  const before = systemClock.monotonic();
  await systemClock.sleep(10, new AbortController().signal);
  assert.ok(systemClock.monotonic() - before >= 9);
  assert.ok(Math.abs(systemClock.now() - Date.now()) < 1_000);
});

Deno.test("systemClock.sleep() ends with the reason of its signal, at once if that was aborted before", async () => {
  const stop = new AbortController();
  const asleep = systemClock.sleep(60_000, stop.signal);
  stop.abort("enough");
  await assert.rejects(asleep, (reason) => reason === "enough");
  await assert.rejects(systemClock.sleep(60_000, stop.signal), (reason) => reason === "enough");
});
