import assert from "node:assert/strict";
import { Checker } from "../../src/collection/check.ts";
import type { Schema } from "../../src/collection/endpoint.ts";
import { copySchema } from "../../src/collection/schema_copy.ts";

function copy(value: unknown): Schema {
  const check = new Checker("x.json");
  const schema = copySchema(value, "here", { check, refs: new Map() });
  check.finish();
  return schema;
}

Deno.test("copySchema() keeps every known keyword", () => {
  const schema: Schema = {
    $ref: "#/schemas/A",
    type: ["object", "null"],
    format: "f",
    description: "d",
    title: "t",
    enum: ["a", 1, null, { b: [true] }],
    const: "a",
    default: "a",
    example: { x: 1 },
    examples: ["a"],
    nullable: true,
    readOnly: false,
    deprecated: true,
    pattern: "^a$",
    minimum: -1,
    maximum: 1.5,
    exclusiveMinimum: true,
    exclusiveMaximum: 3,
    multipleOf: 0.5,
    minLength: 0,
    maxLength: 9,
    minItems: 1,
    maxItems: 2,
    uniqueItems: true,
    required: ["p"],
    properties: { p: { type: "string" }, $ref: { type: "string" } },
    additionalProperties: { type: "number" },
    items: { type: "integer" },
    allOf: [{}],
    anyOf: [{ type: "null" }],
    oneOf: [{ additionalProperties: false }],
  };
  assert.deepEqual(copy(schema), schema);
});

Deno.test("copySchema() shares no structure with its source", () => {
  const source = { properties: { a: { enum: [1] } } };
  const schema = copy(source);
  assert.notEqual(schema.properties, source.properties);
  assert.notEqual(schema.properties?.a, source.properties.a);
});

Deno.test("copySchema() leaves out what only makes a schema stricter without sense", () => {
  assert.deepEqual(
    copy({
      minimum: "1",
      maxLength: -1,
      minItems: 1.5,
      multipleOf: 0,
      pattern: "(?i)[",
      enum: [],
      description: 5,
      nullable: "yes",
      required: true,
      exclusiveMinimum: null,
      discriminator: { propertyName: "kind" },
      "x-vendor": 1,
      allOf: [],
      type: null,
      items: null,
    }),
    {},
  );
});

Deno.test("copySchema() mends duplicates and old spellings", () => {
  assert.deepEqual(copy({ enum: ["a", "b", "a"], required: ["x", "x"], type: ["string", "string"] }), {
    enum: ["a", "b"],
    required: ["x"],
    type: ["string"],
  });
  assert.deepEqual(copy({ type: "file" }), { type: "string", format: "binary" });
  assert.deepEqual(copy({ type: "string", contentMediaType: "application/octet-stream" }), {
    type: "string",
    format: "binary",
  });
  assert.deepEqual(copy({ items: true, properties: { a: false } }), { items: {}, properties: { a: {} } });
});

Deno.test("copySchema() makes own members of names that objects inherit", () => {
  const schema = copy(JSON.parse('{"properties": {"__proto__": {"type": "string"}, "constructor": {"type": "null"}}}'));
  assert.deepEqual(Object.keys(schema.properties ?? {}), ["__proto__", "constructor"]);
  assert.deepEqual(Object.getOwnPropertyDescriptor(schema.properties, "__proto__")?.value, { type: "string" });
});

Deno.test("copySchema() names the place of a structure that makes no sense", () => {
  const cases: [unknown, RegExp][] = [
    [5, /here: expected a schema, got 5/],
    [{ type: "date" }, /here\.type: expected one of "string", .*, got "date"/],
    [{ type: [{}] }, /here\.type: .* got an object/],
    [{ properties: { a: { items: [] } } }, /here\.properties\.a\.items: expected a schema, got an array/],
    [{ properties: [] }, /here\.properties: expected an object, got an array/],
    [{ required: "a" }, /here\.required: expected an array of strings, got "a"/],
    [{ enum: "a" }, /here\.enum: expected an array, got "a"/],
    [{ oneOf: [{}, null] }, /here\.oneOf\[1\]: expected a schema, got null/],
    [{ additionalProperties: "no" }, /here\.additionalProperties: expected a schema, got "no"/],
    [{ $ref: {} }, /here\.\$ref: expected a string, got an object/],
  ];
  for (const [value, message] of cases) assert.throws(() => copy(value), message);
});

Deno.test("copySchema() refuses a schema too deep to be walked", () => {
  let deep: Schema = {};
  for (let level = 0; level < 10_000; level++) deep = { items: deep };
  assert.throws(() => copy(deep), /expected at most 64 levels of schemas, got more/);
});

Deno.test("copySchema() leaves out a value too deep to be walked", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 10_000; level++) deep = [deep];
  assert.deepEqual(copy({ example: deep, default: deep, enum: [deep] }), {});
});

Deno.test("copySchema() notes each reference at its first place", () => {
  const refs = new Map<string, string>();
  const part = { $ref: "#/schemas/A" };
  copySchema({ items: part, allOf: [part, { $ref: "#/schemas/B" }] }, "here", { check: new Checker("x"), refs });
  assert.deepEqual([...refs], [["#/schemas/A", "here.items.$ref"], ["#/schemas/B", "here.allOf[1].$ref"]]);
});
