import assert from "node:assert/strict";
import { type Sequence, sequenceOf, subsequence } from "../../../src/tools/results/sequence.ts";
import type { Json } from "../../../src/core/json.ts";

function partsOf(value: Json): Sequence {
  const parts = sequenceOf(value);
  assert.ok(parts !== undefined);
  return parts;
}

/** Each row: what it is, the value, unit, number of parts, the first part, the second and third part together. */
const VALUES: [string, Json, string, number, Json, Json][] = [
  ["an array", [1, 2, 3, 4], "items", 4, 1, [2, 3]],
  ["an object", { a: 1, b: 2, c: 3 }, "members", 3, { a: 1 }, { b: 2, c: 3 }],
  ["a text of lines", "a\nb\nc\n", "lines", 3, "a\n", "b\nc\n"],
  ["lines of JSON", '{"a":1,"b":2}\n{"a":3}\n{"a":4}', "lines", 3, '{"a":1,"b":2}\n', '{"a":3}\n{"a":4}'],
  ["a table", "Time,User\r\n1,Ann\r\n2,Bob\r\n3,Eve\r\n", "lines", 3, "1,Ann\r\n", "Time,User\r\n2,Bob\r\n3,Eve\r\n"],
  ["a quoted line break", 'a;b\n1;"x\ny"\n2;z\n3;z', "lines", 3, '1;"x\ny"\n', "a;b\n2;z\n3;z"],
  ["a quote that never ends", 'a,b\n1,"x\n2,y\n3,z', "lines", 3, '1,"x\n', "a,b\n2,y\n3,z"],
  ["a text without lines", "abc", "characters", 3, "a", "bc"],
  ["a single line", "a,b\n", "characters", 4, "a", ",b"],
];

for (const [name, value, unit, total, first, middle] of VALUES) {
  Deno.test(`sequenceOf() parts ${name} into ${unit}`, () => {
    const parts = partsOf(value);
    assert.deepEqual([parts.unit, parts.total, parts.part(0)], [unit, total, first]);
    assert.deepEqual(parts.slice(1, 3), middle);
    assert.deepEqual(parts.pick([1, 2]), middle);
    assert.deepEqual(parts.slice(0, total), value);
  });
}

Deno.test("sequenceOf() finds no parts in numbers, booleans and null", () => {
  assert.deepEqual([1, true, null].map(sequenceOf), [undefined, undefined, undefined]);
});

Deno.test("sequenceOf() takes a first line that is very long for a row like others", () => {
  const parts = partsOf(`${"a,".repeat(4_000)}\nb`);
  assert.equal(parts.total, 2);
});

Deno.test("sequenceOf() keeps members whose names objects have anyway", () => {
  const value: Json = JSON.parse('{"__proto__":1,"constructor":2}');
  assert.equal(JSON.stringify(partsOf(value).slice(0, 2)), '{"__proto__":1,"constructor":2}');
});

Deno.test("subsequence() leaves parts out and remembers where the others were", () => {
  const parts = subsequence(partsOf("n,v\n1,a\n2,b\n3,c\n"), [0, 2]);
  assert.deepEqual([parts.unit, parts.total, parts.part(1), parts.position(1)], ["lines", 2, "3,c\n", 2]);
  assert.equal(parts.slice(0, 2), "n,v\n1,a\n3,c\n");
  assert.equal(parts.pick([1]), "n,v\n3,c\n");
  assert.equal(subsequence(parts, [1]).position(0), 2);
});
