import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { describeEndpoint } from "../../../src/tools/discovery/describe.ts";
import { endpointOf } from "../../support/endpoints.ts";

const ALL = embeddedCollection().endpoints;

function described(tool: string, endpoints = ALL): JsonObject {
  const endpoint = ALL.find((one) => one.tool === tool);
  assert.ok(endpoint, tool);
  return describeEndpoint(endpoint, endpoints);
}

Deno.test("describeEndpoint() tells all of a write, in the order in which it is needed", () => {
  const description = described("hunt_group_update_a_hunt_group");
  assert.deepEqual(Object.keys(description), [
    "tool",
    "title",
    "feature",
    "method",
    "path",
    "kind",
    "description",
    "scopes",
    "roles",
    "call_with",
    "input_schema",
    "ids",
    "example",
    "response",
    "related",
  ]);
  assert.equal(description.call_with, "webex_write");
  assert.deepEqual(description.response, { "204": "no body" });
});

Deno.test("describeEndpoint() names the read that shows a change, and what of its answer cannot be sent back", () => {
  const update = ALL.find(({ facts }) => facts.answerOnly !== undefined && facts.answerOnly.length > 0);
  assert.ok(update);
  const { related } = describeEndpoint(update, ALL);
  assert.ok(typeof related === "object" && related !== null && !Array.isArray(related));
  assert.equal(typeof related.read_with, "string");
  assert.deepEqual(related.leave_out, update.facts.answerOnly);
  assert.equal(describeEndpoint(endpointOf(), ALL).related, undefined);
});

Deno.test("describeEndpoint() tells how a list is read on", () => {
  const { kind, call_with, list, paging } = described("people_list_people");
  assert.deepEqual([kind, call_with, list], ["read", "webex_read", "items"]);
  assert.deepEqual(paging, {
    style: "cursor",
    default: 100,
    max: 1000,
    use: '"max" sets the page size; all_pages or max_items of webex_read read on',
  });
});

Deno.test("describeEndpoint() tells how a job is followed, as far as that may be called", () => {
  const tool = "numbers_create_a_manage_numbers_job";
  const start = ALL.find(({ method, path }) =>
    method === "POST" && path === "/telephony/config/jobs/numbers/manageNumbers"
  );
  assert.ok(start, tool);
  assert.deepEqual(describeEndpoint(start, ALL).job, {
    poll_tool: "numbers_get_manage_numbers_job_status",
    errors_tool: "numbers_list_manage_numbers_job_errors",
    wait_with: "webex_wait_for_job",
  });
  assert.equal(describeEndpoint(start, [start]).job, undefined);
});

Deno.test("describeEndpoint() warns of what is destructive, deprecated or dangerous, and of scopes that are all needed", () => {
  const plain = describeEndpoint(endpointOf(), []);
  for (const name of ["destructive", "deprecated", "danger", "all_scopes", "roles", "ids", "paging", "list"]) {
    assert.ok(!Object.hasOwn(plain, name), name);
  }
  const endpoint = endpointOf({ deprecated: true }, {
    kind: "write",
    destructive: true,
    danger: "Ends calls",
    scopes: ["a", "b"],
    allScopes: true,
    roles: ["full"],
  });
  const { destructive, deprecated, danger, scopes, all_scopes, roles } = describeEndpoint(endpoint, []);
  assert.deepEqual([destructive, deprecated, danger, scopes, all_scopes, roles], [
    true,
    true,
    "Ends calls",
    ["a", "b"],
    true,
    ["full"],
  ]);
});

Deno.test("describeEndpoint() leaves out tools that may not be called", () => {
  const update = ALL.filter(({ tool }) => tool === "hunt_group_update_a_hunt_group");
  const description = described("hunt_group_update_a_hunt_group", update);
  assert.equal(description.ids, undefined);
  assert.doesNotMatch(JSON.stringify(description.related ?? {}), /read_with/);
});
