import assert from "node:assert/strict";
import { createCatalogue, createPreparedCatalogue } from "../../src/tools/catalogue.ts";
import { defineTool } from "../../src/tools/definitions/definition.ts";
import { endpointOf } from "../support/endpoints.ts";

const LIST = endpointOf({ tool: "things_list" });
const CREATE = endpointOf({ tool: "things_create", method: "POST", formerly: ["things_make"] });
const BOTH = [LIST, CREATE];

Deno.test("createCatalogue() lists the definitions in the order of their names, made once", async () => {
  const catalogue = createCatalogue(BOTH, "full");
  assert.deepEqual(catalogue.definitions().map(({ name }) => name), ["things_create", "things_list"]);
  assert.equal(catalogue.definitions(), catalogue.definitions());
  assert.equal(catalogue.size, 2);
  assert.deepEqual(await catalogue.endpoints(), [LIST, CREATE]);
});

Deno.test("createCatalogue() lists the same whatever the order of the endpoints", () => {
  const [a, b] = [BOTH, [CREATE, LIST]].map((endpoints) => createCatalogue(endpoints, "full").definitions());
  assert.deepEqual(a, b);
});

Deno.test("find() finds a tool by its name and by a former one, and nothing that objects inherit", async () => {
  const { find } = createCatalogue(BOTH, "full");
  assert.equal(await find("things_list"), LIST);
  assert.equal(await find("things_make"), CREATE);
  for (const name of ["", "Things_List", "constructor", "__proto__"]) assert.equal(await find(name), undefined);
});

Deno.test("find() prefers a tool's present name to another's former one", async () => {
  const renamed = endpointOf({ tool: "things_get", formerly: ["things_list"] });
  assert.equal(await createCatalogue([renamed, LIST], "full").find("things_list"), LIST);
});

Deno.test("nearest() names the tools that may have been meant", () => {
  const { nearest } = createCatalogue(BOTH, "full");
  assert.equal(nearest("thing_list")[0], "things_list");
  assert.deepEqual(nearest("qqqq"), []);
});

Deno.test("createCatalogue() makes lean definitions where they are wanted", () => {
  const [tool] = createCatalogue([LIST], "compact").definitions();
  assert.deepEqual(tool?.annotations, { readOnlyHint: true });
});

Deno.test("createPreparedCatalogue() loads no endpoint before one is needed, and then once", async () => {
  let loaded = 0;
  const load = () => {
    loaded++;
    return Promise.resolve([LIST]);
  };
  const catalogue = createPreparedCatalogue(() => [defineTool(LIST)], load);
  assert.equal(catalogue.size, 1);
  assert.deepEqual(catalogue.definitions(), [defineTool(LIST)]);
  assert.deepEqual(catalogue.nearest("thing_list"), ["things_list"]);
  assert.equal(loaded, 0);
  assert.equal(await catalogue.find("things_list"), LIST);
  await catalogue.find("things_list");
  await catalogue.endpoints();
  assert.equal(loaded, 1);
});

Deno.test("createCatalogue() shows nothing where nothing is selected", () => {
  const catalogue = createCatalogue([], "full");
  assert.deepEqual([catalogue.size, catalogue.definitions(), catalogue.nearest("x")], [0, [], []]);
});
