import assert from "node:assert/strict";
import { Secrets } from "../../src/core/secrets.ts";
import { createWebexClient } from "../../src/webex/client.ts";
import { createGovernor } from "../../src/webex/limits/governor.ts";
import { callOf, FakeClock } from "../support/fake_clock.ts";
import { credentialOf } from "../support/fake_credential.ts";
import { type RecordingMeter, recordingMeter } from "../support/recording_telemetry.ts";

/** Sends a read to an upstream that answers with these statuses, one after the other; 0 breaks the connection. */
async function measured(statuses: readonly number[], headers: HeadersInit = {}): Promise<RecordingMeter> {
  const clock = new FakeClock();
  const meter = recordingMeter();
  const left = [...statuses];
  const client = createWebexClient({
    async fetch() {
      await clock.sleep(40);
      const status = left.shift() ?? 200;
      if (status === 0) throw new TypeError("connection reset");
      return new Response("{}", { status, headers });
    },
    credential: credentialOf("token-1", "token-2"),
    clock,
    governor: createGovernor({ clock, random: () => 0 }),
    secrets: new Secrets(),
    random: () => 0.5,
    meter,
  });
  using call = callOf(clock);
  const url = new URL("https://webexapis.com/v1/people/ID1?email=a");
  await clock.until(client.send({ method: "GET", kind: "read", url, headers: new Headers() }, call));
  return meter;
}

Deno.test("attemptMeter() measures each attempt, with its status or without", async () => {
  const meter = await measured([429, 0, 503, 200]);
  assert.deepEqual(meter.of("attemptEnded"), [
    { status: 429, durationMs: 40 },
    { durationMs: 40 },
    { status: 503, durationMs: 40 },
    { status: 200, durationMs: 40 },
  ]);
});

Deno.test("attemptMeter() counts repetitions by their cause", async () => {
  const meter = await measured([401, 429, 423, 0, 502, 504, 200]);
  assert.deepEqual(meter.of("repeated"), ["401", "429", "423", "lost", "5xx", "5xx"]);
});

Deno.test("attemptMeter() measures what is waited for: turn, token, place, and the pause before a repetition", async () => {
  const meter = await measured([503, 429, 200], { "retry-after": "2" });
  assert.deepEqual(meter.of("waited"), [
    { for: "turn", ms: 0 },
    { for: "token", ms: 0 },
    { for: "place", ms: 0 },
    { for: "pause", ms: 2_000 },
    { for: "token", ms: 0 },
    { for: "place", ms: 0 },
    { for: "token", ms: 0 },
    { for: "place", ms: 2_000 },
  ]);
});
