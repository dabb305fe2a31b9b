import assert from "node:assert/strict";
import { RefusedError } from "../../../src/core/errors.ts";
import type { Json } from "../../../src/core/json.ts";
import { compileExpression } from "../../../src/tools/results/jmespath.ts";

const BODY: Json = { items: [{ id: 1, name: "Ann" }, { id: 2, name: "Bob" }] };

async function run(expression: string, value: Json = BODY): Promise<Json> {
  return (await compileExpression(expression, "fields", "items")).run(value);
}

Deno.test("compileExpression() makes expressions that run again and again", async () => {
  const expression = await compileExpression("items[].{n: name, id: id}", "fields", "items");
  for (let round = 0; round < 2; round++) {
    assert.deepEqual(expression.run(BODY), [{ n: "Ann", id: 1 }, { n: "Bob", id: 2 }]);
  }
  assert.deepEqual(await run("items[?id > `1`].name | [0]"), "Bob");
  assert.deepEqual(await run("let $all = items in length($all)"), 2);
});

/** Each row: the expression, what the message ends with. */
const WRONG: [string, string][] = [
  ["items[].{name displayName}", 'unexpected "displayName" at character 15'],
  ["a # b", 'unexpected "#" at character 3'],
  ["a.'x", `unexpected "'x" at character 3`],
  ["items[?id > 5]", 'unexpected "5" at character 13: write numbers in backquotes'],
  ["items[?name='Ann']", 'a single "=": write "==" to compare'],
  ["items[?lenght(name) > `1`]", 'unknown function "lenght": did you mean "length"?'],
  ["qqqqqq(items)", 'unknown function "qqqqqq"'],
  ["items[", "it ends too early"],
  ["", "it ends too early"],
  ["x".repeat(2_001), "longer than 2000 characters"],
  [`${"[".repeat(41)}a${"]".repeat(41)}`, "more than 40 brackets within each other"],
  [`${"!".repeat(1_999)}a`, "too deep"],
];

for (const [expression, end] of WRONG) {
  Deno.test(`compileExpression() refuses ${JSON.stringify(expression.slice(0, 30))} and says where it is wrong`, async () => {
    await assert.rejects(compileExpression(expression, "fields", "items"), (error: unknown) => {
      assert.ok(error instanceof RefusedError);
      assert.equal(error.code, "invalid_fields");
      assert.equal(error.message, `Cannot read "fields" as a JMESPath expression: ${end}`);
      assert.equal(error.guidance, 'Correct "fields", for example items');
      return true;
    });
  });
}

Deno.test("compileExpression() takes a function's name within a literal for a text", async () => {
  assert.deepEqual(await run('`{"type": "Function", "name": "nope"}`.name'), "nope");
});

Deno.test("Expression.run() sees no members that a value only inherits", async () => {
  for (const name of ["constructor", "__proto__", "toString", "items[0].valueOf"]) assert.equal(await run(name), null);
});

Deno.test("Expression.run() ends where an expression asks for too much", async () => {
  const doubling = Array.from({ length: 60 }, () => "[@,@][]").join("|");
  await assert.rejects(run(doubling), /too much work/);
  await assert.rejects(run("pad_left('x', `2000000000`, 'y')"), RangeError);
  const rows: Json = Array.from({ length: 20_000 }, (_, id) => ({ id }));
  await assert.rejects(run("let $all = @ in [?length($all) > `1`]", rows), /too much work/);
});

Deno.test("Expression.run() selects of a hundred thousand items", async () => {
  const items: Json = Array.from({ length: 100_000 }, (_, id) => ({ id, name: `Person ${id}`, type: "USER" }));
  const found = await run("items[?contains(name, '77')].{id: id, name: name, type: type}", { items });
  assert.ok(Array.isArray(found) && found.length === 3_691);
});
