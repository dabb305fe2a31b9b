import assert from "node:assert/strict";
import { RefusedError, UpstreamError, type WebexMcpError } from "../../src/core/errors.ts";
import { Secrets } from "../../src/core/secrets.ts";
import { createWebexClient, type Outgoing } from "../../src/webex/client.ts";
import { createGovernor } from "../../src/webex/limits/governor.ts";
import { callOf, FakeClock } from "../support/fake_clock.ts";
import { credentialOf } from "../support/fake_credential.ts";
import { answerOf, errorOf, respond, type Step, tell } from "../support/told_host.ts";

const READ = {};
const PUT = { method: "PUT", kind: "write" } as const;
const DELETE = { method: "DELETE", kind: "write" } as const;
const POST = { method: "POST", kind: "write" } as const;

Deno.test("send() says of an answer that an earlier attempt may have been carried out", async () => {
  const gone = answerOf(await tell(DELETE, { steps: [504, 404] }));
  assert.deepEqual([gone.status, gone.repeatedAfterDoubt, gone.outcomeUnknown], [404, true, true]);
  const put = answerOf(await tell(PUT, { steps: ["drop", 200] }));
  assert.deepEqual([put.status, put.repeatedAfterDoubt, put.outcomeUnknown], [200, true, undefined]);
  const read = answerOf(await tell(READ, { steps: ["drop", 404] }));
  assert.deepEqual([read.repeatedAfterDoubt, read.outcomeUnknown], [undefined, undefined]);
});

Deno.test("send() says of a failed write that its outcome is unknown", async () => {
  for (const status of [500, 502, 503, 504]) {
    const answer = answerOf(await tell(POST, { steps: [status] }));
    assert.deepEqual([answer.status, answer.outcomeUnknown, answer.repeatedAfterDoubt], [status, true, undefined]);
  }
  for (const step of ["drop", "cut", "hang"] as const) {
    assert.deepEqual(errorOf(await tell(POST, { steps: [step] })).details, { outcome_unknown: true });
  }
  for (const status of [400, 409, 423, 429]) {
    assert.equal(answerOf(await tell(POST, { steps: Array(99).fill(status) })).outcomeUnknown, undefined);
  }
});

Deno.test("send() keeps the doubt when a later attempt is refused or lost", async () => {
  const refused = answerOf(await tell(PUT, { steps: [504, { status: 429, after: "60" }] }));
  assert.deepEqual([refused.status, refused.outcomeUnknown], [429, true]);
  const denied = errorOf(await tell(PUT, { steps: [504, "hang"], deadlineMs: 2_000 }));
  assert.deepEqual([denied.code, denied.details], ["deadline_exceeded", { outcome_unknown: true }]);
});

Deno.test("send() ends a wait at once when the call is cancelled, and says what that means", async () => {
  const cases: [Partial<Outgoing>, Step, RegExp, unknown][] = [
    [READ, { status: 503, after: "30" }, /^Try again\.$/, undefined],
    [READ, { status: 429, after: "30" }, /^Try again\.$/, undefined],
    [POST, { status: 429, after: "30" }, /nothing was changed/, undefined],
    [PUT, { status: 503, after: "30" }, /may or may not have been made/, { outcome_unknown: true }],
  ];
  for (const [parts, step, guidance, details] of cases) {
    const cancel = new AbortController();
    const onStep = () => void setTimeout(() => cancel.abort(), 1);
    const told = await tell(parts, { steps: [step], signal: cancel.signal, onStep, standsStill: true });
    const error = errorOf(told);
    assert.ok(error instanceof UpstreamError);
    assert.deepEqual([error.code, error.details, told.ms, told.sleeping], ["cancelled", details, 0, 0]);
    assert.match(error.guidance ?? "", guidance);
  }
});

Deno.test("send() lets another call go on when one is cancelled on the wire", async () => {
  const clock = new FakeClock();
  const cancel = new AbortController();
  let calls = 0;
  const client = createWebexClient({
    fetch: (request) => respond(calls++ === 0 ? "hang" : 200, request),
    credential: credentialOf("token-1"),
    clock,
    governor: createGovernor({ clock, random: () => 0, concurrency: 1 }),
    secrets: new Secrets(),
  });
  using first = callOf(clock, { signal: cancel.signal });
  using second = callOf(clock);
  const request = {
    method: "PUT",
    kind: "write",
    url: new URL("https://webexapis.com/v1/x"),
    headers: new Headers(),
  } as const;
  const cancelled = assert.rejects(client.send({ ...request, target: "x" }, first), { code: "cancelled" });
  const other = client.send({ ...request, target: "x" }, second);
  await clock.advance(1_000);
  assert.equal(calls, 1);
  cancel.abort();
  await cancelled;
  assert.equal((await other).status, 200);
});

Deno.test("send() ends at the deadline in the queue: with the answer it has, or without having been sent", async () => {
  const clock = new FakeClock();
  const steps: Step[] = ["hang", { status: 429, after: "1" }];
  let calls = 0;
  const client = createWebexClient({
    fetch: (request) => respond(steps[calls++] ?? 200, request),
    credential: credentialOf("token-1"),
    clock,
    governor: createGovernor({ clock, random: () => 0, concurrency: 2 }),
    secrets: new Secrets(),
  });
  const headers = new Headers();
  const request = { method: "PUT", kind: "write", url: new URL("https://webexapis.com/v1/x"), headers } as const;
  using hanging = callOf(clock);
  using refused = callOf(clock, { deadlineMs: 2_500 });
  using late = callOf(clock, { deadlineMs: 2_400 });
  const first = client.send(request, hanging).catch((error: WebexMcpError) => error.code);
  const second = client.send(request, refused);
  const unsent = await clock.until(client.send(request, late).catch((error: WebexMcpError) => error));
  assert.ok(unsent instanceof RefusedError);
  assert.equal(
    `${unsent.code}: ${unsent.message}: ${unsent.guidance}`,
    "deadline_exceeded: Stopped PUT /v1/x: it could not be sent in time, because other calls were before it: Nothing was sent. Make fewer calls at the same time, or set a longer --deadline where this takes its time.",
  );
  assert.deepEqual([clock.monotonic(), late.trace.attempts], [2_400, 0]);
  assert.equal((await clock.until(second)).status, 429);
  assert.deepEqual([clock.monotonic(), refused.trace.attempts, calls], [2_500, 1, 2]);
  assert.equal(await clock.until(first), "deadline_exceeded");
});

Deno.test("send() sends nothing when the call ends in the moment in which its place becomes free", async () => {
  const clock = new FakeClock();
  const cancel = new AbortController();
  let calls = 0;
  const governor = createGovernor({ clock, random: () => 0 });
  const client = createWebexClient({
    fetch: (request) => respond(calls++ === 0 ? 200 : "drop", request),
    credential: credentialOf("token-1"),
    clock,
    governor: {
      queue: async (demand, context) => {
        const ticket = await governor.queue(demand, context);
        const enter = async () => {
          const place = await ticket.enter();
          cancel.abort();
          return place;
        };
        return { enter, [Symbol.dispose]: () => ticket[Symbol.dispose]() };
      },
    },
    secrets: new Secrets(),
  });
  using call = callOf(clock, { signal: cancel.signal });
  const url = new URL("https://webexapis.com/v1/x");
  const work = client.send({ method: "PUT", kind: "write", url, headers: new Headers() }, call);
  await assert.rejects(clock.until(work), { name: "RefusedError", code: "cancelled", guidance: "Nothing was sent." });
  assert.equal(calls, 0);
});
