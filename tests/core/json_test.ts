import assert from "node:assert/strict";
import { isDeeperThan, type Json } from "../../src/core/json.ts";

function nested(levels: number): Json {
  let value: Json = "x";
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

Deno.test("isDeeperThan() counts levels of lists and objects", () => {
  assert.equal(isDeeperThan("x", 0), false);
  assert.equal(isDeeperThan(nested(1), 1), false);
  assert.equal(isDeeperThan(nested(3), 3), false);
  assert.equal(isDeeperThan(nested(4), 3), true);
  assert.equal(isDeeperThan([1, [2], { a: { b: null } }], 3), false);
  assert.equal(isDeeperThan([1, [2], { a: { b: null } }], 2), true);
});

Deno.test("isDeeperThan() is not overwhelmed by any depth", () => {
  assert.equal(isDeeperThan(nested(500_000), 100), true);
});
