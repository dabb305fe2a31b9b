import assert from "node:assert/strict";
import { RefusedError } from "../../../src/core/errors.ts";
import type { Json } from "../../../src/core/json.ts";
import { compileExpression } from "../../../src/tools/results/jmespath.ts";
import { WorkBudget, WorkError } from "../../../src/tools/results/work_budget.ts";

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

const TEXT = "a".repeat(200_000);
const ROWS: Json = { big: TEXT, items: Array.from({ length: 3_000 }, (_, id) => ({ id: `i${id}`, name: `n${id}` })) };
const DOUBLED = Array.from({ length: 60 }, () => "[@,@]").join("|");
const TRIANGLE = "items[].{all: $.items[].{all: $.items[].id}}";

/** Each row: an expression that takes long, or makes something endless of little. */
const COSTLY: [string, string][] = [
  ["comparisons of what is written out again and again", "items[?to_string($)=='x']"],
  ["the length of a long text", "items[?length($.big)==`1`]"],
  ["a search in a long text", "items[?contains($.big,'aaaab')]"],
  ["a long text in another case", "items[?upper($.big)=='x']"],
  ["a long text taken apart", "items[?split($.big,'')==`1`]"],
  ["a part of a long text", "items[?$.big[::-1]=='b']"],
  ["lists within lists that are the same", DOUBLED],
  ["what such lists are as a text", `to_string(${DOUBLED})`],
  ["a comparison of such lists", `let $a = @|${DOUBLED}, $b = @|${DOUBLED} in $a == $b`],
  ["a join of a long text with itself", "join(big, split(big, 'a'))"],
  ["a replacement by a long text", "replace(big, 'a', big)"],
  ["a replacement of nothing", `replace(big, '', '${"x".repeat(50)}')`],
  ["a replacement many times", "replace(big, 'b', 'bb', `2000000000`)[`0`:`1`] || replace(big, 'a', big, `20000`)"],
  ["padding", "pad_right('a', `1048577`)"],
  ["sorting by a long text", "sort_by(items, &join('', map(&id, $.items)))"],
  ["sorting long texts", "sort(map(&join('', [to_string(@), $.big]), items[:100]))"],
  ["lists of all for each of all", TRIANGLE],
];

for (const [name, expression] of COSTLY) {
  Deno.test(`Expression.run() soon gives up: ${name}`, async () => {
    const started = performance.now();
    await assert.rejects(run(expression, ROWS));
    assert.ok(performance.now() - started < 4_000);
  });
}

/** Each row: an expression with a bounded function, its value. */
const TEXTS: [string, Json][] = [
  ["pad_left('7', `3`, '0')", "007"],
  ["pad_right('7', `3`)", "7  "],
  ["pad_left('', `3`)", ""],
  ["trim('  a b\u0085 ')", "a b"],
  ["trim('--a-b-', '-')", "a-b"],
  ["trim_left('  a ')", "a "],
  ["trim_right('  a ')", "  a"],
  ["replace('a-b-c', '-', '+')", "a+b+c"],
  ["replace('a-b-c', '-', '+', `1`)", "a+b-c"],
  ["replace('a-b-c', '-', '+', `0`)", "a-b-c"],
  ["replace('a-b-c', '-', '$&', `9`)", "a$&b$&c"],
  ["join(', ', ['a', 'b'])", "a, b"],
  ["join(', ', `[]`)", ""],
  ['to_string(`{"a": [1]}`)', '{"a":[1]}'],
  ["to_string('a')", "a"],
  ['[`1`, `[1, {"a": null}]`] == [`1`, `[1, {"a": null}]`]', true],
  ['`{"a": 1}` == `{"b": 1}`', false],
  ['`{"a": 1}` != `{"a": 1}`', false],
  ["`[1]` != `{}`", true],
  ["'abc'[::-1]", "cba"],
  ["`[[1], 2, [[3]]]`[]", [1, 2, [3]]],
];

for (const [expression, value] of TEXTS) {
  Deno.test(`Expression.run() finds ${expression}`, async () => assert.deepEqual(await run(expression), value));
}

Deno.test("Expression.run() trims a text with many blanks within in no time", async () => {
  const text = `${" ".repeat(200_000)}a${" ".repeat(200_000)}a`;
  assert.equal(await run("length(trim(@))", text), 200_002);
});

Deno.test("Expression.run() shares a budget among runs", async () => {
  const expression = await compileExpression("items[].name", "fields", "items");
  const budget = new WorkBudget();
  expression.run(ROWS, budget);
  assert.throws(() => {
    for (let round = 0; round < 10_000; round++) expression.run(ROWS, budget);
  }, WorkError);
  assert.deepEqual(expression.run(BODY), ["Ann", "Bob"]);
});

/** The work of a large answer is counted; how long a busy machine takes for it is not what is tested. */
async function runUntimed(expression: string, value: Json): Promise<Json> {
  const still = { now: () => 0, monotonic: () => 0, sleep: () => Promise.resolve() };
  return (await compileExpression(expression, "fields", "items")).run(value, new WorkBudget(still));
}

Deno.test("Expression.run() sorts a hundred thousand names", async () => {
  const names: Json = Array.from({ length: 100_000 }, (_, id) => `Person ${id * 7_919 % 100_000}`);
  const sorted = await runUntimed("sort(@)", names);
  assert.ok(Array.isArray(sorted) && sorted[1] === "Person 1");
});

Deno.test("compileExpression() finds the fault of a long expression", async () => {
  await assert.rejects(compileExpression("!".repeat(2_000), "fields", "items"), RefusedError);
  await assert.rejects(
    compileExpression(`${"a|".repeat(990)}#|a`, "fields", "items"),
    /unexpected "#" at character 1981/,
  );
});

Deno.test("Expression.run() selects of a hundred thousand items", async () => {
  const items: Json = Array.from({ length: 100_000 }, (_, id) => ({ id, name: `Person ${id}`, type: "USER" }));
  const found = await runUntimed("items[?contains(name, '77')].{id: id, name: name, type: type}", { items });
  assert.ok(Array.isArray(found) && found.length === 3_691);
});
