import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import { isJsonObject } from "../../../src/core/json.ts";
import { describeEndpoint } from "../../../src/tools/discovery/describe.ts";
import { placeholderOf, placeholdersIn } from "../../../src/tools/discovery/placeholder.ts";

Deno.test("placeholdersIn() finds what was copied out of an example, wherever it stands", () => {
  assert.deepEqual(placeholdersIn({ locationId: "<locationId>", name: "Support" }), ["locationId"]);
  assert.deepEqual(placeholdersIn({ agents: [{ id: "<agents[].id>" }, { id: " <agents[].id> " }] }), ["agents[].id"]);
  assert.deepEqual(placeholdersIn({ ids: ["<ids>", "x"], a: { b: { cId: "<a.b.cId>" } } }), ["ids", "a.b.cId"]);
});

Deno.test("placeholdersIn() leaves every other text in angle brackets alone", () => {
  assert.deepEqual(
    placeholdersIn({ name: "<locationId>", note: "<b>", locationId: "<other>", list: [["<list>"]] }),
    [],
  );
  assert.deepEqual(placeholdersIn({}), []);
});

Deno.test("placeholdersIn() finds every identifier of every example", () => {
  const { endpoints } = embeddedCollection();
  let found = 0;
  for (const endpoint of endpoints) {
    const { example } = describeEndpoint(endpoint, endpoints);
    assert.ok(isJsonObject(example));
    const shown = [...JSON.stringify(example).matchAll(/"(<[A-Za-z][^<>"]*>)"/g)].map(([, text]) => text);
    const places = placeholdersIn(example).map(placeholderOf);
    assert.deepEqual([...new Set(shown)].sort(), places.sort(), endpoint.tool);
    found += places.length;
  }
  assert.ok(found > 1000);
});
