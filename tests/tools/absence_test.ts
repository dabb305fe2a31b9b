import assert from "node:assert/strict";
import { absenceFrom } from "../../src/tools/absence.ts";
import { createCatalogue } from "../../src/tools/catalogue.ts";
import { endpointOf, writerOf } from "../support/endpoints.ts";

const LIST = endpointOf({ tool: "things_list", feature: "Things" });
const CREATE = writerOf({}, [], { tool: "things_create", feature: "Things", formerly: ["things_make"] });
const all = () => Promise.resolve([LIST, CREATE]);

Deno.test("absenceFrom() says of a tool that exists why it is left out", async () => {
  const readOnly = absenceFrom(all, true);
  for (const name of ["things_create", "things_make"]) assert.match(String(await readOnly(name)), /read-only/);
  assert.match(
    String(await readOnly("things_list")),
    /a selection of tools that leaves it out; its feature is "Things"$/,
  );
  assert.equal(await readOnly("things_drop"), undefined);
  assert.match(String(await absenceFrom(all, false)("things_create")), /selection of tools/);
});

Deno.test("createCatalogue() tells of no absence unless it is given one", async () => {
  assert.equal(await createCatalogue([LIST], "full").absence("things_create"), undefined);
  const { absence } = createCatalogue([LIST], "full", absenceFrom(all, true));
  assert.match(String(await absence("things_create")), /read-only/);
});
