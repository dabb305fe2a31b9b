import assert from "node:assert/strict";
import { Cast } from "../../src/sandbox/cast.ts";
import { decodeId, makeId } from "../../src/sandbox/ids.ts";
import { NumberPool } from "../../src/sandbox/number_pool.ts";
import { foundOrganization } from "../../src/sandbox/organization.ts";
import { type Place, Shaper } from "../../src/sandbox/shape.ts";
import { Store } from "../../src/sandbox/store.ts";
import { at, listAt } from "./support.ts";

const organizationId = makeId("organizations", "1");
const store = new Store();
foundOrganization({ store, numbers: new NumberPool(), organizationId, seed: "1" });
const shaper = new Shaper(new Cast(store, organizationId));

function place(members: Partial<Place> = {}): Place {
  return { key: "test", name: "", holder: "", schemas: {}, lean: false, scope: {}, depth: 0, ...members };
}

Deno.test("Shaper.shape() invents the same value for the same place", () => {
  const schema = { type: "object", properties: { size: { type: "number" }, enabled: { type: "boolean" } } };
  assert.deepEqual(shaper.shape(schema, undefined, place()), shaper.shape(schema, undefined, place()));
});

Deno.test("Shaper.shape() fills identifiers with objects that exist", () => {
  const schema = { type: "object", properties: { personId: { type: "string" }, orgId: { type: "string" } } };
  const shaped = shaper.shape(schema, undefined, place());
  assert.equal(store.byId(String(at(shaped, "personId")))?.kind, "people");
  assert.equal(at(shaped, "orgId"), organizationId);
});

Deno.test("Shaper.shape() fills in what is known of a person that is named by identifier", () => {
  const person = store.ofKind("people")[3];
  const schema = {
    type: "object",
    properties: {
      agents: {
        type: "array",
        items: { type: "object", properties: { id: { type: "string" }, firstName: { type: "string" } } },
      },
    },
  };
  const shaped = shaper.shape(schema, { agents: [String(person?.id)] }, place());
  assert.deepEqual(at(shaped, "agents", 0), { id: person?.id, firstName: person?.doc.firstName });
});

Deno.test("Shaper.shape() invents only what is required when it is lean", () => {
  const schema = {
    type: "object",
    required: ["id"],
    properties: { id: { type: "string" }, extension: { type: "string" } },
  };
  assert.deepEqual(Object.keys(shaper.shape(schema, {}, place({ lean: true })) ?? {}), ["id"]);
});

Deno.test("Shaper.shape() ends in schemas that contain themselves", () => {
  const schemas = {
    Tree: {
      type: "object",
      properties: { child: { $ref: "#/schemas/Tree" }, all: { type: "array", items: { $ref: "#/schemas/Tree" } } },
    },
  };
  const shaped = shaper.shape({ $ref: "#/schemas/Tree" }, undefined, place({ schemas }));
  assert.ok(JSON.stringify(shaped).length < 200_000);
});

Deno.test("Shaper.shape() respects bounds, lengths and counts", () => {
  const schema = {
    type: "object",
    properties: {
      ratio: { type: "integer", minimum: 5, maximum: 6 },
      code: { type: "string", minLength: 4, maxLength: 4 },
      all: { type: "array", minItems: 3, items: { type: "string" } },
    },
  };
  const shaped = shaper.shape(schema, undefined, place());
  assert.ok([5, 6].includes(Number(at(shaped, "ratio"))));
  assert.equal(String(at(shaped, "code")).length, 4);
  assert.equal(listAt(shaped, "all").length, 3);
});

Deno.test("Shaper.shape() names the kind of an object in its identifier", () => {
  const schema = { type: "object", properties: { id: { type: "string" } } };
  const shaped = shaper.shape(schema, undefined, place({ name: "callParks" }));
  assert.equal(decodeId(String(at(shaped, "id")))?.type, "CALL_PARK");
});
