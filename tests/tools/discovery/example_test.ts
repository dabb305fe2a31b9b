import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import type { Endpoint, Schema } from "../../../src/collection/endpoint.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { checkArguments } from "../../../src/tools/check.ts";
import { inputSchemaOf } from "../../../src/tools/definitions/input_schema.ts";
import { exampleOf } from "../../../src/tools/discovery/example.ts";
import { endpointOf, parameterOf, writerOf } from "../../support/endpoints.ts";

function examples(endpoint: Endpoint): JsonObject {
  const schema = inputSchemaOf(endpoint);
  const example = exampleOf(endpoint, schema);
  assert.deepEqual(checkArguments(example, schema), []);
  return example;
}

function embedded(tool: string): JsonObject {
  const endpoint = embeddedCollection().endpoints.find((one) => one.tool === tool);
  assert.ok(endpoint);
  return examples(endpoint);
}

const text: Schema = { type: "string" };

Deno.test("exampleOf() shows what is required, with identifiers to be replaced", () => {
  const endpoint = endpointOf({
    path: "/things/{thingId}",
    parameters: [
      parameterOf("thingId", { in: "path" }),
      parameterOf("max", { schema: { type: "integer" } }),
      parameterOf("since", { required: true }),
    ],
  });
  assert.deepEqual(examples(endpoint), { thingId: "<thingId>", since: "<since>" });
});

Deno.test("exampleOf() names the place of an identifier as the sources of identifiers do", () => {
  const agents: Schema = { type: "array", items: { type: "object", properties: { id: text }, required: ["id"] } };
  const ids: Schema = { type: "array", items: text, minItems: 2 };
  assert.deepEqual(examples(writerOf({ agents, recordingIds: ids }, ["agents", "recordingIds"])), {
    agents: [{ id: "<agents[].id>" }],
    recordingIds: ["<recordingIds>", "<recordingIds>"],
  });
});

Deno.test("exampleOf() shows the first fields of a body that requires none, without what is out of use", () => {
  const fields = {
    orgId: text,
    old: { type: "string", description: "Deprecated, use name" },
    ignored: { type: "string", description: "Read-only, ignored" },
    name: text,
    size: { type: "integer", minimum: 5 },
    deleteAll: { type: "boolean" },
    further: text,
  };
  assert.deepEqual(examples(writerOf(fields)), { name: "Support", size: 5, deleteAll: false });
});

Deno.test("exampleOf() stays within the bounds of numbers, texts and lists", () => {
  const fields: Record<string, Schema> = {
    delayTimer: { type: "number", maximum: 20 },
    step: { type: "integer", minimum: 1, multipleOf: 30 },
    above: { type: "integer", exclusiveMinimum: 7 },
    range: { type: "number", description: "Seconds, 30-600" },
    short: { type: "string", maxLength: 4 },
    long: { type: "string", minLength: 20 },
    kinds: { type: "array", items: { enum: ["a", "b", "c"] }, minItems: 2, uniqueItems: true },
    nothing: { type: "array", items: text, maxItems: 0 },
    mode: { enum: ["CUSTOM", "DEFAULT"] },
    usual: { enum: ["a", "b"], default: "b" },
    fixed: { const: "x" },
  };
  const example = examples(writerOf(fields, Object.keys(fields)));
  assert.deepEqual(example, {
    ...example,
    delayTimer: 20,
    step: 30,
    above: 8,
    range: 30,
    kinds: ["a", "b"],
    nothing: [],
    mode: "DEFAULT",
    usual: "b",
    fixed: "x",
  });
});

Deno.test("exampleOf() gives the companions of well-known calls", () => {
  assert.deepEqual(embedded("people_create_a_person"), {
    emails: ["alex.morgan@example.com"],
    displayName: "Alex Morgan",
    firstName: "Alex",
    lastName: "Morgan",
  });
  assert.equal(embedded("hunt_group_create_a_hunt_group").extension, "1000");
  assert.deepEqual(Object.keys(embedded("devices_create_a_device_activation_code")), ["personId", "model"]);
});

Deno.test("exampleOf() points to files by a path", () => {
  const file: Schema = { type: "string", format: "binary" };
  const body = {
    contentType: "multipart/form-data",
    required: true,
    schema: { type: "object", properties: { file }, required: ["file"] },
    encoding: { file: { contentType: "image/png" } },
  };
  assert.deepEqual(examples(writerOf({}, [], { body })), { file: { path: "/home/alex/background.png" } });
});

Deno.test("exampleOf() stays small where lists and objects multiply", () => {
  let schema: Schema = text;
  for (let depth = 0; depth < 8; depth++) {
    const names = Array.from({ length: 9 }, (_, index) => `n${index}`);
    const inner = schema;
    const members = Object.fromEntries(names.map((name) => [name, inner]));
    schema = { type: "array", minItems: 1000, items: { properties: members, required: names } };
  }
  const endpoint = writerOf({ grid: schema, pad: { type: "string", minLength: 2 ** 30 } }, ["grid", "pad"]);
  assert.ok(JSON.stringify(exampleOf(endpoint, inputSchemaOf(endpoint))).length < 60_000);
});
