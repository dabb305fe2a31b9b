import assert from "node:assert/strict";
import type { Collection } from "../../../src/collection/endpoint.ts";
import { createSearchTool, searchTools } from "../../../src/tools/discovery/search_tool.ts";
import { createToolSearch } from "../../../src/tools/discovery/tool_search.ts";
import { contextOf } from "../../support/calls.ts";
import { endpointOf, writerOf } from "../../support/endpoints.ts";

const PARK = endpointOf({
  tool: "park_list",
  title: "List Call Parks",
  feature: "Features: Call Park",
  path: "/parks",
});
const MAKE = writerOf({ name: { type: "string" } }, [], {
  tool: "park_create",
  title: "Create a Call Park",
  feature: "Features: Call Park",
  path: "/parks",
});
const TRUNK = endpointOf({ tool: "trunk_list", title: "List Trunks", feature: "Routing", path: "/trunks" });
const HIDDEN = endpointOf({ tool: "park_hidden", title: "Hidden Call Park", feature: "Secret", path: "/parks/hidden" });

const COLLECTION: Collection = {
  source: "test",
  namespace: "",
  endpoints: [PARK, MAKE, TRUNK, HIDDEN],
  aliases: { "Features: Call Park": ["Parking"] },
};

function search() {
  const catalogue = { endpoints: () => Promise.resolve([PARK, MAKE, TRUNK]) };
  return createToolSearch(catalogue, () => Promise.resolve([COLLECTION]));
}

async function found(args: Record<string, string | number>): Promise<string[]> {
  const { value } = await createSearchTool(search()).call({ query: "park", ...args }, contextOf());
  const results = value.results as { tool: string }[];
  return results.map(({ tool }) => tool);
}

Deno.test("searchTools() tells of each tool what a model chooses by", async () => {
  assert.deepEqual(await searchTools(search(), { query: "which parks", limit: 1 }), {
    results: [{
      tool: "park_list",
      title: "List Call Parks",
      feature: "Features: Call Park",
      method: "GET",
      path: "/parks",
      kind: "read",
    }],
    total: 2,
  });
});

Deno.test("createSearchTool() keeps to kind, feature and limit", async () => {
  assert.deepEqual((await found({})).toSorted(), ["park_create", "park_list"]);
  assert.deepEqual(await found({ kind: "write" }), ["park_create"]);
  assert.deepEqual((await found({ feature: "parking" })).toSorted(), ["park_create", "park_list"]);
  assert.deepEqual(await found({ feature: "routing", query: "trunks" }), ["trunk_list"]);
  assert.equal((await found({ limit: 1 })).length, 1);
});

Deno.test("createToolSearch() finds nothing that is not selected", async () => {
  assert.deepEqual(await found({ query: "hidden secret", limit: 50 }), []);
});

Deno.test("createSearchTool() says what to do where nothing fits", async () => {
  const { isError, value } = await createSearchTool(search()).call({ query: "qqqq zzzz" }, contextOf());
  assert.deepEqual([isError, value.results, value.total], [false, [], 0]);
  assert.match(String(value.guidance), /other words/);
});

Deno.test("createSearchTool() refuses an unknown feature and lists the nearest", async () => {
  await assert.rejects(
    found({ feature: "cal parc" }),
    /Unknown feature "cal parc": did you mean "Call Park"/,
  );
});
