import assert from "node:assert/strict";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { argumentsOf } from "../../src/collection/arguments.ts";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import { MAX_NAME_LENGTH } from "../../src/collection/names.ts";
import { createCatalogue } from "../../src/tools/catalogue.ts";
import { defineTool } from "../../src/tools/definitions/definition.ts";
import type { PlainSchema } from "../../src/tools/definitions/input_schema.ts";
import { preparedDefinitions } from "../../src/tools/definitions/prepared.ts";

const { endpoints } = embeddedCollection();
const tools = endpoints.map((endpoint) => ({ endpoint, tool: defineTool(endpoint) }));

/** Every schema inside of a schema, with its place; itself first. */
function* walk(schema: PlainSchema, place: string): Generator<[string, PlainSchema]> {
  yield [place, schema];
  for (const [name, inner] of Object.entries(schema.properties ?? {})) yield* walk(inner, `${place}.${name}`);
  if (schema.items !== undefined) yield* walk(schema.items, `${place}[]`);
  for (const [index, inner] of (schema.anyOf ?? []).entries()) yield* walk(inner, `${place}|${index}`);
  if (typeof schema.additionalProperties === "object") yield* walk(schema.additionalProperties, `${place}{}`);
}

Deno.test("embeddedCollection() has all 1177 operations in 65 features", () => {
  assert.equal(endpoints.length, 1177);
  assert.equal(new Set(endpoints.map(({ feature }) => feature)).size, 65);
  assert.equal(new Set(endpoints.map(({ method, path }) => `${method} ${path}`)).size, 1177);
});

Deno.test("embeddedCollection() names every tool legally and once, without hash and number suffix", () => {
  const names = endpoints.map(({ tool }) => tool);
  assert.equal(new Set(names).size, names.length);
  for (const name of names) {
    assert.match(name, /^[a-z][a-z0-9_]*$/);
    assert.doesNotMatch(name, /_\d+$|__|_$/);
    assert.ok(name.length <= MAX_NAME_LENGTH, name);
  }
});

Deno.test("embeddedCollection() has no argument that had to yield to another or be renamed", () => {
  for (const endpoint of endpoints) {
    for (const { name, key, place } of argumentsOf(endpoint)) assert.equal(name, place === "body" ? "body" : key);
  }
});

Deno.test("embeddedCollection() declares every name in a path, and only those, as a path parameter", () => {
  for (const { path, parameters, tool } of endpoints) {
    const named = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name);
    const declared = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
    assert.deepEqual(declared.toSorted(), named.toSorted(), tool);
    assert.doesNotMatch(path, /\/$|\/\/|\?|#/, tool);
  }
});

Deno.test("defineTool() gives every property, nested ones too, a type and a description", () => {
  const missing: string[] = [];
  for (const { tool } of tools) {
    for (const [place, { type, properties = {} }] of walk(tool.inputSchema, tool.name)) {
      if (type === undefined) missing.push(`${place}: no type`);
      for (const [name, { description }] of Object.entries(properties)) {
        if (description === undefined || description.trim() === "") missing.push(`${place}.${name}: no description`);
      }
    }
  }
  assert.deepEqual(missing.slice(0, 20), [], `${missing.length} in all`);
});

Deno.test("defineTool() closes every root and uses no reference and no composition there", () => {
  for (const { tool: { name, inputSchema } } of tools) {
    assert.equal(inputSchema.type, "object", name);
    assert.equal(inputSchema.additionalProperties, false, name);
    for (const keyword of ["anyOf", "oneOf", "allOf", "not", "if", "$ref", "$defs", "enum", "const"]) {
      assert.equal(Object.hasOwn(inputSchema, keyword), false, `${name} ${keyword}`);
    }
    for (const required of inputSchema.required ?? []) assert.ok(Object.hasOwn(inputSchema.properties, required), name);
    assert.doesNotMatch(JSON.stringify(inputSchema), /"\$(ref|defs|schema|id)":/);
  }
});

Deno.test("defineTool() makes schemas that Ajv compiles in both drafts", () => {
  for (
    const ajv of [
      new Ajv2020({ strict: false, validateFormats: false }),
      new Ajv({ strict: false, validateFormats: false }),
    ]
  ) {
    for (const { tool } of tools) ajv.compile(tool.inputSchema);
  }
});

Deno.test("defineTool() describes every tool below 2 KB, by feature, title and scope", () => {
  for (const { endpoint, tool: { name, description } } of tools) {
    const { feature, title, facts: { scopes } } = endpoint;
    assert.ok(description.startsWith(`[${feature}] ${title}`), name);
    assert.ok(new TextEncoder().encode(description).length < 2_048, name);
    assert.ok(scopes.length > 0, `${name} has no scope`);
    for (const scope of scopes) assert.ok(description.includes(scope), `${name} does not name ${scope}`);
  }
});

Deno.test("defineTool() annotates in agreement with method and facts", () => {
  for (const { endpoint, tool: { name, annotations } } of tools) {
    const { title, readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = annotations;
    assert.equal(title, endpoint.title);
    assert.equal(openWorldHint, true);
    if (endpoint.method === "GET") assert.equal(readOnlyHint, true, name);
    if (endpoint.method === "DELETE") assert.deepEqual([readOnlyHint, destructiveHint], [false, true], name);
    if (readOnlyHint) assert.deepEqual([destructiveHint, idempotentHint], [false, true], name);
  }
});

Deno.test("defineTool() knows validations that only read and PUTs that can only delete", () => {
  const kinds = (pattern: RegExp, method: string) =>
    tools.filter(({ endpoint }) => endpoint.method === method && pattern.test(endpoint.path)).map(({ tool }) =>
      tool.annotations
    );
  const validations = kinds(/validate|\/precheck/i, "POST");
  assert.ok(validations.length > 5);
  for (const { readOnlyHint } of validations) assert.equal(readOnlyHint, true);
  const deletes = kinds(/\/outgoingPermission\/accessCodes$/, "PUT");
  assert.equal(deletes.length, 4);
  for (const { destructiveHint } of deletes) assert.equal(destructiveHint, true);
});

Deno.test("preparedDefinitions() is what defineTool() makes, in the order of the names", () => {
  const made = createCatalogue(endpoints, "full").definitions();
  assert.deepEqual(preparedDefinitions(false), made);
  assert.deepEqual(preparedDefinitions(true), made.filter(({ annotations }) => annotations.readOnlyHint));
});
