import assert from "node:assert/strict";
import { createCatalogue } from "../../../src/tools/catalogue.ts";
import { createFullSurface } from "../../../src/tools/surface/full_surface.ts";
import { echo } from "../../support/desk.ts";
import { endpointOf, writerOf } from "../../support/endpoints.ts";

const LIST = endpointOf({ tool: "things_list" });
const CREATE = writerOf({ name: { type: "string" } });

function surface(confirmsAll = false) {
  return createFullSurface({ catalogue: createCatalogue([LIST, CREATE], "full"), builtIns: [echo()], confirmsAll });
}

Deno.test("definitions() lists endpoints and the server's own tools by name, the same array each time", () => {
  const all = surface();
  assert.deepEqual(all.definitions().map(({ name }) => name), ["things_create", "things_list", "webex_echo"]);
  assert.equal(all.definitions(), all.definitions());
});

Deno.test("definitions() shows how to confirm every change where every change has to be", () => {
  const planned = (confirmsAll: boolean) =>
    surface(confirmsAll).definitions().filter(({ inputSchema }) => "plan_id" in inputSchema.properties)
      .map(({ name }) => name);
  assert.deepEqual(planned(false), []);
  assert.deepEqual(planned(true), ["things_create"]);
});

Deno.test("resolve() parts the controls of a change from its arguments", async () => {
  assert.deepEqual(await surface().resolve("things_create", { name: "x", dry_run: true }), {
    kind: "endpoint",
    endpoint: CREATE,
    args: { name: "x" },
    control: { dryRun: true, planId: undefined },
  });
  const refused = await surface().resolve("things_create", { dry_run: "perhaps" });
  assert.equal(refused?.kind, "refused");
});

Deno.test("resolve() finds the server's own tools, and nothing else", async () => {
  assert.equal((await surface().resolve("webex_echo", {}))?.kind, "built_in");
  for (const name of ["things_drop", "webex_search", "constructor", ""]) {
    assert.equal(await surface().resolve(name, {}), undefined, name);
  }
});
