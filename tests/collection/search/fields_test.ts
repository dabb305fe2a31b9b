import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import type { Endpoint, Schema } from "../../../src/collection/endpoint.ts";
import { fieldTexts, purposeOf } from "../../../src/collection/search/fields.ts";

Deno.test("purposeOf() leaves out what descriptions say of scope, role, paging and effects", () => {
  const description = "Starts empty; add documents next. Returns id, name. Pages of 100, at most 200. Filters: name. " +
    "Starts a job; follow it with a_tool. Scope spark-admin:telephony_config_write. Admin role: full, user.";
  assert.equal(purposeOf(description), "Starts empty; add documents next.");
  for (const endpoint of embeddedCollection().endpoints) {
    assert.doesNotMatch(purposeOf(endpoint.description), /spark|Admin role|Pages of|Filters:/, endpoint.tool);
  }
});

const PLAIN: Endpoint = {
  tool: "pets_create_a_pet",
  id: "1",
  title: "Create a Pet",
  feature: "Pets",
  method: "POST",
  path: "/telephony/config/pets/{petId}/toys",
  description: "Registers an animal.",
  deprecated: false,
  parameters: [
    { name: "petId", in: "path", required: true, schema: {}, explode: true },
    { name: "color", in: "query", required: false, description: "Of the fur", schema: {}, explode: true },
  ],
  responses: { "200": { schema: { properties: { id: {} } } }, "400": { schema: { properties: { problem: {} } } } },
  facts: { kind: "write", destructive: false, idempotent: false, scopes: [], roles: [] },
  schemas: {},
};

Deno.test("fieldTexts() collects the texts of title, feature, path, parameters and answer", () => {
  const texts = fieldTexts(PLAIN, ["Animals"], {
    phrases: ({ method }) => [`furry friend of ${method}`],
    sayings: ({ path }) => [`i want one for ${path}`],
  });
  assert.deepEqual(texts.feature, ["Pets", "Animals"]);
  assert.deepEqual(texts.path, ["pets toys toys"]);
  assert.deepEqual(texts.parameters, ["color"]);
  assert.deepEqual(texts.notes, ["Of the fur"]);
  assert.deepEqual(texts.answers, ["id"]);
  assert.deepEqual(texts.everyday, ["furry friend of POST"]);
  assert.deepEqual(texts.sayings, [`i want one for ${PLAIN.path}`]);
});

Deno.test("fieldTexts() collects nested members, through references, once around a circle", () => {
  const node: Schema = { properties: { child: { $ref: "#/schemas/Node" }, label: { enum: ["RED", 1] } } };
  const schema: Schema = {
    allOf: [{ $ref: "#/schemas/Node" }],
    properties: { rows: { items: { properties: { cell: {} } } } },
  };
  const texts = fieldTexts(
    { ...PLAIN, schemas: { Node: node }, body: { contentType: "application/json", required: true, schema } },
    [],
    undefined,
  );
  assert.deepEqual(texts.members, ["rows", "cell", "child", "label"]);
  assert.ok(texts.notes.includes("RED"));
});

Deno.test("fieldTexts() takes no member of a prototype for a schema", () => {
  const schema: Schema = { $ref: "#/schemas/constructor" };
  const texts = fieldTexts(
    { ...PLAIN, body: { contentType: "application/json", required: true, schema } },
    [],
    undefined,
  );
  assert.deepEqual(texts.members, []);
});
