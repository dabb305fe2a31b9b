import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import { featureUri, toolUri } from "../../../src/server/resources/addresses.ts";
import {
  catalogueText,
  countsOf,
  featuresText,
  MAX_RESOURCE_CHARACTERS,
  toolText,
} from "../../../src/server/resources/content.ts";
import { createCatalogueIndex } from "../../../src/tools/catalogue_index.ts";
import { endpointOf, writerOf } from "../../support/endpoints.ts";

const { endpoints, aliases } = embeddedCollection();
const INDEX = createCatalogueIndex({ endpoints: () => Promise.resolve(endpoints) }, () => Promise.resolve(aliases));

/** Far below what clients take: a model may read each. */
const SMALL = 60_000;

Deno.test("catalogueText() counts the tools and names every feature with its address", async () => {
  const text = catalogueText(await INDEX.features());
  assert.ok(text.length < SMALL);
  const value = JSON.parse(text);
  assert.deepEqual([value.tools, value.read_tools + value.write_tools, value.features.length], [1177, 1177, 65]);
  for (const { feature, uri, read_tools: reads, write_tools: writes } of value.features) {
    assert.equal(uri, featureUri(feature));
    assert.equal(reads + writes, endpoints.filter((endpoint) => endpoint.feature === feature).length);
  }
});

Deno.test("featuresText() describes all tools of every feature, within bounds", async () => {
  for (const { name, endpoints: own } of await INDEX.features()) {
    const text = featuresText(await INDEX.matching(name));
    assert.ok(text.length < SMALL, `${name}: ${text.length}`);
    const value = JSON.parse(text);
    assert.deepEqual(value.features, [name]);
    assert.deepEqual(value.tools.map((tool: { name: string }) => tool.name), own.map(({ tool }) => tool));
    assert.deepEqual({ read_tools: value.read_tools, write_tools: value.write_tools }, countsOf(own));
  }
});

Deno.test("featuresText() tells of each tool what it does and where", () => {
  const endpoint = writerOf({}, [], { feature: "Things" });
  assert.deepEqual(JSON.parse(featuresText([{ name: "Things", endpoints: [endpoint] }])).tools, [{
    name: "things_create",
    title: "Create a Thing",
    feature: "Things",
    method: "POST",
    path: "/things",
    kind: "write",
    destructive: false,
    uri: "webex://tools/things_create",
  }]);
});

Deno.test("toolText() describes every tool, within bounds", () => {
  for (const endpoint of endpoints) {
    const text = toolText(endpoint, endpoints);
    assert.ok(text.length < SMALL, `${endpoint.tool}: ${text.length}`);
    const { tool, method, path, kind, scopes, example, input_schema: schema } = JSON.parse(text);
    assert.deepEqual([tool, method, path, kind], [endpoint.tool, endpoint.method, endpoint.path, endpoint.facts.kind]);
    assert.deepEqual(scopes, endpoint.facts.scopes);
    assert.ok(typeof example === "object" && schema.type === "object");
  }
});

Deno.test("featuresText() keeps whole tools of a feature that is too long, and says how many are missing", () => {
  const many = Array.from({ length: 20_000 }, (_, index) => endpointOf({ tool: `things_${index}` }));
  const text = featuresText([{ name: "Things", endpoints: many }]);
  assert.ok(text.length <= MAX_RESOURCE_CHARACTERS && text.length > MAX_RESOURCE_CHARACTERS - 1000);
  const { omitted, tools, read_tools: reads } = JSON.parse(text);
  assert.deepEqual([reads, tools.length + omitted, tools[0].uri], [20_000, 20_000, toolUri("things_0")]);
});

Deno.test("toolText() leaves a schema out that no client would take", () => {
  const description = "x".repeat(MAX_RESOURCE_CHARACTERS);
  const text = toolText(writerOf({ name: { type: "string", description } }), []);
  assert.ok(text.length < 1000);
  assert.deepEqual([JSON.parse(text).omitted, JSON.parse(text).tool], ["input_schema", "things_create"]);
});
