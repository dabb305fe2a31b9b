import assert from "node:assert/strict";
import { Checker, describe } from "../../src/collection/check.ts";
import { UsageError } from "../../src/core/errors.ts";

Deno.test("Checker.finish() says nothing when all is well", () => {
  const check = new Checker("x.json");
  assert.equal(check.text("a", "", "title"), "a");
  assert.equal(check.text(null, "", "title"), undefined);
  assert.deepEqual(check.record({ a: 1 }, "", "spec"), { a: 1 });
  assert.deepEqual(check.list(undefined, "", "parameters"), []);
  assert.deepEqual(check.texts(["a"], "", "scopes"), ["a"]);
  assert.equal(check.flag(false, "", "required"), false);
  check.finish();
});

Deno.test("Checker.finish() tells file, place, what was expected and what is there", () => {
  const check = new Checker("x.json");
  check.text(5, 'endpoint "GET /people": ', "summary");
  assert.throws(() => check.finish(), {
    name: "UsageError",
    code: "bad_collection",
    message: 'Cannot read collection "x.json": endpoint "GET /people": summary: expected a string, got 5',
  });
});

Deno.test("Checker.finish() tells five problems and counts the others", () => {
  const check = new Checker("x.json");
  for (let index = 0; index < 8; index++) check.flag("yes", `parameters[${index}].`, "required");
  try {
    check.finish();
    assert.fail("expected an error");
  } catch (error) {
    assert(error instanceof UsageError);
    assert.equal(error.message.match(/expected true or false, got "yes"/g)?.length, 5);
    assert.match(error.message, /; and 3 more$/);
  }
});

Deno.test("Checker reports each kind of value that is not what it should be", () => {
  const check = new Checker("x");
  check.record([], "", "a");
  check.list({}, "", "b");
  check.texts([1], "", "c");
  check.texts("x", "", "d");
  assert.throws(() => check.finish(), (error: Error) => {
    assert.match(error.message, /a: expected an object, got an array/);
    assert.match(error.message, /b: expected an array, got an object/);
    assert.match(error.message, /c\[0\]: expected a string, got 1/);
    assert.match(error.message, /d: expected an array of strings, got "x"/);
    return true;
  });
});

Deno.test("describe() quotes scalars, cuts long ones and names the rest", () => {
  assert.equal(describe("a\nb"), '"a\\nb"');
  assert.equal(describe(null), "null");
  assert.equal(describe(undefined), "nothing");
  assert.equal(describe(true), "true");
  assert.equal(describe({}), "an object");
  assert.equal(describe([]), "an array");
  assert.equal(describe("x".repeat(1000)).length, 62);
});

Deno.test("Checker.finish() cuts long places and lets no character act on a terminal", () => {
  const check = new Checker("x");
  check.problem(`start\n\u001b[31m${"x".repeat(1000)}end`, "wrong \u202e");
  assert.throws(() => check.finish(), (error: Error) => {
    assert.match(error.message, /^Cannot read collection "x": start\ufffd\ufffd\[31mx+…x+end: wrong \ufffd$/);
    return error.message.length < 250;
  });
});
