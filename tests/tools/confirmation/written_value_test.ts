import assert from "node:assert/strict";
import fc from "fast-check";
import type { Json } from "../../../src/core/json.ts";
import { entriesText, leavesOf, nameText, valueText } from "../../../src/tools/confirmation/written_value.ts";

Deno.test("valueText() writes values on one line", () => {
  const cases: [Json, string][] = [
    ["a\nb”", `"a b'"`],
    [5, "5"],
    [true, "true"],
    [null, "null"],
    [[], "none"],
    [["a"], '1 entry: "a"'],
    [["a", 2], '2 entries: "a", 2'],
    [{ a: { b: [1] }, "c\n": "d" }, '{a: {b: [1]}, c: "d"}'],
    [{}, "{}"],
  ];
  for (const [value, text] of cases) assert.equal(valueText(value), text);
});

Deno.test("valueText() hides secrets", () => {
  assert.equal(valueText([{ hostPin: "1234" }]), "1 entry: {hostPin: (hidden, 4 characters)}");
  assert.equal(valueText("1234", "secret"), "(hidden, 4 characters)");
  assert.equal(valueText(["1", "2"], "secret"), "(hidden, 2 entries)");
});

Deno.test("valueText() cuts visibly, and counts a list all the same", () => {
  const text = valueText(Array.from({ length: 5_000 }, (_, index) => index));
  assert.match(text, /^5000 entries: 0, 1, 2.*, … and 4\d\d\d more$/);
  assert.match(valueText("word ".repeat(50)), /…"$/);
});

Deno.test("valueText() shows every one of some sixty phone numbers", () => {
  const numbers = Array.from({ length: 60 }, (_, index) => `+151255501${index}`);
  const text = valueText(numbers);
  for (const number of numbers) assert.ok(text.includes(number), number);
  assert.ok(!text.includes("…"));
});

Deno.test("valueText() is short, one line and fast, whatever the value", () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
    const text = valueText(JSON.parse(JSON.stringify(value)));
    assert.ok(text.length < 2_500 && !text.includes("\n"), text);
  }));
  let deep: Json = 1;
  for (let level = 0; level < 100_000; level++) deep = [deep];
  assert.ok(valueText(deep).length < 400);
});

Deno.test("leavesOf() parts what holds more than one value, and leaves lists of plain values whole", () => {
  const value: Json = {
    a: { b: 1, c: [] },
    list: [{ n: ["x", "y"] }, { n: ["x".repeat(99), 1], o: "y" }],
    e: {},
    pin: "1",
  };
  const leaves = [...leavesOf({ path: "v", value, secrecy: "open" })];
  assert.deepEqual(leaves.map(({ path, value, secrecy }) => `${path} ${JSON.stringify(value)} ${secrecy}`), [
    "v.a.b 1 open",
    "v.a.c [] open",
    'v.list[0] {"n":["x","y"]} open',
    `v.list[1].n ["${"x".repeat(99)}",1] open`,
    'v.list[1].o "y" open',
    "v.e {} open",
    'v.pin "1" secret',
  ]);
});

Deno.test("nameText() and entriesText() are terse", () => {
  assert.equal(nameText("a\u2028b"), "a b");
  assert.deepEqual([entriesText(0), entriesText(1), entriesText(2)], ["0 entries", "1 entry", "2 entries"]);
});
