import assert from "node:assert/strict";
import { RefusedError } from "../../../src/core/errors.ts";
import type { Json } from "../../../src/core/json.ts";
import { chooseParts } from "../../../src/tools/results/item_filter.ts";
import { type Sequence, sequenceOf } from "../../../src/tools/results/sequence.ts";

function partsOf(value: Json): Sequence {
  const parts = sequenceOf(value);
  assert.ok(parts !== undefined);
  return parts;
}

const PEOPLE: Json = [
  { name: "Ann O'Brien", type: "USER", emails: ["ann@x.com"], line: 100, on: true },
  { name: "Bob (Sales)", type: "PLACE", emails: [], line: 200, on: false },
  { name: "R&D == Lab", type: "USER", emails: ["lab@x.com"], phone: "(408) 555-0100", on: null },
  { type: "USER" },
];

/** Each row: the filter, the positions of those that pass. */
const FILTERS: [string, number[]][] = [
  ["ann", [0]],
  ["o'brien", [0]],
  ["Bob (Sales)", [1]],
  ["R&D", [2]],
  ["@x.com", [0, 2]],
  ["(408) 555", [2]],
  ["200", [1]],
  ["true", [0]],
  ['"Ann O\'Brien"', [0]],
  ["'ANN o'", [0]],
  ["name", []],
  ["type == 'USER'", [0, 2, 3]],
  ["type == 'USER' && line", [0]],
  ["!emails", [1, 3]],
  ["line > `100`", [1]],
  ["emails[0]", [0, 2]],
  ["contains(name || '', 'Ann')", [0]],
];

for (const [filter, positions] of FILTERS) {
  Deno.test(`chooseParts() finds ${JSON.stringify(filter)}`, async () => {
    assert.deepEqual(await chooseParts(filter, partsOf(PEOPLE)), { chosen: positions });
  });
}

Deno.test("chooseParts() chooses rows of a table and members of an object", async () => {
  assert.deepEqual((await chooseParts("ann", partsOf("User,x\nAnn,1\nBob,2\nANN,3\n"))).chosen, [0, 2]);
  assert.deepEqual((await chooseParts("ann", partsOf({ a: { name: "Ann" }, b: 1 }))).chosen, [0]);
});

Deno.test("chooseParts() leaves out items that the condition cannot take, and says so", async () => {
  const { chosen, warning } = await chooseParts("contains(name, 'Ann')", partsOf(PEOPLE));
  assert.deepEqual(chosen, [0]);
  assert.match(warning ?? "", /^"filter" left out 1 items that it could not be applied to: /);
});

Deno.test("chooseParts() refuses a condition that no item can take, one that is none, and one that is too long", async () => {
  const many: Json = Array.from({ length: 5_000 }, (_, id) => ({ id }));
  const wrong: [string, Json][] = [["contains(nme, 'A')", PEOPLE], ["contains(nme, 'A')", many], ["a == ", PEOPLE]];
  for (const [filter, value] of [...wrong, ["x".repeat(2_001), PEOPLE] as const]) {
    await assert.rejects(chooseParts(filter, partsOf(value)), (error: unknown) => {
      assert.ok(error instanceof RefusedError);
      assert.equal(error.code, "invalid_filter");
      return true;
    });
  }
});

Deno.test("chooseParts() refuses a condition that asks for too much work on all items together", async () => {
  const many: Json = Array.from({ length: 3_000 }, (_, id) => ({ id, text: "x".repeat(20_000) }));
  const filter = `${"contains(text, 'y') || ".repeat(20)}length(text) > \`5\``;
  await assert.rejects(chooseParts(filter, partsOf(many)), (error: unknown) => {
    assert.ok(error instanceof RefusedError);
    assert.equal(error.message, 'Cannot apply "filter" to the items: The expression asks for too much work');
    assert.equal(error.code, "invalid_filter");
    return true;
  });
});
