import assert from "node:assert/strict";
import { createCatalogue } from "../../src/tools/catalogue.ts";
import { defineTool } from "../../src/tools/definition.ts";
import { endpointOf } from "../support/endpoints.ts";

const LIST = endpointOf({ tool: "things_list" });
const CREATE = endpointOf({ tool: "things_create", method: "POST", formerly: ["things_make"] });
const BOTH = () => [LIST, CREATE];

Deno.test("createCatalogue() lists the definitions in the order of their names, made once", () => {
  const catalogue = createCatalogue(BOTH, { schema: "full" });
  assert.deepEqual(catalogue.definitions().map(({ name }) => name), ["things_create", "things_list"]);
  assert.equal(catalogue.definitions(), catalogue.definitions());
  assert.equal(catalogue.size, 2);
  assert.deepEqual(catalogue.endpoints, [LIST, CREATE]);
});

Deno.test("createCatalogue() lists the same whatever the order of the endpoints", () => {
  const [a, b] = [BOTH, () => [CREATE, LIST]].map((select) =>
    createCatalogue(select, { schema: "full" }).definitions()
  );
  assert.deepEqual(a, b);
});

Deno.test("find() finds a tool by its name and by a former one, and nothing that objects inherit", () => {
  const { find } = createCatalogue(BOTH, { schema: "full" });
  assert.equal(find("things_list"), LIST);
  assert.equal(find("things_make"), CREATE);
  for (const name of ["", "Things_List", "constructor", "__proto__"]) assert.equal(find(name), undefined);
});

Deno.test("find() prefers a tool's present name to another's former one", () => {
  const renamed = endpointOf({ tool: "things_get", formerly: ["things_list"] });
  assert.equal(createCatalogue(() => [renamed, LIST], { schema: "full" }).find("things_list"), LIST);
});

Deno.test("nearest() names the tools that may have been meant", () => {
  const { nearest } = createCatalogue(BOTH, { schema: "full" });
  assert.equal(nearest("thing_list")[0], "things_list");
  assert.deepEqual(nearest("qqqq"), []);
});

Deno.test("createCatalogue() makes lean definitions where they are wanted", () => {
  const [tool] = createCatalogue(() => [LIST], { schema: "compact" }).definitions();
  assert.deepEqual(tool?.annotations, { readOnlyHint: true });
});

Deno.test("createCatalogue() reads no endpoint before one is needed when the definitions are prepared", () => {
  let selected = 0;
  const select = () => {
    selected++;
    return [LIST];
  };
  const catalogue = createCatalogue(select, { schema: "full", definitions: () => [defineTool(LIST)] });
  assert.equal(catalogue.size, 1);
  assert.deepEqual(catalogue.definitions(), [defineTool(LIST)]);
  assert.equal(selected, 0);
  assert.equal(catalogue.find("things_list"), LIST);
  catalogue.find("things_list");
  assert.equal(selected, 1);
});

Deno.test("createCatalogue() shows nothing where nothing is selected", () => {
  const catalogue = createCatalogue(() => [], { schema: "full" });
  assert.deepEqual([catalogue.size, catalogue.definitions(), catalogue.nearest("x")], [0, [], []]);
});
