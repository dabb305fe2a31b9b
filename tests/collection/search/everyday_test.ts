import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import type { Endpoint } from "../../../src/collection/endpoint.ts";
import { everydayPhrases } from "../../../src/collection/search/everyday.ts";
import { EVERYDAY_DEVICES } from "../../../src/collection/search/words/everyday_devices.ts";
import { EVERYDAY_GROUPS } from "../../../src/collection/search/words/everyday_groups.ts";
import { EVERYDAY_RECORDS } from "../../../src/collection/search/words/everyday_records.ts";
import { EVERYDAY_ROUTING } from "../../../src/collection/search/words/everyday_routing.ts";
import { EVERYDAY_SETTINGS } from "../../../src/collection/search/words/everyday_settings.ts";

const { endpoints } = embeddedCollection();
const phrases = everydayPhrases(endpoints);

Deno.test("every everyday line speaks of an endpoint, and has a place of its own", () => {
  const spoken = new Set(phrases.flat());
  const places = new Set<string>();
  for (
    const line of [
      ...EVERYDAY_DEVICES,
      ...EVERYDAY_GROUPS,
      ...EVERYDAY_RECORDS,
      ...EVERYDAY_ROUTING,
      ...EVERYDAY_SETTINGS,
    ]
  ) {
    const [place = "", text = ""] = line.split(" => ");
    assert.ok(text.split(", ").every((phrase) => spoken.has(phrase)), `"${place}" speaks of nothing`);
    places.add(place);
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
