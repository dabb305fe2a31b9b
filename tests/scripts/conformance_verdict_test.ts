import assert from "node:assert/strict";
import type { CheckOutcome, ScenarioOutcome } from "../../scripts/conformance/outcome.ts";
import { judge, type Run } from "../../scripts/conformance/verdict.ts";

function checkOf(id: string, status: string, message = ""): CheckOutcome {
  return { id, status, message };
}

function scenarioOf(name: string, ...checks: readonly CheckOutcome[]): ScenarioOutcome {
  return { name, checks };
}

const PING = scenarioOf("ping", checkOf("ping", "SUCCESS"), checkOf("note", "INFO"));
const EXTENSION = scenarioOf("tasks", checkOf("tasks", "FAILURE"));

/** Two scenarios count: `ping` and `call`. */
function runOf(call: ScenarioOutcome, expected: readonly string[] = [], rest: Partial<Run> = {}): Run {
  return {
    revision: { name: "2026-07-28", scenarios: 2, guarded: [], expectedFailures: "" },
    required: ["ping", "call"],
    scenarios: [PING, call, EXTENSION],
    expected: new Map(expected.map((check) => [check, "A reason"])),
    ...rest,
  };
}

function problemsOf(...args: Parameters<typeof runOf>): readonly string[] {
  return judge(runOf(...args)).problems;
}

const GOOD = scenarioOf("call", checkOf("a", "SUCCESS"), checkOf("b", "SKIPPED"));
const BAD = scenarioOf("call", checkOf("a", "FAILURE", "No answer"), checkOf("a", "SUCCESS"), checkOf("b", "SUCCESS"));

Deno.test("judge() is content with a run in which all that counts passes, and tallies it", () => {
  const { tallies, problems } = judge(runOf(GOOD));
  assert.deepEqual(problems, []);
  assert.deepEqual(tallies, [
    { scenario: "ping", passed: 1, failed: 0, counts: true },
    { scenario: "call", passed: 1, failed: 0, counts: true },
    { scenario: "tasks", passed: 0, failed: 1, counts: false },
  ]);
});

Deno.test("judge() names a failure that nobody expects, even where the check passed another time", () => {
  assert.deepEqual(problemsOf(BAD), ["call:a failed: No answer"]);
  assert.deepEqual(problemsOf(BAD, ["call:b"]).length, 2);
  assert.deepEqual(problemsOf(BAD, ["call:a"]), []);
});

Deno.test("judge() takes a warning for a failure", () => {
  const warned = scenarioOf("call", checkOf("a", "WARNING"));
  assert.deepEqual(problemsOf(warned), ["call:a failed"]);
  assert.deepEqual(problemsOf(warned, ["call:a"]), []);
});

Deno.test("judge() finds an expectation stale whose check passed, was skipped, or isn't there", () => {
  for (const check of ["call:a", "call:b", "call:gone", "gone:a", "tasks:tasks"]) {
    assert.deepEqual(problemsOf(GOOD, [check]), [`${check} is expected to fail, and did not: take it off the list`]);
  }
});

Deno.test("judge() finds a run too small: fewer scenarios required, not run, or without a check", () => {
  assert.deepEqual(problemsOf(GOOD, [], { required: ["ping"] }), ["2026-07-28 requires 1 scenarios: expected 2"]);
  assert.deepEqual(problemsOf(GOOD, [], { scenarios: [PING] }), ["call did not run"]);
  assert.deepEqual(problemsOf(scenarioOf("call")), ["call did not run"]);
  assert.deepEqual(problemsOf(GOOD, [], { scenarios: [], required: [] }).length, 1);
});

Deno.test("judge() watches over a scenario that counts for nothing where it is guarded", () => {
  const revision = { name: "2026-07-28", scenarios: 2, guarded: ["tasks"], expectedFailures: "" };
  assert.deepEqual(problemsOf(GOOD, [], { revision }), ["tasks:tasks failed"]);
  assert.deepEqual(problemsOf(GOOD, [], { revision, scenarios: [PING, GOOD] }), ["tasks did not run"]);
});
