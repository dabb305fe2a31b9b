import assert from "node:assert/strict";
import type { JsonObject } from "../../src/core/json.ts";
import { createOrganizationPolicy, type OrganizationOptions } from "../../src/tools/organization.ts";
import { endpointOf, parameterOf } from "../support/endpoints.ts";
import { type ExecutorTrial, executorTrial } from "../support/executor.ts";
import { callOf } from "../support/fake_clock.ts";

const OURS = btoa("ciscospark://us/ORGANIZATION/35c63469-6b5c-49f1-af18-81ae8141166b");
const CUSTOMER = btoa("ciscospark://us/ORGANIZATION/35c63469-6b5c-49f1-af18-81ae81411000");

const LIST = endpointOf({ path: "/people", parameters: [parameterOf("orgId")] }, {
  list: "items",
  paging: { style: "cursor" },
});

/** An executor of one policy, and the organizations that its requests named. */
function trialOf(options: Partial<OrganizationOptions>): ExecutorTrial & { readonly named: (string | null)[] } {
  const named: (string | null)[] = [];
  const lookup = () => Promise.resolve({ organizationId: OURS, organizationName: "Ours" });
  const trial = executorTrial({
    fetch: ({ url }) => {
      named.push(new URL(url).searchParams.get("orgId"));
      return Promise.resolve(Response.json({ items: [{ id: "a" }] }));
    },
    organization: createOrganizationPolicy({ lookup, curious: false, ...options }),
  });
  return { ...trial, named };
}

Deno.test("call() says where it acted when the profile pins an organization and the call names none", async () => {
  const trial = trialOf({ pinned: CUSTOMER });
  const { value } = await trial.call(LIST, {});
  assert.deepEqual(trial.named, [CUSTOMER]);
  assert.deepEqual(value.organization, { id: CUSTOMER, note: "The organization of the profile" });
  const own = await trial.call(LIST, { orgId: CUSTOMER });
  assert.equal("organization" in own.value, false, "the caller knows");
});

Deno.test("readOn() says that a page is of the token's own organization only if its list was", async () => {
  const trial = trialOf({ partner: true });
  const readOn = async (query: string): Promise<JsonObject> => {
    using context = callOf(trial.clock);
    const position = { url: `https://webexapis.com/v1/people?page=2${query}` };
    return (await trial.executor.readOn(LIST, position, { allPages: false }, context)).value;
  };
  assert.equal("organization" in await readOn(`&orgId=${CUSTOMER}`), false);
  assert.deepEqual((await readOn("")).organization, {
    id: OURS,
    name: "Ours",
    note: "No orgId was given: this is the token's own organization",
  });
});
