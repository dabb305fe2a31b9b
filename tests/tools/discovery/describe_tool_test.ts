import assert from "node:assert/strict";
import { createCatalogue } from "../../../src/tools/catalogue.ts";
import { createDescribeTool } from "../../../src/tools/discovery/describe_tool.ts";
import { toolFinder } from "../../../src/tools/surface/discovery_surface.ts";
import { contextOf } from "../../support/calls.ts";
import { endpointOf } from "../../support/endpoints.ts";

const LIST = endpointOf({ tool: "things_list", formerly: ["things_read"] });
const catalogue = createCatalogue([LIST], "full");
const tool = createDescribeTool(toolFinder(catalogue), catalogue.endpoints);

Deno.test("createDescribeTool() describes a tool by its present or a former name", async () => {
  for (const name of ["things_list", "things_read", " things_list "]) {
    const { isError, value } = await tool.call({ tool: name }, contextOf());
    assert.deepEqual([isError, value.tool, value.call_with], [false, "things_list", "webex_read"]);
  }
});

Deno.test("createDescribeTool() lists the nearest of an unknown name", async () => {
  await assert.rejects(
    tool.call({ tool: "thngs_list" }, contextOf()),
    /Unknown tool "thngs_list": did you mean "things_list"/,
  );
});

Deno.test("createDescribeTool() tells what a person will be asked about", async () => {
  const remove = endpointOf({ tool: "things_delete", method: "DELETE", path: "/things/{id}" }, { kind: "write" });
  const own = createCatalogue([remove], "full");
  const { value } = await createDescribeTool(toolFinder(own), own.endpoints).call(
    { tool: "things_delete" },
    contextOf(),
  );
  assert.deepEqual(value.risks, ["Deletes it; that cannot be undone"]);
  assert.equal((await tool.call({ tool: "things_list" }, contextOf())).value.risks, undefined);
});
