import assert from "node:assert/strict";
import { Secrets } from "../../src/core/secrets.ts";
import { createWebexClient } from "../../src/webex/client.ts";
import { createGovernor } from "../../src/webex/limits/governor.ts";
import { callOf, FakeClock } from "../support/fake_clock.ts";
import { credentialOf } from "../support/fake_credential.ts";
import { answerOf, errorOf, tell } from "../support/told_host.ts";

const READ = {};
const PUT = { method: "PUT", kind: "write" } as const;
const DELETE = { method: "DELETE", kind: "write" } as const;
const POST = { method: "POST", kind: "write" } as const;

Deno.test("send() repeats a read until it is answered, with growing waits", async () => {
  const told = await tell(READ, { steps: [503, "drop", "cut", 504] });
  assert.equal(answerOf(told).status, 200);
  assert.deepEqual([told.ms, told.call.trace], [3_750, {
    attempts: 5,
    waitedMs: 3_750,
    status: 200,
    trackingId: "T200",
  }]);
  assert.deepEqual(told.call.notes.map(({ message }) => message), [
    "Waiting 1 s: the connection to Webex broke, the request is repeated",
    "Waiting 1 s: the connection to Webex broke, the request is repeated",
    "Waiting 2 s: Webex answered 504, the request is repeated",
  ]);
});

Deno.test("send() gives up after four repetitions and gives the last answer, or the last failure", async () => {
  const answered = await tell(READ, { steps: Array(9).fill(502) });
  assert.deepEqual([answerOf(answered).status, answered.call.trace.attempts], [502, 5]);
  const lost = await tell(READ, { steps: Array(9).fill("drop") });
  assert.deepEqual([errorOf(lost).code, errorOf(lost).details, lost.call.trace.attempts], [
    "connection_failed",
    undefined,
    5,
  ]);
});

Deno.test("send() doesn't repeat a certificate that nobody trusts", async () => {
  const clock = new FakeClock();
  let calls = 0;
  const client = createWebexClient({
    fetch: () => {
      calls++;
      return Promise.reject(new TypeError("invalid peer certificate: UnknownIssuer"));
    },
    credential: credentialOf("token-1"),
    clock,
    governor: createGovernor({ clock, random: () => 0 }),
    secrets: new Secrets(),
  });
  using call = callOf(clock);
  const url = new URL("https://webexapis.com/v1/people");
  await assert.rejects(clock.until(client.send({ method: "GET", kind: "read", url, headers: new Headers() }, call)));
  assert.equal(calls, 1);
});

Deno.test("send() repeats nothing that a POST or PATCH may have done already", async () => {
  for (const method of ["POST", "PATCH"]) {
    for (const step of [502, 503, 504, 423] as const) {
      const told = await tell({ ...POST, method }, { steps: [step] });
      assert.deepEqual([answerOf(told).status, told.call.trace.attempts], [step, 1]);
    }
    const told = await tell({ ...POST, method }, { steps: ["drop"] });
    assert.deepEqual([errorOf(told).code, told.call.trace.attempts], ["connection_failed", 1]);
  }
});

Deno.test("send() repeats a POST after 429, and a POST that only reads as any other read", async () => {
  const told = await tell(POST, { steps: [{ status: 429, after: "7" }, 429] });
  assert.deepEqual([answerOf(told).status, told.ms, told.call.trace.attempts], [200, 12_000, 3]);
  assert.deepEqual(told.call.notes.map(({ message }) => message), [
    "Waiting 7 s: Webex asks for it (429)",
    "Waiting 5 s: Webex asks for it (429)",
  ]);
  assert.equal(answerOf(told).repeatedAfterDoubt, undefined);
  assert.equal(answerOf(await tell({ method: "POST" }, { steps: [503, "drop"] })).status, 200);
});

Deno.test("send() gives a 429 back when the wait is longer than the call may take", async () => {
  const told = await tell(READ, { steps: Array(20).fill({ status: 429, after: "20" }) });
  assert.deepEqual([answerOf(told).status, answerOf(told).retryAfter, told.ms], [429, "20", 40_000]);
  assert.equal(told.call.trace.attempts, 3);
  const hour = await tell(READ, { steps: [{ status: 429, after: "3600" }] });
  assert.deepEqual([answerOf(hour).status, hour.ms, hour.sleeping], [429, 0, 0]);
});

Deno.test("send() never repeats beyond the deadline", async () => {
  const steps = Array(9).fill({ status: 503, after: "3" });
  const told = await tell(READ, { steps, deadlineMs: 7_000 });
  assert.deepEqual([answerOf(told).status, told.ms, told.call.trace.attempts], [503, 6_000, 3]);
  const locked = await tell(PUT, { steps: Array(99).fill(423), deadlineMs: 20_000 });
  assert.equal(answerOf(locked).status, 423);
  assert.ok(locked.ms <= 19_500 && locked.call.trace.attempts >= 4, `${locked.ms}, ${locked.call.trace.attempts}`);
});

Deno.test("send() takes a 502 with a business code for an answer", async () => {
  const body = { message: "no", errors: [{ description: "no", errorCode: 4251 }] };
  const told = await tell(DELETE, { steps: [{ status: 502, body }] });
  assert.deepEqual([answerOf(told).status, answerOf(told).outcomeUnknown, told.call.trace.attempts], [
    502,
    undefined,
    1,
  ]);
});

Deno.test("send() takes another token after a 401, once, at once, whatever the method", async () => {
  for (const parts of [READ, POST, PUT, DELETE]) {
    const told = await tell(parts, { steps: [401], tokens: ["token-1", "token-2", "token-3"] });
    assert.deepEqual([answerOf(told).status, told.ms], [200, 0]);
    assert.deepEqual(told.tokens, ["Bearer token-1", "Bearer token-2"]);
    assert.equal(answerOf(told).repeatedAfterDoubt, undefined);
  }
  const stubborn = await tell(READ, { steps: [401, 401, 401], tokens: ["token-1", "token-2", "token-3"] });
  assert.deepEqual([answerOf(stubborn).status, stubborn.call.trace.attempts], [401, 2]);
  const single = await tell(READ, { steps: [401] });
  assert.deepEqual([answerOf(single).status, single.call.trace.attempts], [401, 1]);
});

Deno.test("send() keeps the renewed token for further repetitions", async () => {
  const told = await tell(READ, { steps: [401, 503], tokens: ["token-1", "token-2"] });
  assert.deepEqual(told.tokens, ["Bearer token-1", "Bearer token-2", "Bearer token-2"]);
});
