import assert from "node:assert/strict";
import { parse } from "yaml";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import { createSearchIndex } from "../../src/collection/search/search_index.ts";

const { endpoints, aliases } = embeddedCollection();
const index = createSearchIndex([{ endpoints, aliases }]);

/** The share of requests that find a right tool among the first so many. */
function recall(requests: readonly { request: string; tools: readonly string[] }[], within: number): number {
  const found = requests.filter(({ request, tools }) =>
    index.search(request, { limit: within }).endpoints.some(({ tool }) => tools.includes(tool))
  );
  return found.length / requests.length;
}

Deno.test("search() finds an endpoint by its own title and feature within the first ten", () => {
  // Several features hold the same operation for callers of any kind, with one title; a few are lost among their twins.
  const requests = endpoints.map(({ title, feature, tool }) => ({ request: `${title} ${feature}`, tools: [tool] }));
  assert.ok(recall(requests, 10) >= 0.98, String(recall(requests, 10)));
});

Deno.test("search() finds an endpoint by its bare title among those that have the title", () => {
  for (const { title, tool } of endpoints) {
    const twins = endpoints.filter((endpoint) => endpoint.title.toLowerCase() === title.toLowerCase()).length;
    const found = index.search(title, { limit: twins }).endpoints.map((endpoint) => endpoint.tool);
    assert.ok(found.includes(tool), `"${title}" finds ${found.join(", ")}`);
  }
});

async function labelled(file: string): Promise<{ request: string; tools: string[] }[]> {
  return parse(await Deno.readTextFile(new URL(`../../bench/search_requests/${file}`, import.meta.url)));
}

Deno.test("search() keeps its recall on labelled requests", async () => {
  const test = await labelled("test.yaml");
  const tools = new Set(endpoints.map(({ tool }) => tool));
  for (const { tools: wanted } of [...test, ...await labelled("tuning.yaml")]) {
    assert.ok(wanted.some((tool) => tools.has(tool)), `no tool is called ${wanted.join(" or ")}`);
  }
  assert.ok(recall(test, 5) >= RECALL_FLOOR, String(recall(test, 5)));
});

/** A little below what was measured, so that it falls only when something is lost. */
const RECALL_FLOOR = 0.8;
