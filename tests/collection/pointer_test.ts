import assert from "node:assert/strict";
import { followPointer, pointerSteps } from "../../src/collection/pointer.ts";

Deno.test("pointerSteps() undoes both kinds of escapes", () => {
  assert.deepEqual(pointerSteps("paths/~1people~1{id}/a%20b/m~0n"), ["paths", "/people/{id}", "a b", "m~n"]);
});

Deno.test("pointerSteps() keeps a percent sign that begins no escape", () => {
  assert.deepEqual(pointerSteps("100%"), ["100%"]);
});

Deno.test("followPointer() finds members and positions", () => {
  assert.equal(followPointer({ a: [{ "b/c": 1 }] }, "a/0/b~1c"), 1);
  assert.equal(followPointer({ a: 1 }, "a/b"), undefined);
  assert.equal(followPointer({ a: null }, "a/b"), undefined);
});

Deno.test("followPointer() finds nothing that an object merely inherits", () => {
  assert.equal(followPointer({}, "constructor"), undefined);
  assert.equal(followPointer({ a: {} }, "a/__proto__"), undefined);
  assert.equal(followPointer(JSON.parse('{"__proto__": 1}'), "__proto__"), 1);
});
