import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Attempted,
  backoff,
  isRefusal,
  isRepeatable,
  leavesDoubt,
  pauseAfter,
  repetitionDelay,
} from "../../../src/webex/limits/retry.ts";

const NOW = Date.UTC(2026, 10, 22, 12);
const MOMENT = { now: NOW, repetitions: 0, random: 0.5 };
const GET = { method: "GET", kind: "read" } as const;
const SEARCH = { method: "POST", kind: "read" } as const;
const PUT = { method: "PUT", kind: "write" } as const;
const DELETE = { method: "DELETE", kind: "write" } as const;
const POST = { method: "POST", kind: "write" } as const;
const PATCH = { method: "PATCH", kind: "write" } as const;
const ALL = [GET, SEARCH, PUT, DELETE, POST, PATCH];

function attempted(status: number, parts: Partial<Exclude<Attempted, undefined>> = {}): Attempted {
  return { status, body: null, ...parts };
}

Deno.test("isRepeatable() allows reads by any method, PUT and DELETE", () => {
  assert.deepEqual(ALL.map(isRepeatable), [true, true, true, true, false, false]);
});

Deno.test("repetitionDelay() repeats everything after a 429, as often as it takes", () => {
  for (const request of ALL) {
    for (const repetitions of [0, 4, 1_000]) {
      const moment = { ...MOMENT, repetitions };
      assert.equal(repetitionDelay(request, attempted(429, { retryAfter: "7" }), moment), 7_000);
      assert.equal(repetitionDelay(request, attempted(429), moment), 5_000);
    }
  }
});

Deno.test("repetitionDelay() repeats what is safe, four times, after gateway failures and broken connections", () => {
  for (const outcome of [attempted(502), attempted(503), attempted(504), undefined]) {
    for (const request of [GET, SEARCH, PUT, DELETE]) {
      const delays = [0, 1, 2, 3, 4].map((repetitions) =>
        repetitionDelay(request, outcome, { ...MOMENT, repetitions })
      );
      assert.deepEqual(delays, [250, 500, 1_000, 2_000, undefined]);
    }
    for (const request of [POST, PATCH]) assert.equal(repetitionDelay(request, outcome, MOMENT), undefined);
  }
});

Deno.test("repetitionDelay() obeys Retry-After with 503 and 423", () => {
  assert.equal(repetitionDelay(GET, attempted(503, { retryAfter: "9" }), MOMENT), 9_000);
  assert.equal(repetitionDelay(PUT, attempted(423, { retryAfter: "9" }), MOMENT), 9_000);
  assert.equal(repetitionDelay(PUT, attempted(503, { retryAfter: "rand(30),add(30)" }), MOMENT), 250);
});

Deno.test("repetitionDelay() asks about a lock again and again, but never at once", () => {
  for (const repetitions of [0, 4, 100]) {
    const delay = repetitionDelay(DELETE, attempted(423), { ...MOMENT, repetitions, random: 0 });
    assert.equal(delay, 1_000);
  }
  assert.equal(repetitionDelay(POST, attempted(423), MOMENT), undefined);
});

Deno.test("repetitionDelay() takes a 502 with a business code for a refusal", () => {
  const refusals = [
    attempted(502, { errorCodes: "4251" }),
    attempted(502, { body: { message: "no", errors: [{ description: "no", errorCode: 4251 }] } }),
    attempted(502, { body: { errorCode: 9_999, message: "no" } }),
  ];
  for (const refusal of refusals) {
    assert.ok(refusal !== undefined && isRefusal(refusal));
    assert.equal(repetitionDelay(GET, refusal, MOMENT), undefined);
    assert.equal(leavesDoubt(PUT, refusal), false);
  }
  const failures = [
    attempted(502, { body: "<html>502</html>" }),
    attempted(502, { errorCodes: " " }),
    attempted(502, { body: { code: 502, message: "Bad Gateway" } }),
  ];
  for (const failure of failures) assert.equal(repetitionDelay(GET, failure, MOMENT), 250);
});

Deno.test("repetitionDelay() leaves every other status as it is", () => {
  for (const status of [200, 204, 206, 302, 400, 401, 403, 404, 409, 451, 500, 501]) {
    for (const request of ALL) assert.equal(repetitionDelay(request, attempted(status), MOMENT), undefined);
  }
});

Deno.test("repetitionDelay() is bounded, and repeats an unsafe request after nothing but 429", () => {
  const outcome = fc.option(
    fc.record({
      status: fc.integer({ min: 100, max: 599 }),
      body: fc.constantFrom(null, "x", { errorCode: 1 }),
      retryAfter: fc.string(),
    }),
    { nil: undefined },
  );
  const moment = fc.record({
    now: fc.constant(NOW),
    repetitions: fc.nat(2_000),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });
  fc.assert(fc.property(fc.constantFrom(...ALL), outcome, moment, (request, attempt, at) => {
    const ms = repetitionDelay(request, attempt, at);
    if (ms === undefined) return;
    assert.ok(ms >= 0 && ms <= 60_000);
    assert.ok(isRepeatable(request) || attempt?.status === 429);
  }));
});

Deno.test("backoff() spreads over the whole of a doubling span that ends at 10 s", () => {
  assert.deepEqual([0, 1, 4, 5, 60].map((repetitions) => backoff({ repetitions, random: 1 })), [
    500,
    1_000,
    8_000,
    10_000,
    10_000,
  ]);
  assert.equal(backoff({ repetitions: 3, random: 0 }), 0);
});

Deno.test("leavesDoubt() holds for writes whose end nobody saw", () => {
  for (const request of [PUT, DELETE, POST, PATCH]) {
    for (const outcome of [undefined, attempted(500), attempted(502), attempted(503), attempted(504)]) {
      assert.equal(leavesDoubt(request, outcome), true);
    }
    for (const status of [200, 204, 302, 401, 409, 423, 429]) {
      assert.equal(leavesDoubt(request, attempted(status)), false);
    }
  }
  for (const outcome of [undefined, attempted(504)]) assert.equal(leavesDoubt(SEARCH, outcome), false);
});

Deno.test("pauseAfter() is 5 s where the header says nothing useful", () => {
  assert.deepEqual([undefined, "rand(30),add(30)", "2"].map((header) => pauseAfter(header, NOW)), [
    5_000,
    5_000,
    2_000,
  ]);
});
