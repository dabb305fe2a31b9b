import assert from "node:assert/strict";
import type { Json, JsonObject } from "../../../src/core/json.ts";
import { checkIds } from "../../../src/webex/ids/id_check.ts";
import { checkPin, isOpen, isOrganization, namesOrganization } from "../../../src/webex/ids/pin.ts";
import { endpointOf, parameterOf, writerOf } from "../../support/endpoints.ts";

const OURS = "35c63469-6b5c-49f1-af18-81ae8141166b";
const THEIRS = "35c63469-6b5c-49f1-af18-81ae81411000";
const id = (uuid: string, type = "ORGANIZATION") => btoa(`ciscospark://us/${type}/${uuid}`).replace(/=+$/, "");
const LIST = endpointOf({ path: "/people", parameters: [parameterOf("orgId"), parameterOf("workspaceLocationId")] });
const WITHOUT = endpointOf({ path: "/telephony/calls" });
const WRITER = writerOf({ name: { type: "string" }, address: { type: "object" } }, [], { path: "/locations" });

function places(args: JsonObject, endpoint = LIST): string[] {
  return checkPin(endpoint, args, id(OURS)).map(({ argument }) => argument);
}

Deno.test("checkPin() takes nothing but exactly the pinned organization's id, in any of its forms", () => {
  for (const orgId of [OURS, OURS.toUpperCase(), id(OURS), `${id(OURS)}==`, ` ${id(OURS)} `]) {
    assert.deepEqual(places({ orgId }), [], orgId);
  }
  const others: Json[] = [
    THEIRS,
    id(THEIRS),
    ",",
    `${id(OURS)},`,
    `${id(OURS)},${id(THEIRS)}`,
    id(OURS, "PEOPLE"),
    "acme",
    0,
    false,
    [id(THEIRS)],
    [id(OURS)],
    { x: id(THEIRS) },
    {},
  ];
  for (const orgId of others) assert.deepEqual(places({ orgId }), ["orgId"], JSON.stringify(orgId));
});

Deno.test("checkPin() leaves alone what names no organization", () => {
  const open: Json[] = ["", " ", null, []];
  for (const orgId of open) assert.deepEqual(places({ orgId }), [], JSON.stringify(orgId));
  assert.deepEqual(places({ max: 3, limitToOrgLevelEnabled: true, redSkyOrgId: "x" }), []);
});

Deno.test("checkPin() refuses undeclared arguments that name an organization, however they are spelled", () => {
  for (const name of ["organizationId", "OrgID", "orgid", "org_id", "organization-id", "orgId[]", "orgId[0]"]) {
    assert.deepEqual(places({ [name]: id(THEIRS) }), [name]);
    assert.deepEqual(places({ [name]: [id(THEIRS)] }), [name]);
  }
  const [problem] = checkPin(WITHOUT, { orgId: id(OURS) }, id(OURS));
  assert.match(problem?.message ?? "", /"orgId" cannot be sent: the tool has no such argument/);
});

Deno.test("checkPin() looks into objects and arrays at any depth, declared or not", () => {
  assert.deepEqual(places({ address: { orgId: id(THEIRS) } }, WRITER), ["address.orgId"]);
  assert.deepEqual(places({ address: { orgId: [id(THEIRS)] } }, WRITER), ["address.orgId"]);
  assert.deepEqual(places({ extra: [{ list: [{ ORGANIZATIONID: THEIRS }] }] }, WRITER), [
    "extra[0].list[0].ORGANIZATIONID",
  ]);
  assert.deepEqual(places({ address: { orgId: id(OURS), city: "Bonn" } }, WRITER), []);
  let deep: Json = { orgId: id(THEIRS) };
  for (let depth = 0; depth < 20_000; depth++) deep = [deep];
  assert.equal(places({ extra: deep }, WRITER).length, 1);
});

Deno.test("checkPin() reads the organization in each of several workspace locations", () => {
  assert.deepEqual(places({ workspaceLocationId: `${OURS}#1` }), []);
  assert.deepEqual(places({ workspaceLocationId: [`${OURS}#1`, btoa(`${THEIRS}#2`)] }), ["workspaceLocationId"]);
});

Deno.test("checkIds() reports a foreign organization even where its id is of the wrong kind as well", () => {
  const found = checkIds(LIST, { orgId: id(THEIRS, "PEOPLE") }, { organization: OURS });
  assert.deepEqual(found.map(({ kind }) => kind), ["wrong_organization"]);
});

Deno.test("namesOrganization(), isOpen() and isOrganization() go by what Webex makes of names and values", () => {
  for (const name of ["orgId", "ORGID", "org_id", "onBehalfOfSubPartnerOrgId"]) assert.ok(namesOrganization(name));
  for (const name of ["id", "orgPrefix", "partnerRedskyOrgId", "orgIds"]) assert.ok(!namesOrganization(name));
  assert.ok(isOpen(undefined) && !isOpen(0) && !isOpen({}) && !isOpen(","));
  assert.ok(isOrganization("acme", "acme") && !isOrganization("acme", OURS) && !isOrganization(undefined, OURS));
});
