import assert from "node:assert/strict";
import { createCatalogueIndex } from "../../src/tools/catalogue_index.ts";
import { endpointOf } from "../support/endpoints.ts";

const ENDPOINTS = [
  endpointOf({ tool: "hunt_list", feature: "Features: Hunt Group", path: "/groups" }),
  endpointOf({ tool: "people_list", feature: "People", path: "/people" }),
  endpointOf({ tool: "hunt_get", feature: "Features: Hunt Group", path: "/groups/{id}" }),
  endpointOf({ tool: "other_people_list", feature: "People", path: "/people" }),
];

function indexOf() {
  const loads = { endpoints: 0 };
  const index = createCatalogueIndex(
    { endpoints: () => Promise.resolve(ENDPOINTS.slice(0, ++loads.endpoints && 4)) },
    () => Promise.resolve({ "Features: Hunt Group": ["Ring Groups"], "Left Out": ["Ghost"] }),
  );
  return { index, loads };
}

Deno.test("createCatalogueIndex() groups tools by feature, and loads them once and late", async () => {
  const { index, loads } = indexOf();
  assert.equal(loads.endpoints, 0);
  const features = await index.features();
  assert.deepEqual(features.map(({ name, endpoints }) => [name, endpoints.map(({ tool }) => tool)]), [
    ["Features: Hunt Group", ["hunt_list", "hunt_get"]],
    ["People", ["people_list", "other_people_list"]],
  ]);
  await index.operations();
  await index.matching("people");
  assert.equal(loads.endpoints, 1);
});

Deno.test("createCatalogueIndex() finds features by any of their names, and only those that are there", async () => {
  const { index } = indexOf();
  const names = async (name: string) => (await index.matching(name)).map((feature) => feature.name);
  for (const name of ["Features: Hunt Group", "hunt-group", "ring groups"]) {
    assert.deepEqual(await names(name), ["Features: Hunt Group"]);
  }
  assert.deepEqual(await names("ghost"), []);
  assert.deepEqual(await names("left out"), []);
  assert.deepEqual(await index.nearest("hunt grup"), ["Hunt Group", "Ring Groups"]);
  assert.deepEqual(await index.nearest("ghots"), []);
});

Deno.test("createCatalogueIndex() finds the first tool of an operation", async () => {
  const find = await indexOf().index.operations();
  assert.equal(find("GET /people"), "people_list");
  assert.equal(find("GET /groups/{id}"), "hunt_get");
  assert.equal(find("POST /people"), undefined);
});
