import assert from "node:assert/strict";
import type { Schema } from "../../../src/collection/endpoint.ts";
import { compactDefinition } from "../../../src/tools/definitions/compact.ts";
import { defineTool, type ListedTool } from "../../../src/tools/definitions/definition.ts";
import { endpointOf, parameterOf, writerOf } from "../../support/endpoints.ts";

const NESTED: Schema = {
  type: "object",
  description: "Outer",
  properties: {
    b: { type: "string", description: "Inner", enum: ["x"], minLength: 1, default: "x" },
    list: {
      type: "array",
      minItems: 1,
      items: { type: "object", description: "Item", properties: { c: { type: "string" } } },
    },
    map: { type: "object", additionalProperties: { type: "integer", description: "Value" } },
    choice: { oneOf: [{ type: "string", description: "Text" }, { type: "integer" }] },
  },
  required: ["b"],
};

function compactOf(endpoint: Parameters<typeof defineTool>[0]): ListedTool {
  return compactDefinition(endpoint, defineTool(endpoint));
}

Deno.test("compactDefinition() keeps every argument and nested field with type, enum and required mark", () => {
  assert.deepEqual(compactOf(writerOf({ a: NESTED })).inputSchema.properties["a"], {
    type: "object",
    properties: {
      b: { type: "string", enum: ["x"] },
      list: { type: "array", items: { type: "object", properties: { c: { type: "string" } } } },
      map: { type: "object", additionalProperties: { type: "integer" } },
      choice: { type: ["string", "integer"], anyOf: [{ type: "string" }, { type: "integer" }] },
    },
    required: ["b"],
  });
});

Deno.test("compactDefinition() keeps fields whose names are those of keywords that it leaves out", () => {
  const names = ["description", "default", "minimum", "minLength", "minItems"];
  const properties = Object.fromEntries(
    names.map((name): [string, Schema] => [name, { type: "string", description: "D" }]),
  );
  const { a } = compactOf(writerOf({ a: { type: "object", properties } })).inputSchema.properties;
  assert.deepEqual(Object.keys(a?.properties ?? {}), names);
  assert.deepEqual(Object.keys(compactOf(writerOf(properties)).inputSchema.properties), names);
});

Deno.test("compactDefinition() keeps the descriptions of required arguments that are not in the path", () => {
  const describe = { schema: { type: "string" }, description: "Said" };
  const endpoint = endpointOf({
    parameters: [
      parameterOf("id", { in: "path", ...describe }),
      parameterOf("start", { required: true, ...describe }),
      parameterOf("max", describe),
    ],
  });
  const { properties, required } = compactOf(endpoint).inputSchema;
  assert.deepEqual(properties, {
    id: { type: "string" },
    start: { type: "string", description: "Said" },
    max: { type: "string" },
  });
  assert.deepEqual(required, ["id", "start"]);
});

Deno.test("compactDefinition() changes nothing of the complete definition", () => {
  const endpoint = writerOf({ a: NESTED }, ["a"]);
  const definition = defineTool(endpoint);
  const before = JSON.stringify(definition);
  compactDefinition(endpoint, definition);
  assert.equal(JSON.stringify(definition), before);
});

Deno.test("compactDefinition() begins with feature and title and names danger and scope", () => {
  const description = "Deletes it. Cannot be undone.";
  const endpoint = endpointOf({ description }, { scopes: ["a:write", "b:write"], danger: "Interrupts calls" });
  assert.equal(compactOf(endpoint).description, "[Things] List Things: Interrupts calls. a:write or b:write.");
  assert.equal(compactOf(endpointOf({ description })).description, "[Things] List Things: Deletes it.");
});

Deno.test("compactDefinition() leaves out only the hints that equal the protocol's defaults", () => {
  // A tool without hints counts as one that writes, destroys and does so again at each call.
  const hints = (...[kind, destructive, idempotent]: ["read" | "write", boolean, boolean]) =>
    compactOf(endpointOf({}, { kind, destructive, idempotent })).annotations;
  assert.deepEqual(hints("read", false, true), { readOnlyHint: true });
  assert.deepEqual(hints("write", true, false), {});
  assert.deepEqual(hints("write", false, false), { destructiveHint: false });
  assert.deepEqual(hints("write", true, true), { idempotentHint: true });
});
