import assert from "node:assert/strict";
import { RefusedError } from "../../src/core/errors.ts";
import { createOrganizationPolicy, type OwnOrganization } from "../../src/tools/organization.ts";
import { endpointOf, parameterOf, writerOf } from "../support/endpoints.ts";
import { callOf, FakeClock } from "../support/fake_clock.ts";

const id = (uuid: string) => btoa(`ciscospark://us/ORGANIZATION/${uuid}`);
const OURS = "35c63469-6b5c-49f1-af18-81ae8141166b";
const THEIRS = "35c63469-6b5c-49f1-af18-81ae81411000";
const WITH = endpointOf({ path: "/people", parameters: [parameterOf("orgId")] });
const WITHOUT = endpointOf({ path: "/telephony/calls" });
const WRITER = writerOf({ name: { type: "string" } }, [], { path: "/telephony/calls/dial" });

function policy(own: OwnOrganization | undefined, options: { pinned?: string; partner?: boolean; curious?: boolean }) {
  let asked = 0;
  const lookup = () => {
    asked++;
    return Promise.resolve(own);
  };
  const { curious = false, ...rest } = options;
  return { ...createOrganizationPolicy({ lookup, curious, ...rest }), asked: () => asked };
}

Deno.test("apply() puts the pinned organization into calls that take one and name none", async () => {
  using context = callOf(new FakeClock());
  const { apply } = policy(undefined, { pinned: id(OURS) });
  assert.deepEqual(await apply(WITH, { max: 1 }, context), { max: 1, orgId: id(OURS) });
  assert.deepEqual(await apply(WITH, { orgId: OURS }, context), { orgId: id(OURS) });
  const free = policy(undefined, {});
  assert.deepEqual(await free.apply(WITH, {}, context), {});
});

Deno.test("apply() takes an empty orgId for none, with and without a pin", async () => {
  using context = callOf(new FakeClock());
  const { apply } = policy(undefined, { pinned: id(OURS) });
  const free = policy(undefined, {});
  for (const orgId of ["", " ", null, []]) {
    assert.deepEqual(await apply(WITH, { orgId }, context), { orgId: id(OURS) });
    assert.deepEqual(await free.apply(WITH, { max: 1, orgId }, context), { max: 1 });
    await assert.rejects(apply(WRITER, { orgId }, context), RefusedError);
  }
  assert.deepEqual(await free.apply(WITH, { orgId: OURS }, context), { orgId: OURS });
});

Deno.test("apply() refuses whatever isn't exactly the pinned organization", async () => {
  using context = callOf(new FakeClock());
  const { apply } = policy({ organizationId: id(OURS) }, { pinned: id(OURS) });
  for (const orgId of [",", `${id(OURS)},`, THEIRS, [id(OURS)], { x: id(OURS) }]) {
    await assert.rejects(apply(WITH, { orgId }, context), RefusedError);
  }
  for (const name of ["orgId", "OrgID"]) {
    await assert.rejects(apply(WRITER, { [name]: id(OURS) }, context), /"(orgId|OrgID)" is not the pinned/);
  }
});

Deno.test("apply() knows the other names of the argument", async () => {
  using context = callOf(new FakeClock());
  const { apply } = policy({ organizationId: id(THEIRS) }, { pinned: id(OURS) });
  const provider = endpointOf({ parameters: [parameterOf("organizationId")] });
  assert.deepEqual(await apply(provider, {}, context), { organizationId: id(OURS) });
  const partner = endpointOf({ parameters: [parameterOf("onBehalfOfSubPartnerOrgId")] });
  const onBehalfOfSubPartnerOrgId = id(OURS);
  assert.deepEqual(await apply(partner, { onBehalfOfSubPartnerOrgId: OURS }, context), { onBehalfOfSubPartnerOrgId });
  await assert.rejects(apply(partner, {}, context), RefusedError);
});

Deno.test("checkPosition() refuses an address that names another organization, or an empty one", () => {
  const { checkPosition } = policy(undefined, { pinned: id(OURS) });
  const at = (query: string) => new URL(`https://webexapis.com/v1/people?${query}`);
  for (const query of ["", "start=2", `orgId=${id(OURS)}`, `orgId=${OURS}&organizationId=${OURS}`]) {
    checkPosition(at(query));
  }
  for (const query of ["orgId=", `orgId=${OURS}&orgId=${THEIRS}`, `orgid=${id(THEIRS)}`, `orgId=${OURS},`]) {
    assert.throws(() => checkPosition(at(query)), RefusedError, query);
  }
  policy(undefined, {}).checkPosition(at(`orgId=${THEIRS}`));
});

Deno.test("apply() refuses calls on the token's own organization where another one is pinned", async () => {
  using context = callOf(new FakeClock());
  const own = policy({ organizationId: id(OURS) }, { pinned: OURS });
  assert.deepEqual(await own.apply(WRITER, {}, context), {});
  const other = policy({ organizationId: id(THEIRS) }, { pinned: id(OURS) });
  for (const endpoint of [WRITER, WITHOUT]) {
    await assert.rejects(other.apply(endpoint, {}, context), (error: unknown) => {
      assert.ok(error instanceof RefusedError);
      assert.equal(error.code, "other_organization");
      return true;
    });
  }
});

Deno.test("apply() asks nobody for a rehearsal, which is sent nowhere", async () => {
  using context = callOf(new FakeClock());
  const { apply } = createOrganizationPolicy({
    pinned: OURS,
    curious: true,
    lookup: () => Promise.reject(new Error("Expected no question")),
  });
  assert.deepEqual(await apply(WITHOUT, {}, { ...context, rehearsal: true }), {});
});

Deno.test("apply() lets reads pass, and no write, where nobody knows the token's organization", async () => {
  using context = callOf(new FakeClock());
  const { apply } = policy(undefined, { pinned: id(OURS) });
  assert.deepEqual(await apply(WITHOUT, {}, context), {});
  await assert.rejects(apply(WRITER, {}, context), RefusedError);
});

Deno.test("note() names the organization that a partner's call without orgId acted on", async () => {
  using context = callOf(new FakeClock());
  const own = { organizationId: id(OURS), organizationName: "Northwind" };
  const note = "No orgId was given: this is the token's own organization";
  const partner = policy(own, { partner: true });
  assert.deepEqual(await partner.note(WITH, {}, context), {
    organization: { id: id(OURS), name: "Northwind", note },
  });
  assert.deepEqual(await partner.note(WITH, { orgId: "x" }, context), {});
  const found = policy({ ...own, partner: true }, { curious: true });
  assert.deepEqual(Object.keys(await found.note(WITH, {}, context)), ["organization"]);
  const customer = policy({ ...own, partner: false }, { curious: true });
  assert.deepEqual(await customer.note(WITH, {}, context), {});
});

Deno.test("note() asks nobody where nothing says that the token is a partner's", async () => {
  using context = callOf(new FakeClock());
  const plain = policy({ organizationId: id(OURS), partner: true }, {});
  assert.deepEqual(await plain.note(WITH, {}, context), {});
  assert.equal(plain.asked(), 0);
  const pinned = policy(undefined, { pinned: id(OURS) });
  assert.deepEqual(await pinned.note(WITH, {}, context), {
    organization: { id: id(OURS), note: "The organization of the profile" },
  });
});
