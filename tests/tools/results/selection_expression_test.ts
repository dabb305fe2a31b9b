import assert from "node:assert/strict";
import { RefusedError } from "../../../src/core/errors.ts";
import { compileFields } from "../../../src/tools/results/selection_expression.ts";

const BODY = { items: [{ id: 1, name: "Ann" }, { id: 2 }], notFoundIds: [] };

Deno.test("compileFields() makes a selection of the body", async () => {
  const fields = await compileFields("items[].name");
  assert.deepEqual(fields.apply(BODY), { value: ["Ann"] });
});

Deno.test("compileFields() refuses what is no expression", async () => {
  await assert.rejects(compileFields("items[].{"), (error: unknown) => {
    assert.ok(error instanceof RefusedError);
    assert.equal(error.code, "invalid_fields");
    return true;
  });
});

/** Each row: the expression, the body, what the warning contains. */
const NOTHING: [string, string, unknown, RegExp][] = [
  ["a member that isn't there", "members[0].name", BODY, /the body's members are items, notFoundIds$/],
  ["a list as an object", "items", [1, 2], /the body is a list of 2, so begin with "\[\]"/],
  ["a text as an object", "items", "x", /the body is a string/],
  ["double quotes", 'items[?name == "Ann"]', { items: [{ name: "Ann", Ann: 1 }] }, /text is in single quotes/],
];

for (const [name, expression, body, warning] of NOTHING) {
  Deno.test(`SelectionExpression.apply() explains why it found nothing: ${name}`, async () => {
    const selection = (await compileFields(expression)).apply(JSON.parse(JSON.stringify(body)));
    assert.match(selection.warning ?? "", warning);
  });
}

Deno.test("SelectionExpression.apply() has nothing to explain where there is nothing, or an empty list was found", async () => {
  assert.deepEqual((await compileFields("items")).apply(null), { value: null });
  assert.deepEqual((await compileFields("items[?id == `5`]")).apply(BODY), { value: [] });
});

Deno.test("SelectionExpression.apply() passes the body on whole where a function cannot take a value", async () => {
  const { value, warning } = (await compileFields("items[?contains(name, 'A')]")).apply(BODY);
  assert.equal(value, BODY);
  assert.match(warning ?? "", /could not be applied, the body is whole: .*contains\(name \|\| '', 'x'\)$/);
});
