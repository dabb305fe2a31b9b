import assert from "node:assert/strict";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import type { Schema } from "../../../src/collection/endpoint.ts";
import { type InputSchema, inputSchemaOf, type PlainSchema } from "../../../src/tools/definitions/input_schema.ts";
import { endpointOf, parameterOf, writerOf } from "../../support/endpoints.ts";

const ANY = ["string", "number", "boolean", "object", "array", "null"];
const TEXT: Schema = { type: "string" };

/** The schema of one body field. */
function field(schema: Schema, schemas: Record<string, Schema> = {}): PlainSchema {
  return inputSchemaOf(writerOf({ a: schema }, [], { schemas })).properties["a"] ?? {};
}

function compiles(schema: InputSchema): void {
  for (const ajv of [new Ajv2020({ strict: false }), new Ajv({ strict: false })]) ajv.compile(schema);
}

Deno.test("inputSchemaOf() closes the root and requires what the endpoint requires", () => {
  const endpoint = writerOf({ name: TEXT, note: TEXT }, ["name"], { parameters: [parameterOf("id", { in: "path" })] });
  assert.deepEqual(inputSchemaOf(endpoint), {
    type: "object",
    properties: { id: { type: "string" }, name: { type: "string" }, note: { type: "string" } },
    required: ["id", "name"],
    additionalProperties: false,
  });
  assert.deepEqual(inputSchemaOf(endpointOf()), {
    type: "object",
    properties: {},
    additionalProperties: false,
  });
});

Deno.test("inputSchemaOf() keeps enums, bounds, formats and defaults, and leaves out examples", () => {
  const bounds: Schema = {
    type: "integer",
    enum: [1, 2],
    minimum: 1,
    maximum: 2,
    multipleOf: 1,
    default: 1,
    format: "int32",
  };
  assert.deepEqual(field({ ...bounds, example: 1, examples: [1], title: "T", deprecated: true }), bounds);
  const text: Schema = { type: "string", minLength: 1, maxLength: 2, pattern: "^a", const: "a" };
  assert.deepEqual(field(text), text);
  const list: Schema = { type: "array", items: TEXT, minItems: 1, maxItems: 2, uniqueItems: true };
  assert.deepEqual(field(list), list);
});

Deno.test("inputSchemaOf() writes exclusive bounds of both dialects as numbers", () => {
  const old = field({ type: "number", minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: true });
  assert.equal(old["exclusiveMinimum"], 1);
  assert.equal(old["exclusiveMaximum"], 9);
  const plain = field({ type: "number", exclusiveMinimum: 0, exclusiveMaximum: 5 });
  assert.deepEqual(plain, { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 5 });
  const none = field({ type: "number", minimum: 1, exclusiveMinimum: false, exclusiveMaximum: true });
  assert.deepEqual(none, { type: "number", minimum: 1 });
});

Deno.test("inputSchemaOf() allows null where a schema is nullable, whatever its form", () => {
  assert.deepEqual(field({ type: "string", nullable: true }), { type: ["string", "null"] });
  assert.deepEqual(field({ type: ["string", "null"], nullable: true }), { type: ["string", "null"] });
  const choice = field({ type: "string", nullable: true, enum: ["a"] });
  assert.deepEqual(choice, { type: ["string", "null"], enum: ["a", null] });
  const forms: Schema[] = [
    { nullable: true, oneOf: [TEXT, { type: "integer" }] },
    { nullable: true, allOf: [{ $ref: "#/schemas/Base" }] },
    { nullable: true, allOf: [{ type: "string", enum: ["a"] }] },
    { nullable: true, type: "string", const: "a" },
  ];
  const schemas = { Base: { type: "object", properties: { b: TEXT } } };
  for (const schema of forms) {
    const ajv = new Ajv2020({ strict: false });
    assert.equal(ajv.validate(field(schema, schemas), null), true, JSON.stringify(schema));
  }
});

Deno.test("inputSchemaOf() puts referenced schemas in place and cuts recursion", () => {
  const node: Schema = { type: "object", properties: { name: TEXT, next: { $ref: "#/schemas/Node" } } };
  const inlined = field({ $ref: "#/schemas/Node" }, { Node: node });
  assert.deepEqual(inlined, { type: "object", properties: { name: { type: "string" }, next: { type: "object" } } });
});

Deno.test("inputSchemaOf() cuts recursion through items, maps, parts and choices", () => {
  const self: Schema = { $ref: "#/schemas/Self" };
  const forms: Schema[] = [
    { type: "array", items: self },
    { type: "object", additionalProperties: self },
    { allOf: [self, { type: "object", properties: { a: self } }] },
    { anyOf: [self, TEXT] },
  ];
  for (const form of forms) {
    const schema = inputSchemaOf(writerOf({ a: self }, [], { schemas: { Self: form } }));
    assert.doesNotMatch(JSON.stringify(schema), /\$ref/);
    compiles(schema);
  }
});

Deno.test("inputSchemaOf() stays small for schemas that multiply", () => {
  const names = Array.from({ length: 10 }, (_, index) => `S${index}`);
  const properties = Object.fromEntries(names.map((name): [string, Schema] => [name, { $ref: `#/schemas/${name}` }]));
  const schemas = Object.fromEntries(names.map((name): [string, Schema] => [name, { type: "object", properties }]));
  const start = performance.now();
  const text = JSON.stringify(field({ $ref: "#/schemas/S0" }, schemas));
  assert.ok(text.length < 1_000_000, `${text.length} characters`);
  assert.ok(performance.now() - start < 1_000);
});

Deno.test("inputSchemaOf() gives every property a type", () => {
  assert.deepEqual(field({}).type, ANY);
  assert.equal(field({ properties: { b: TEXT } }).type, "object");
  assert.equal(field({ items: TEXT }).type, "array");
  assert.equal(field({ enum: ["a"] }).type, "string");
  assert.equal(field({ const: 1 }).type, "integer");
  assert.deepEqual(field({ enum: ["a", 1, null] }).type, ["string", "integer", "null"]);
  assert.equal(field({ additionalProperties: TEXT }).type, "object");
  assert.deepEqual(field({ oneOf: [TEXT, { type: "integer", nullable: true }] }).type, ["string", "integer", "null"]);
});

Deno.test("inputSchemaOf() merges the parts of allOf, scalars too", () => {
  const base: Schema = { type: "object", properties: { a: TEXT }, required: ["a"] };
  const merged = field({ allOf: [{ $ref: "#/schemas/Base" }, { properties: { b: TEXT }, required: ["b"] }] }, {
    Base: base,
  });
  assert.deepEqual(merged, {
    type: "object",
    properties: { a: { type: "string" }, b: { type: "string" } },
    required: ["a", "b"],
  });
  const mode = { Mode: { type: "string", enum: ["x"] } };
  assert.deepEqual(field({ allOf: [{ $ref: "#/schemas/Mode" }], description: "The mode" }, mode), {
    type: "string",
    enum: ["x"],
    description: "The mode",
  });
  assert.deepEqual(field({ allOf: [{ type: "array", items: TEXT }] }), { type: "array", items: { type: "string" } });
});

Deno.test("inputSchemaOf() keeps what stands beside a choice", () => {
  const schema: Schema = {
    type: "object",
    properties: { kind: TEXT },
    required: ["kind"],
    oneOf: [{ properties: { a: TEXT } }, { properties: { b: TEXT } }],
  };
  const { properties, required, type, anyOf } = field(schema);
  assert.deepEqual({ properties, required, type }, {
    properties: { kind: { type: "string" } },
    required: ["kind"],
    type: "object",
  });
  assert.equal(anyOf?.length, 2);
});

Deno.test("inputSchemaOf() has no composition at the root, even for a body that is a choice", () => {
  const schema: Schema = { oneOf: [{ type: "object", properties: { a: TEXT } }, { type: "array", items: TEXT }] };
  const endpoint = endpointOf({ method: "POST", body: { contentType: "application/json", required: true, schema } });
  const root = inputSchemaOf(endpoint);
  assert.deepEqual(Object.keys(root).sort(), ["additionalProperties", "properties", "required", "type"]);
  assert.equal(root.properties["body"]?.anyOf?.length, 2);
});

Deno.test("inputSchemaOf() describes an array body as one argument", () => {
  const schema: Schema = { type: "array", description: "Ids", items: TEXT };
  const endpoint = endpointOf({ method: "POST", body: { contentType: "application/json", required: true, schema } });
  const { properties, required } = inputSchemaOf(endpoint);
  assert.deepEqual(properties, { body: { type: "array", description: "Ids", items: { type: "string" } } });
  assert.deepEqual(required, ["body"]);
});

Deno.test("inputSchemaOf() asks for a file by path or in place", () => {
  const file: Schema = { type: "string", format: "binary", description: "Greeting" };
  const schema: Schema = { type: "object", properties: { file }, required: ["file"] };
  const endpoint = endpointOf({ method: "POST", body: { contentType: "multipart/form-data", required: true, schema } });
  const { properties } = inputSchemaOf(endpoint);
  assert.equal(properties["file"]?.type, "object");
  assert.equal(properties["file"]?.description, "Greeting");
  assert.deepEqual(Object.keys(properties["file"]?.properties ?? {}), ["path", "base64", "name", "type"]);
});

Deno.test("inputSchemaOf() gives keys that no client accepts other names, and requires those", () => {
  const own: Record<string, Schema> = JSON.parse('{"größe €":{"type":"string"},"__proto__":{"type":"string"}}');
  const { properties, required } = inputSchemaOf(writerOf(own, ["größe €", "__proto__"]));
  assert.deepEqual(Object.keys(properties), required);
  for (const name of Object.keys(properties)) assert.match(name, /^(?!__proto__$)[A-Za-z0-9_.-]+$/);
});

Deno.test("inputSchemaOf() takes the description from the argument, then the reference, then its target", () => {
  const schemas = { Base: { type: "string", description: "Target" } };
  const ref: Schema = { $ref: "#/schemas/Base" };
  assert.equal(field(ref, schemas).description, "Target");
  const nested: Schema = { type: "object", properties: { b: { ...ref, description: "Here" } } };
  assert.equal(field(nested, schemas).properties?.["b"]?.description, "Here");
  assert.equal(field({ ...ref, description: "Argument" }, schemas).description, "Argument");
});

Deno.test("inputSchemaOf() gives a closed schema that both drafts compile, for any schema", () => {
  const value = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null));
  const name = fc.constantFrom("a", "b", "__proto__", "constructor", "größe");
  const ref = fc.constantFrom("A", "B").map((target): Schema => ({ $ref: `#/schemas/${target}` }));
  const { schema } = fc.letrec<{ schema: Schema }>((tie) => {
    const some = fc.array(tie("schema"), { minLength: 1, maxLength: 2 });
    return {
      schema: fc.oneof(
        { maxDepth: 4 },
        ref,
        fc.constantFrom<Schema>({}, TEXT, { type: "integer", minimum: 0, exclusiveMinimum: true }, { nullable: true }),
        fc.array(value, { minLength: 1 }).map((members): Schema => ({ enum: [...new Set(members)] })),
        tie("schema").map((items): Schema => ({ type: "array", items })),
        tie("schema").map((additionalProperties): Schema => ({ additionalProperties })),
        fc.dictionary(name, tie("schema"), { noNullPrototype: true })
          .map((properties): Schema => ({ properties, required: Object.keys(properties) })),
        some.map((allOf): Schema => ({ allOf })),
        some.map((oneOf): Schema => ({ oneOf, nullable: true })),
        some.map((anyOf): Schema => ({ anyOf, type: "object", properties: { x: TEXT } })),
      ),
    };
  });
  fc.assert(
    fc.property(schema, schema, schema, (body, a, b) => {
      // Two names that stand for each other alone are refused when a file is read.
      fc.pre([a, b].every((target) => target.$ref === undefined));
      const schemas = { A: a, B: b };
      const parts = {
        method: "POST",
        body: { contentType: "application/json", required: true, schema: body },
        schemas,
      } as const;
      const found = inputSchemaOf(endpointOf(parts));
      assert.doesNotMatch(JSON.stringify(found), /"\$ref"/);
      for (const keyword of ["anyOf", "oneOf", "allOf", "not", "$ref"]) {
        assert.equal(Object.hasOwn(found, keyword), false);
      }
      assert.equal(found.additionalProperties, false);
      for (const property of Object.values(found.properties)) {
        assert.notEqual(property.type, undefined);
      }
      compiles(found);
    }),
    { numRuns: 60 },
  );
});
