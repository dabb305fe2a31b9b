import assert from "node:assert/strict";
import { parse } from "yaml";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import { embeddedSpeech } from "../../src/collection/embedded_speech.ts";
import { createSearchIndex } from "../../src/collection/search/search_index.ts";

const { endpoints, aliases } = embeddedCollection();
const speech = embeddedSpeech();
const index = createSearchIndex([{ endpoints, aliases, speech }]);

/** The share of requests that find a right tool among the first so many. */
function recall(requests: readonly { request: string; tools: readonly string[] }[], within: number): number {
  const found = requests.filter(({ request, tools }) =>
    index.search(request, { limit: within }).endpoints.some(({ tool }) => tools.includes(tool))
  );
  return found.length / requests.length;
}

Deno.test("search() finds an endpoint by its own title and feature within the first ten", () => {
  const requests = endpoints.map(({ title, feature, tool }) => ({ request: `${title} ${feature}`, tools: [tool] }));
  assert.ok(recall(requests, 10) >= 0.99, String(recall(requests, 10)));
});

Deno.test("search() finds an endpoint by its bare title among those that have the title", () => {
  for (const { title, tool } of endpoints) {
    const twins = endpoints.filter((endpoint) => endpoint.title.toLowerCase() === title.toLowerCase()).length;
    const found = index.search(title, { limit: twins }).endpoints.map((endpoint) => endpoint.tool);
    assert.ok(found.includes(tool), `"${title}" finds ${found.join(", ")}`);
  }
});

function textOf(file: string): Promise<string> {
  return Deno.readTextFile(new URL(`../../data/${file}`, import.meta.url));
}

Deno.test("data/search_phrases.txt has a use for every entry, and one entry for a place", async () => {
  const spoken = new Set(endpoints.flatMap((endpoint) => speech.phrases(endpoint)));
  const places = new Set<string>();
  const entries = (await textOf("search_phrases.txt")).split(/\n(?! )/);
  for (const entry of entries.filter((lines) => lines !== "" && !lines.startsWith("#"))) {
    const [place = "", ...lines] = entry.split("\n").map((line) => line.trim());
    assert.ok(!places.has(place), `"${place}" has two entries`);
    places.add(place);
    const said = lines.filter((line) => line !== "").join(" ").split(", ");
    assert.ok(said.every((phrase) => spoken.has(phrase)), `"${place}" speaks of nothing`);
  }
  assert.ok(places.size > 400);
});

Deno.test("data/search_sayings.txt has one line for every operation and for nothing else", async () => {
  const lines = (await textOf("search_sayings.txt")).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const operations = lines.map((line) => line.split(" => ")[0]);
  const known = endpoints.map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual(operations.toSorted(), known.toSorted());
});

Deno.test("data/search_sayings.txt has several sayings of every operation, and none of two", () => {
  const owners = new Map<string, string>();
  for (const endpoint of endpoints) {
    const sayings = speech.sayings(endpoint);
    assert.ok(sayings.length >= LEAST_SAYINGS, `${endpoint.tool} has ${sayings.length} sayings`);
    for (const saying of sayings) {
      assert.match(saying, /^[^\sA-Z;]([^A-Z;]*[^\sA-Z;])?$/, `"${saying}" of ${endpoint.tool}`);
      assert.equal(owners.get(saying), undefined, `"${saying}" is said of ${endpoint.tool}, too`);
      owners.set(saying, endpoint.tool);
    }
  }
});

/** Fewer catch too little of how differently people ask. */
const LEAST_SAYINGS = 8;

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

Deno.test("labelled requests are of every feature, at least 200 in each half, and none is in both", async () => {
  const [test, tuning] = [await labelled("test.yaml"), await labelled("tuning.yaml")];
  assert.ok(test.length >= 200 && tuning.length >= 200);
  const features = new Map(endpoints.map(({ tool, feature }) => [tool, feature]));
  const spoken = new Set([...test, ...tuning].flatMap(({ tools }) => tools.map((tool) => features.get(tool))));
  assert.deepEqual([...new Set(features.values())].filter((feature) => !spoken.has(feature)), []);
  const known = new Set(tuning.map(({ request }) => request.toLowerCase()));
  assert.deepEqual(test.filter(({ request }) => known.has(request.toLowerCase())), []);
});

/** A little below what was measured, so that it falls only when something is lost. */
const RECALL_FLOOR = 0.91;
