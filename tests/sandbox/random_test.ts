import assert from "node:assert/strict";
import { hash, hex, integer, pick, uuid } from "../../src/sandbox/random.ts";

Deno.test("hash() spreads similar texts over its range", () => {
  const seen = new Set(Array.from({ length: 1000 }, (_, index) => hash(`key${index}`) % 100));
  assert.equal(seen.size, 100);
});

Deno.test("integer() stays in its bounds and repeats itself", () => {
  for (let index = 0; index < 200; index++) {
    const value = integer(`n${index}`, 3, 7);
    assert.ok(value >= 3 && value <= 7);
    assert.equal(value, integer(`n${index}`, 3, 7));
  }
});

Deno.test("uuid() has the form of version 4", () => {
  assert.match(uuid("a"), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(uuid("a"), uuid("b"));
  assert.equal(hex("a", 7).length, 7);
});

Deno.test("pick() answers nothing only if there is nothing", () => {
  assert.equal(pick("a", []), undefined);
  assert.equal(pick("a", ["only"]), "only");
});
