import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import type { Endpoint } from "../../../src/collection/endpoint.ts";
import { everydayPhrases } from "../../../src/collection/search/everyday.ts";

const { endpoints } = embeddedCollection();
const phrases = everydayPhrases(endpoints);

Deno.test("everydayPhrases() has a use for every entry of its file, and one entry for a place", async () => {
  const text = await Deno.readTextFile(new URL("../../../data/search_phrases.txt", import.meta.url));
  const spoken = new Set(phrases.flat());
  const places = new Set<string>();
  for (const entry of text.split(/\n(?! )/).filter((lines) => lines !== "" && !lines.startsWith("#"))) {
    const [place = "", ...lines] = entry.split("\n").map((line) => line.trim());
    assert.ok(!places.has(place), `"${place}" has two entries`);
    places.add(place);
    const said = lines.filter((line) => line !== "").join(" ").split(", ");
    assert.ok(said.every((phrase) => spoken.has(phrase)), `"${place}" speaks of nothing`);
  }
  assert.ok(places.size > 400);
});

Deno.test("everydayPhrases() goes by whole segments, by the end where one is set, and by the method", () => {
  const of = (method: string, path: string) => {
    const at = endpoints.findIndex((endpoint) => endpoint.method === method && endpoint.path === path);
    return phrases[at]?.join(" ") ?? "";
  };
  assert.match(of("DELETE", "/devices/{deviceId}"), /stolen/);
  assert.doesNotMatch(of("GET", "/devices/{deviceId}"), /stolen/);
  assert.match(of("PUT", "/people/{personId}/features/doNotDisturb"), /quiet/);
  assert.doesNotMatch(
    of("GET", "/telephony/config/locations/{locationId}/queues/{queueId}/nightService"),
    /waiting line/,
  );
});

Deno.test("everydayPhrases() says nothing of other collections", () => {
  const others: Endpoint[] = endpoints.slice(0, 3).map((endpoint) => ({ ...endpoint, path: "/documents" }));
  assert.deepEqual(everydayPhrases(others), [[], [], []]);
});
