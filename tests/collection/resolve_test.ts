import assert from "node:assert/strict";
import type { Schema } from "../../src/collection/endpoint.ts";
import { referenceFault, resolveSchema } from "../../src/collection/resolve.ts";

const schemas: Record<string, Schema> = {
  Person: {
    type: "object",
    properties: { id: { type: "string" }, boss: { $ref: "#/schemas/Person" }, tags: { items: { type: "number" } } },
    additionalProperties: { type: "boolean" },
    anyOf: [{ title: "first" }, { title: "second" }],
  },
  Alias: { $ref: "#/components/schemas/Person", description: "Somebody" },
  "A/B c": { type: "null" },
  Loop: { $ref: "#/schemas/Pool" },
  Pool: { $ref: "#/schemas/Loop" },
};

Deno.test("resolveSchema() answers a schema without $ref itself", () => {
  const schema: Schema = { type: "string" };
  assert.equal(resolveSchema(schema, {}), schema);
});

Deno.test("resolveSchema() follows chains in both spellings without copying", () => {
  assert.equal(resolveSchema({ $ref: "#/schemas/Alias" }, schemas), schemas.Person);
  assert.equal(resolveSchema({ $ref: "#/components/schemas/Alias" }, schemas), schemas.Person);
});

Deno.test("resolveSchema() stops at the schema, whose parts may refer back to it", () => {
  const person = resolveSchema({ $ref: "#/schemas/Person" }, schemas);
  assert.equal(resolveSchema(person.properties?.boss ?? {}, schemas), person);
});

Deno.test("resolveSchema() undoes the escapes of a name", () => {
  assert.equal(resolveSchema({ $ref: "#/schemas/A~1B%20c" }, schemas), schemas["A/B c"]);
  assert.equal(resolveSchema({ $ref: "#/schemas/A/B c" }, schemas), schemas["A/B c"]);
});

Deno.test("resolveSchema() goes on into a schema", () => {
  const at = (rest: string) => resolveSchema({ $ref: `#/schemas/Person/${rest}` }, schemas);
  assert.deepEqual(at("properties/id"), { type: "string" });
  assert.deepEqual(at("properties/tags/items"), { type: "number" });
  assert.deepEqual(at("additionalProperties"), { type: "boolean" });
  assert.deepEqual(at("anyOf/1"), { title: "second" });
  assert.equal(at("properties/boss"), schemas.Person);
});

Deno.test("resolveSchema() refuses references in a circle", () => {
  assert.throws(() => resolveSchema({ $ref: "#/schemas/Loop" }, schemas), {
    name: "UsageError",
    code: "bad_reference",
    message: /^Cannot resolve "\$ref" "#\/schemas\/\w+": expected a schema, got references in a circle$/,
  });
});

Deno.test("resolveSchema() refuses what is no schema of the same file", () => {
  const refs = [
    "#/schemas/Nobody",
    "#/schemas/constructor",
    "#/schemas/__proto__",
    "#/schemas/",
    "#/paths/~1x",
    "other.json#/schemas/Person",
    "",
    "#/schemas/Person/properties",
    "#/schemas/Person/properties/constructor",
    "#/schemas/Person/required/0",
    "#/schemas/Person/anyOf/2",
    "#/schemas/Person/anyOf/length",
    "#/schemas/Pool/items",
  ];
  for (const ref of refs) {
    assert.throws(() => resolveSchema({ $ref: ref }, schemas), { name: "UsageError" }, ref);
  }
});

Deno.test("referenceFault() tells what resolveSchema() would refuse", () => {
  assert.equal(referenceFault("#/schemas/Alias", schemas), undefined);
  assert.equal(
    referenceFault("#/schemas/Nobody", schemas),
    'expected the name of a schema in the same file, got "#/schemas/Nobody"',
  );
});
