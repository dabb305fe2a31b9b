import assert from "node:assert/strict";
import { reportError } from "../../src/cli/report.ts";
import { RefusedError, UsageError } from "../../src/core/errors.ts";
import { fakeSystem } from "../support/fake_system.ts";

function report(error: unknown): [number, string] {
  const system = fakeSystem();
  return [reportError(error, system.stderr), system.err()];
}

Deno.test("reportError() tells wrong usage in a line and a line of guidance, with exit code 2", () => {
  const error = new UsageError("Cannot use x", { code: "x", guidance: "Use y." });
  assert.deepEqual(report(error), [2, "ERROR: Cannot use x\nUse y.\n"]);
});

Deno.test("reportError() tells other failures with exit code 1", () => {
  assert.deepEqual(report(new RefusedError("Cannot do x", { code: "x" })), [1, "ERROR: Cannot do x\n"]);
});

Deno.test("reportError() shows the stack of a bug only", () => {
  const [code, text] = report(new TypeError("x is undefined"));
  assert.equal(code, 1);
  assert.match(text, /^ERROR: The program has a bug: TypeError: x is undefined\n +at /);
  assert.deepEqual(report("thrown"), [1, "ERROR: The program has a bug: thrown\n"]);
});

Deno.test("reportError() takes a package that could not be downloaded for no bug", () => {
  const system = fakeSystem();
  const error = new TypeError('Failed caching npm package "yaml@2.9.1": error sending request for url');
  assert.equal(reportError(error, system.stderr), 1);
  assert.match(system.err(), /^ERROR: Cannot load a part of the program: Failed caching.*\nRun "deno install"/);
});
