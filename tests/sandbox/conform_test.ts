import assert from "node:assert/strict";
import { problemsOf } from "../../src/sandbox/conform.ts";

Deno.test("problemsOf() names the place of what is wrong", () => {
  const schema = {
    type: "object",
    required: ["name"],
    properties: { agents: { type: "array", items: { type: "object", properties: { id: { type: "string" } } } } },
  };
  assert.deepEqual(problemsOf({ agents: [{ id: "a" }, { id: 1 }] }, schema, {}), [
    "name is required",
    "agents.1.id must be string",
  ]);
});

Deno.test("problemsOf() checks enums, bounds, lengths and patterns", () => {
  assert.deepEqual(problemsOf("C", { type: "string", enum: ["A", "B"] }, {}), ["must be one of A, B"]);
  assert.deepEqual(problemsOf(0, { type: "integer", minimum: 1 }, {}), ["must be >= 1"]);
  assert.deepEqual(problemsOf(1.5, { type: "integer" }, {}), ["must be integer"]);
  assert.deepEqual(problemsOf("ab", { type: "string", minLength: 3 }, {}), ["must have at least 3 characters"]);
  assert.deepEqual(problemsOf("ab", { type: "string", pattern: "^\\d+$" }, {}), ["must match ^\\d+$"]);
  assert.deepEqual(problemsOf([], { type: "array", minItems: 1 }, {}), ["must have at least 1 items"]);
});

Deno.test("problemsOf() accepts null where the schema is nullable", () => {
  assert.deepEqual(problemsOf(null, { type: "string", nullable: true }, {}), []);
  assert.deepEqual(problemsOf(null, { type: ["string", "null"] }, {}), []);
  assert.deepEqual(problemsOf(null, { type: "string" }, {}), ["must be string"]);
});

Deno.test("problemsOf() follows references, also in circles, and choices", () => {
  const schemas = {
    Tree: { type: "object", properties: { child: { $ref: "#/schemas/Tree" }, size: { type: "number" } } },
  };
  assert.deepEqual(problemsOf({ child: { child: { size: "1" } } }, { $ref: "#/schemas/Tree" }, schemas), [
    "child.child.size must be number",
  ]);
  assert.deepEqual(problemsOf(true, { oneOf: [{ type: "string" }, { type: "boolean" }] }, {}), []);
  assert.deepEqual(problemsOf(1, { anyOf: [{ type: "string" }, { type: "boolean" }] }, {}), ["must be string"]);
});

Deno.test("problemsOf() welcomes members that the schema doesn't name", () => {
  assert.deepEqual(problemsOf({ other: 1 }, { type: "object", properties: {} }, {}), []);
});
