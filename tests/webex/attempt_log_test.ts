import assert from "node:assert/strict";
import { createWebexClient } from "../../src/webex/client.ts";
import { createGovernor } from "../../src/webex/limits/governor.ts";
import { Secrets } from "../../src/core/secrets.ts";
import { callOf, FakeClock } from "../support/fake_clock.ts";
import { credentialOf } from "../support/fake_credential.ts";

Deno.test("attemptLog() tells of attempts, waits and answers, and never of values", async () => {
  const clock = new FakeClock();
  const lines: string[] = [];
  const answers = [429, 503, 200];
  const client = createWebexClient({
    fetch: async () => {
      await clock.sleep(40);
      const headers = { trackingid: "T1", "retry-after": "2" };
      return new Response("{}", { status: answers.shift() ?? 200, headers });
    },
    credential: credentialOf("token-1"),
    clock,
    governor: createGovernor({ clock, random: () => 0 }),
    secrets: new Secrets(),
    random: () => 0.5,
    log: { debug: (line) => void lines.push(line) },
  });
  const url = new URL("https://webexapis.com/v1/people/ID1?email=a");
  using call = callOf(clock);
  const label = "GET /people/{personId}";
  await clock.until(client.send({ method: "GET", kind: "read", url, headers: new Headers(), label }, call));
  assert.deepEqual(lines.map((line) => line.replace(`${label}: `, "")), [
    "attempt 1",
    "answered 429 after 40 ms, tracking id T1",
    "repeats in 2000 ms: Webex asks for it (429)",
    "waited 2000 ms for a place",
    "attempt 2",
    "answered 503 after 40 ms, tracking id T1",
    "repeats in 2000 ms: Webex answered 503",
    "attempt 3",
    "answered 200 after 40 ms, tracking id T1",
  ]);
});
