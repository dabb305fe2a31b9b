import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import type { Json, JsonObject } from "../../src/core/json.ts";
import { coerceArguments, coerceValue } from "../../src/tools/coerce.ts";
import type { PlainSchema } from "../../src/tools/definitions/input_schema.ts";

const NUMBER: PlainSchema = { type: "number" };
const INTEGER: PlainSchema = { type: "integer" };

/** Each row: the type, what a client sends, what it means. */
const MEANT: [string | string[], Json, Json][] = [
  ["integer", "5", 5],
  ["integer", " -5 ", -5],
  ["integer", "1e3", 1000],
  ["number", "1.5", 1.5],
  ["number", ".5", 0.5],
  ["number", "+2", 2],
  ["boolean", "true", true],
  ["boolean", "False", false],
  ["null", "null", null],
  [["integer", "null"], "null", null],
  ["array", "[1, 2]", [1, 2]],
  ["object", ' {"a": 1} ', { a: 1 }],
  ["string", 1234, "1234"],
  [["string", "null"], 7, "7"],
];

for (const [type, sent, meant] of MEANT) {
  Deno.test(`coerceValue() takes ${JSON.stringify(sent)} as ${JSON.stringify(meant)} where ${type} is expected`, () => {
    assert.deepEqual(coerceValue(sent, { type }), meant);
  });
}

/** Each row: the type, and what says nothing in it without doubt. */
const DOUBTFUL: [string, Json][] = [
  ["integer", ""],
  ["integer", "five"],
  ["integer", "0x10"],
  ["integer", "Infinity"],
  ["integer", "1e999"],
  ["integer", "1 2"],
  ["integer", true],
  ["integer", "12345678901234567890"],
  ["number", "9007199254740993"],
  ["boolean", "yes"],
  ["boolean", 1],
  ["boolean", "1"],
  ["array", "a,b"],
  ["array", "[1,"],
  ["object", "{a:1}"],
  ["object", "[1]"],
  ["string", true],
  ["string", null],
  ["string", 1e21],
];

for (const [type, value] of DOUBTFUL) {
  Deno.test(`coerceValue() leaves ${JSON.stringify(value)} as it is where ${type} is expected`, () => {
    assert.deepEqual(coerceValue(value, { type }), value);
  });
}

Deno.test("coerceValue() leaves a string alone wherever a string is allowed", () => {
  for (const type of [["string", "integer"], ["boolean", "string"], "string"]) {
    for (const value of ["5", "true", "null", "[1]", "{}"]) assert.equal(coerceValue(value, { type }), value);
  }
  assert.equal(coerceValue("5", {}), "5");
});

Deno.test("coerceValue() goes into items, members, maps and what it just parsed", () => {
  const schema: PlainSchema = {
    type: "object",
    properties: { list: { type: "array", items: { type: "object", properties: { n: INTEGER } } } },
    additionalProperties: NUMBER,
  };
  assert.deepEqual(coerceValue('{"list":"[{\\"n\\":\\"5\\"}]","other":"1.5"}', schema), {
    list: [{ n: 5 }],
    other: 1.5,
  });
});

Deno.test("coerceValue() takes a string for the only choice that it can mean", () => {
  const choice = (...types: string[]) => ({ type: types, anyOf: types.map((type) => ({ type })) });
  assert.equal(coerceValue("5", choice("integer", "null")), 5);
  assert.equal(coerceValue("5", choice("integer", "string")), "5");
  assert.deepEqual(coerceValue('{"a":1}', choice("object", "array")), { a: 1 });
});

Deno.test("coerceArguments() leaves undeclared arguments and inherited names as they are", () => {
  const schema = { type: "object", properties: { n: INTEGER }, additionalProperties: false } as const;
  const args: JsonObject = JSON.parse('{"n":"1","m":"2","__proto__":"3","constructor":"4"}');
  assert.equal(JSON.stringify(coerceArguments(args, schema)), '{"n":1,"m":"2","__proto__":"3","constructor":"4"}');
});

Deno.test("coerceValue() never changes a value whose type is right", () => {
  const types = fc.uniqueArray(
    fc.constantFrom("string", "number", "integer", "boolean", "array", "object", "null"),
    { minLength: 1 },
  );
  const { schema } = fc.letrec<{ schema: PlainSchema }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 3 },
      types.map((type): PlainSchema => ({ type })),
      tie("schema").map((items): PlainSchema => ({ type: "array", items })),
      fc.dictionary(fc.constantFrom("a", "b"), tie("schema"), { noNullPrototype: true }).map((
        properties,
      ): PlainSchema => ({ type: "object", properties })),
      fc.array(tie("schema"), { minLength: 1, maxLength: 2 }).map((anyOf): PlainSchema => ({ anyOf })),
    ),
  }));
  const leaf = fc.oneof(fc.constantFrom<Json>("5", "true", "null", "[1]", "{}", 5, 1.5, true, null), fc.string());
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie("value"), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom("a", "b"), tie("value"), { noNullPrototype: true }),
    ),
  }));
  const ajv = new Ajv2020({ strict: false, addUsedSchema: false });
  fc.assert(
    fc.property(schema, value, (schema, value) => {
      fc.pre(Boolean(ajv.validate(schema, value)));
      assert.deepEqual(coerceValue(value, schema), value);
    }),
    { numRuns: 200 },
  );
});
