import assert from "node:assert/strict";
import type { Json } from "../../../src/core/json.ts";
import { canCompare, changesIn } from "../../../src/tools/confirmation/comparison.ts";

function changes(sent: Json, now: Json | undefined): string[] {
  return changesIn({ path: "m", value: sent, secrecy: "open" }, now);
}

Deno.test("changesIn() tells of each value what is there and what will be", () => {
  assert.deepEqual(changes(3, 2), ["m: 2 → 3"]);
  assert.deepEqual(changes(3, undefined), ["m: (not set) → 3"]);
  assert.deepEqual(changes(false, null), ["m: (not set) → false"]);
  assert.deepEqual(changes({ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3, d: 4 } }), ["m.a.c: 3 → 2"]);
  assert.deepEqual(changes({ a: 1 }, undefined), ["m.a: (not set) → 1"]);
  assert.deepEqual(changes({ a: 1 }, "x"), ['m: "x" → {a: 1}']);
});

Deno.test("changesIn() finds nothing where everything that is sent is there", () => {
  const now = { a: 1, list: [{ id: "1", name: "Ada" }], more: true };
  for (const sent of [{ a: 1 }, { list: [{ id: "1" }] }, now]) assert.deepEqual(changes(sent, now), []);
});

Deno.test("changesIn() takes no member that every object has for one that is there", () => {
  assert.deepEqual(changes({ constructor: "x" }, {}), ['m.constructor: (not set) → "x"']);
});

Deno.test("changesIn() tells what is removed from a list, added to it and changed in it", () => {
  const now = [{ id: "1", name: "Ada", weight: 1 }, { id: "2", name: "Bob" }, { id: "3", name: "Cy" }];
  assert.deepEqual(changes([{ id: "1", weight: 2 }, { id: "9" }], now), [
    'm: 2 removed ("Bob", "Cy"), 1 added ("9"), 1 changed ("Ada")',
  ]);
  const numbers = Array.from({ length: 29 }, (_, index) => `+${index}`);
  assert.match(String(changes([], numbers)), /^m: 29 removed \("\+0", "\+1", .*"\+19", … and 9 more\)$/);
  assert.deepEqual(changes(["b", "a"], ["a", "b"]), ["m: the same entries in another order"]);
  assert.deepEqual(changes([{ a: 1 }], [{ a: 2 }]), ["m: 1 removed, 1 added"]);
  assert.deepEqual(changes(["a", "a"], ["a"]), ['m: 1 added ("a")']);
});

Deno.test("changesIn() shows long texts from where they part, and how long they are", () => {
  const begin = "word ".repeat(30);
  assert.deepEqual(changes(`${begin}now`, `${begin}then, and more`), [
    'm: "…d word word then, and more" (164 characters) → "…d word word now" (153 characters)',
  ]);
});

Deno.test("changesIn() shows no two sides alike", () => {
  for (const [sent, now] of [["a b", "a\u200bb"], ["a'", 'a"'], [Array(300).fill(1), Array(300).fill(1).concat("x")]]) {
    const [line = ""] = changesIn({ path: "m", value: { v: sent ?? null }, secrecy: "open" }, { v: now ?? null });
    const [before, after] = line.replace(/^m\.v: /, "").split(" → ");
    assert.ok(after === undefined || before !== after, line);
  }
  assert.match(changes("a b", "a\u200bb")[0] ?? "", /differ in what is not shown/);
});

Deno.test("changesIn() shows no secret of either side", () => {
  const leaf = { path: "pin", value: "1234", secrecy: "secret" } as const;
  assert.deepEqual(changesIn(leaf, "9999"), ["pin: changes to (hidden, 4 characters)"]);
  assert.deepEqual(changesIn(leaf, "1234"), []);
  assert.deepEqual(changes({ a: { hostPin: "12" } }, { a: { hostPin: "34" } }), [
    "m.a.hostPin: changes to (hidden, 2 characters)",
  ]);
});

Deno.test("canCompare() takes no list of things to do for a list of what will be there", () => {
  assert.equal(canCompare([{ number: "1", action: "ADD" }], [{ number: "2" }]), false);
  assert.equal(canCompare([{ number: "1" }], ["1"]), false);
  assert.equal(canCompare([["a"]], [["b"]]), false);
  assert.equal(canCompare(["a"], "a"), false);
  assert.equal(canCompare(Array(501).fill(1), []), false);
  assert.equal(canCompare([{ id: "1" }], [{ id: "2", name: "x" }]), true);
  assert.equal(canCompare(["1"], undefined), true);
  assert.equal(canCompare("1", []), true);
});
