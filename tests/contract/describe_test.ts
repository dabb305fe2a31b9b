import assert from "node:assert/strict";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import fc from "fast-check";
import { argumentsOf } from "../../src/collection/arguments.ts";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import type { Endpoint } from "../../src/collection/endpoint.ts";
import { parseCollection } from "../../src/collection/load.ts";
import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.ts";
import { checkArguments } from "../../src/tools/check.ts";
import { coerceArguments } from "../../src/tools/coerce.ts";
import { type InputSchema, inputSchemaOf } from "../../src/tools/definitions/input_schema.ts";
import { describeEndpoint } from "../../src/tools/discovery/describe.ts";
import { exampleOf } from "../../src/tools/discovery/example.ts";
import { isIdName } from "../../src/tools/discovery/id_sources.ts";
import { checkIds } from "../../src/webex/ids/id_check.ts";
import { buildRequest } from "../../src/webex/requests/request.ts";
import { hostileCollectionFile, hostileOpenApi } from "../support/hostile_collections.ts";

const { endpoints } = embeddedCollection();
const described = endpoints.map((endpoint) => ({ endpoint, description: describeEndpoint(endpoint, endpoints) }));

// A fixed seed: a test that fails now and then helps nobody. Other seeds are tried when this code changes.
const RUNS = { numRuns: 100, seed: 20260302 };

/** Far below what a client lets a result have. */
const MAX_TOKENS = 8_000;
const USUAL_TOKENS = 800;

function object(value: Json | undefined): JsonObject {
  assert.ok(isJsonObject(value));
  return value;
}

Deno.test("describeEndpoint() gives an example that passes the own check, for every endpoint", () => {
  for (const { endpoint, description } of described) {
    const example = object(description.example);
    const schema = inputSchemaOf(endpoint);
    assert.deepEqual(coerceArguments(example, schema), example, endpoint.tool);
    assert.deepEqual(checkArguments(example, schema, endpoint.facts.answerOnly), [], endpoint.tool);
    assert.deepEqual(checkIds(endpoint, example), [], endpoint.tool);
  }
});

Deno.test("describeEndpoint() gives an example that a request can be built from, for every endpoint", async () => {
  for (const { endpoint, description } of described) {
    const readFile = () => Promise.resolve(new Uint8Array([82, 73, 70, 70]));
    const { url } = await buildRequest(endpoint, object(description.example), { readFile });
    assert.doesNotMatch(url.pathname, /\{|\/\//, endpoint.tool);
  }
});

Deno.test("describeEndpoint() gives the whole schema of the operation's arguments, and no option of the server", () => {
  for (const { endpoint, description } of described) {
    const { properties } = object(description.input_schema);
    assert.deepEqual(Object.keys(object(properties)), argumentsOf(endpoint).map(({ name }) => name), endpoint.tool);
  }
});

Deno.test("describeEndpoint() names reads as the sources of identifiers, and arguments as their places", () => {
  const byTool = new Map(endpoints.map((endpoint) => [endpoint.tool, endpoint]));
  for (const { endpoint, description } of described) {
    const names = new Set(argumentsOf(endpoint).map(({ name }) => name));
    for (const [place, tools] of Object.entries(description.ids ?? {})) {
      assert.ok(names.has(place.split(/[.[]/)[0] ?? ""), `${endpoint.tool} ${place}`);
      assert.ok(Array.isArray(tools) && tools.length > 0 && tools.length <= 3 && new Set(tools).size === tools.length);
      for (const tool of tools) assert.equal(byTool.get(String(tool))?.facts.kind, "read", `${endpoint.tool} ${tool}`);
    }
  }
});

Deno.test("describeEndpoint() knows the source of all identifiers in paths but five", () => {
  const unknown = described.flatMap(({ endpoint, description }) => {
    const ids = object(description.ids ?? {});
    return argumentsOf(endpoint).filter(({ place, name, schema }) =>
      place === "path" && schema.enum === undefined && !Object.hasOwn(ids, name)
    ).map(({ name }) => `${name} ${endpoint.path}`);
  });
  // An ISO code, and what only the answer to a write shows.
  assert.deepEqual(unknown.toSorted(), [
    "addressId /telephony/pstn/locations/{locationId}/emergencyAddresses/{addressId}",
    "countryCode /telephony/config/countries/{countryCode}",
    "countryCode /telephony/config/people/me/countries/{countryCode}",
    "s3Path /telephony/config/media/urls/{s3Path}",
    "ttsId /telephony/config/textToSpeech/{ttsId}",
  ]);
});

Deno.test("describeEndpoint() marks every identifier in a path of an example as one to be replaced", () => {
  for (const { endpoint, description } of described) {
    const ids = argumentsOf(endpoint).filter(({ place, name }) => place === "path" && isIdName(name));
    for (const { name } of ids) assert.equal(object(description.example)[name], `<${name}>`, endpoint.tool);
  }
});

Deno.test("describeEndpoint() says of every endpoint what comes back", () => {
  for (const { endpoint, description } of described) {
    const shapes = Object.entries(object(description.response));
    assert.ok(shapes.length > 0, endpoint.tool);
    for (const [status, shape] of shapes) {
      assert.match(status, /^2\d\d$/, endpoint.tool);
      assert.ok(typeof shape === "string" && shape.length > 0 && shape.length < 3_000, `${endpoint.tool} ${shape}`);
      assert.equal(shape === "no body", endpoint.responses[status]?.contentType === undefined, endpoint.tool);
    }
  }
});

Deno.test("describeEndpoint() stays small for every endpoint", () => {
  const counts = described.map(({ description }) => encode(JSON.stringify(description)).length).sort((a, b) => a - b);
  assert.ok((counts.at(-1) ?? 0) <= MAX_TOKENS, `${counts.at(-1)}`);
  assert.ok(
    (counts[Math.floor(counts.length * 0.95)] ?? 0) <= USUAL_TOKENS,
    `${counts[Math.floor(counts.length * 0.95)]}`,
  );
});

function checkForeign(all: readonly Endpoint[]): void {
  for (const endpoint of all) {
    const description = describeEndpoint(endpoint, all);
    const text = JSON.stringify(description);
    assert.deepEqual(JSON.parse(text), description);
    const schema: InputSchema = inputSchemaOf(endpoint);
    const rest = text.length - JSON.stringify(schema).length;
    assert.ok(rest < 60_000, `${rest}`);
    const declared = new Set(Object.keys(schema.properties));
    for (const name of Object.keys(exampleOf(endpoint, schema))) assert.ok(declared.has(name), name);
  }
}

Deno.test("describeEndpoint() describes any legal collection, alone and beside the embedded one", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(hostileOpenApi, hostileCollectionFile), async (root) => {
      const collection = await parseCollection(JSON.stringify(root), "x.json", "mine");
      checkForeign(collection.endpoints);
      const both = [...endpoints, ...collection.endpoints];
      for (const endpoint of collection.endpoints) describeEndpoint(endpoint, both);
    }),
    RUNS,
  );
});

Deno.test("describeEndpoint() ends with schemas that multiply, huge lists of values and names of prototypes", async () => {
  const self = { $ref: "#/components/schemas/A" };
  const wide = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`m${index}Id`, self]));
  const schemas = {
    A: {
      type: "object",
      properties: { ...wide, constructor: self, toString: self },
      allOf: [self, { oneOf: [self, self] }],
    },
    B: { type: "object", properties: wide, required: Object.keys(wide) },
    C: { enum: Array.from({ length: 5_000 }, (_, index) => `value number ${index}`) },
    D: { type: "array", minItems: 1_000_000, items: { type: "array", minItems: 1_000_000, items: { type: "string" } } },
  };
  const body = (name: string) => ({
    content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
  });
  const paths = Object.fromEntries(
    Object.keys(schemas).map((name) => [
      `/${name}/{__proto__}/{constructor}`,
      { post: { summary: name, requestBody: body(name), responses: { "200": body(name) } } },
    ]),
  );
  const text = JSON.stringify({ openapi: "3.0.0", paths, components: { schemas } });
  const { endpoints: foreign } = await parseCollection(text, "x.json", "mine");
  assert.equal(foreign.length, 4);
  checkForeign(foreign);
});
