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
  assert.deepEqual(await apply(WITH, { orgId: "x" }, context), { orgId: "x" });
  const free = policy(undefined, {});
  assert.deepEqual(await free.apply(WITH, {}, context), {});
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
