import assert from "node:assert/strict";
import { reduceSchema } from "../../scripts/collection/schema.ts";
import { SharedSchemas } from "../../scripts/collection/share.ts";
import type { Schema } from "../../src/collection/endpoint.ts";

Deno.test("reduceSchema() keeps facts and drops prose", () => {
  const reduced = reduceSchema({
    type: "object",
    description: "Prose",
    required: ["name", "ghost"],
    properties: {
      name: { type: "string", description: "Prose", minLength: 1, example: "Sales" },
      number: { type: "string", example: "+14155550100" },
      since: { type: "string", default: "If nothing is said, seven days before." },
      wrong: { type: "number", minLength: 3, default: 5 },
    },
  }, {});
  assert.deepEqual(reduced, {
    type: "object",
    required: ["name"],
    properties: {
      name: { type: "string", minLength: 1 },
      number: { type: "string", example: "+14155550100" },
      since: { type: "string" },
      wrong: { type: "number", default: 5 },
    },
  });
});

Deno.test("reduceSchema() follows references, merges allOf and moves an array's choices to its items", () => {
  const components: Record<string, Schema> = { Base: { properties: { id: { type: "string" } } } };
  const merged = reduceSchema({
    allOf: [{ $ref: "#/components/schemas/Base" }, { properties: { on: { type: "boolean" } } }],
  }, components);
  assert.deepEqual(Object.keys(merged.properties ?? {}), ["id", "on"]);
  assert.deepEqual(reduceSchema({ type: "array", enum: ["a"], items: { type: "string" } }, {}).items, {
    type: "string",
    enum: ["a"],
  });
});

Deno.test("reduceSchema() refuses a schema that contains itself, and an unknown reference", () => {
  const components: Record<string, Schema> = { Loop: { properties: { next: { $ref: "#/components/schemas/Loop" } } } };
  assert.throws(() => reduceSchema({ $ref: "#/components/schemas/Loop" }, components), /contains itself/);
  assert.throws(() => reduceSchema({ $ref: "#/components/schemas/Ghost" }, components), /does not exist/);
});

Deno.test("SharedSchemas puts what repeats in one place, and the parts still mean the same", () => {
  const large = (): Schema => ({
    type: "object",
    properties: Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`field${index}`, { type: "string", maxLength: 30 }]),
    ),
  });
  const outer: Schema = { type: "object", properties: { a: large(), b: large(), small: { type: "string" } } };
  const shared = new SharedSchemas();
  shared.count(outer, "Outer");
  const reduced = shared.reduce(outer);
  const schemas = shared.schemas();
  const ref = reduced.properties?.a?.$ref ?? "";
  assert.equal(reduced.properties?.b?.$ref, ref);
  assert.deepEqual(schemas[ref.replace("#/schemas/", "")], large());
  assert.deepEqual(reduced.properties?.small, { type: "string" });
});
