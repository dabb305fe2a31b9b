import assert from "node:assert/strict";
import { argumentsOf } from "../../../src/collection/arguments.ts";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import type { Endpoint } from "../../../src/collection/endpoint.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../src/core/json.ts";
import { encodeId } from "../../../src/sandbox/ids.ts";
import { createSandbox } from "../../../src/sandbox/sandbox.ts";
import { checkIds, type IdCheckOptions } from "../../../src/webex/ids/id_check.ts";
import { LegalRequests } from "../../sandbox/legal_request.ts";
import { NOW, stillClock } from "../../sandbox/support.ts";

const ALL = embeddedCollection().endpoints;
const UUID = "4a1bcd7c-4a47-4d4b-8b3a-3c3f6d1c2b3a";
const OTHER = "99999999-4a47-4d4b-8b3a-3c3f6d1c2b3a";
const id = (type: string, value = UUID) => encodeId(type, value);

function endpointAt(methodPath: string): Endpoint {
  const found = ALL.find(({ method, path }) => `${method} ${path}` === methodPath);
  if (found === undefined) throw new Error(`No endpoint ${methodPath}`);
  return found;
}

function problems(methodPath: string, args: JsonObject, options?: IdCheckOptions): string[] {
  return checkIds(endpointAt(methodPath), args, options).map(({ message }) => message);
}

Deno.test("checkIds() says what was given, what was expected, and where it comes from", () => {
  const toolOf = (methodPath: string) => methodPath === "GET /people" ? "people_list_people" : undefined;
  const [problem] = checkIds(endpointAt("GET /people/{personId}"), { personId: id("LOCATION") }, { toolOf });
  assert.deepEqual(problem, {
    kind: "wrong_id",
    argument: "personId",
    message: `Argument "personId" is a LOCATION id: expected a person's (PEOPLE)`,
    expected: "a person's (PEOPLE)",
    guidance: "Take the id from people_list_people.",
  });
  const path = "GET /telephony/config/locations/{locationId}/queues/{queueId}";
  const [, queue] = checkIds(endpointAt(path), { locationId: id("PEOPLE"), queueId: id("HUNT_GROUP") });
  assert.equal(queue?.message, `Argument "queueId" is a HUNT_GROUP id: expected a call queue's (CALL_QUEUE)`);
  assert.equal(queue?.guidance, "Take the id from GET /telephony/config/queues.");
});

Deno.test("checkIds() takes a workspace for a PLACE and keeps virtual lines and virtual extensions apart", () => {
  const workspace = "GET /workspaces/{workspaceId}";
  assert.deepEqual(problems(workspace, { workspaceId: id("PLACE") }), []);
  assert.match(problems(workspace, { workspaceId: id("PEOPLE") })[0] ?? "", /expected a workspace's \(PLACE\)/);
  assert.match(problems("GET /people/{personId}", { personId: id("PLACE") })[0] ?? "", /is a PLACE id/);
  const line = "GET /telephony/config/virtualLines/{virtualLineId}";
  assert.match(problems(line, { virtualLineId: id("VIRTUAL_EXTENSION") })[0] ?? "", /expected a virtual line's/);
  const extension = "GET /telephony/config/virtualExtensions/{extensionId}";
  assert.match(problems(extension, { extensionId: id("VIRTUAL_LINE") })[0] ?? "", /expected a virtual extension's/);
});

Deno.test("checkIds() refuses nothing that may be right", () => {
  const person = "GET /people/{personId}";
  for (
    const value of [
      UUID,
      "me",
      "",
      "abc",
      id("PEOPLE"),
      `${id("PEOPLE")}==`,
      id("USER"),
      id("SOMETHING_NEW"),
      btoa("hello"),
    ]
  ) {
    assert.deepEqual(problems(person, { personId: value }), [], value);
  }
  // An agent's id is a person's whatever the agent is, and agents and members can be anybody with a line.
  assert.deepEqual(problems("GET /telephony/config/queues/agents/{id}", { id: id("VIRTUAL_LINE") }), []);
  const queue = "POST /telephony/config/locations/{locationId}/queues";
  assert.deepEqual(
    problems(queue, {
      locationId: id("LOCATION"),
      agents: [{ id: id("PLACE") }, { id: id("USER") }, { id: id("VIRTUAL_LINE") }],
    }),
    [],
  );
  const member = "GET /telephony/calls/members/{memberId}/calls";
  for (const type of ["PEOPLE", "PLACE", "VIRTUAL_LINE"]) {
    assert.deepEqual(problems(member, { memberId: id(type) }), []);
  }
  assert.equal(problems(member, { memberId: id("LOCATION") }).length, 1);
  assert.deepEqual(problems("GET /telephony/calls/{callId}", { callId: id("PEOPLE") }), []);
});

Deno.test("checkIds() refuses agents without a line", () => {
  const queue = "POST /telephony/config/locations/{locationId}/queues";
  for (const type of ["LOCATION", "ORGANIZATION", "HUNT_GROUP", "CALL_QUEUE", "VIRTUAL_EXTENSION"]) {
    const agents = [{ id: id("PEOPLE"), weight: "50" }, { id: id(type) }];
    const [problem, ...more] = checkIds(endpointAt(queue), { locationId: id("LOCATION"), agents });
    assert.equal(problem?.argument, "agents[1].id");
    assert.equal(problem?.kind, "wrong_id");
    assert.deepEqual(more, []);
  }
  const paging = "POST /telephony/config/locations/{locationId}/callParks";
  const agents = [id("PLACE"), id("LOCATION")];
  assert.match(problems(paging, { agents })[0] ?? "", /"agents\[1\]" is a LOCATION id: expected a person's/);
});

Deno.test("checkIds() looks into lists, into bodies, and at each of several ids in one text", () => {
  const move = {
    usersList: [{
      locationId: id("PLACE"),
      validate: true,
      users: [{ userId: id("LOCATION") }, { userId: id("PEOPLE") }],
    }],
  };
  assert.deepEqual(
    checkIds(endpointAt("POST /telephony/config/jobs/person/moveLocation"), move).map(({ argument }) => argument),
    ["usersList[0].locationId", "usersList[0].users[0].userId"],
  );
  const template = "POST /telephony/config/jobs/devices/applyLineKeyTemplate";
  assert.equal(problems(template, { action: "APPLY_TEMPLATE", locationIds: [id("LOCATION"), id("PEOPLE")] }).length, 1);
  assert.equal(problems("GET /people", { id: `${id("PEOPLE")},${id("PLACE")}` }).length, 1);
  assert.equal(problems("POST /telephony/config/locations", { id: id("PLACE") }).length, 1);
});

Deno.test("checkIds() refuses what is no organization, and with a pinned one any other", () => {
  const path = "GET /people";
  const pinned = { organization: UUID };
  assert.match(problems(path, { orgId: id("PEOPLE") })[0] ?? "", /expected an organization's \(ORGANIZATION\)/);
  for (const organization of [UUID, UUID.toUpperCase(), id("ORGANIZATION"), `${id("ORGANIZATION")}==`]) {
    for (const orgId of [UUID, id("ORGANIZATION"), encodeId("ORGANIZATION", UUID.toUpperCase())]) {
      assert.deepEqual(problems(path, { orgId }, { organization }), []);
    }
  }
  assert.deepEqual(problems(path, { orgId: id("ORGANIZATION", OTHER) }), []);
  for (const orgId of [OTHER, id("ORGANIZATION", OTHER), "acme"]) {
    assert.deepEqual(problems(path, { orgId }, pinned), [
      'Argument "orgId" names another organization: expected the one that is pinned',
    ]);
  }
  const [inBody] = checkIds(endpointAt("POST /people"), { emails: ["a@b.c"], orgId: OTHER }, pinned);
  assert.equal(inBody?.kind, "wrong_organization");
  assert.equal(problems("GET /partner/reports", { onBehalfOfSubPartnerOrgId: OTHER }, pinned).length, 1);
});

Deno.test("checkIds() reads the organization in a workspace location's id", () => {
  const args = (value: string) => ({ workspaceLocationId: value });
  for (const form of [`${OTHER}#2`, btoa(`${OTHER}#2`), id("LOCATION", `${OTHER}#2`)]) {
    assert.equal(problems("GET /workspaces", args(form), { organization: UUID }).length, 1, form);
    assert.deepEqual(problems("GET /workspaces", args(form), { organization: OTHER }), []);
    assert.deepEqual(problems("GET /workspaces", args(form)), []);
  }
  assert.deepEqual(problems("GET /workspaces", args("anything"), { organization: UUID }), []);
});

/** What a request says, as arguments. */
async function argumentsIn(endpoint: Endpoint, request: Request): Promise<JsonObject> {
  const url = new URL(request.url);
  const actual = url.pathname.replace(/^\/v1/, "").split("/");
  const args: JsonObject = {};
  endpoint.path.split("/").forEach((segment, index) => {
    const name = /^\{(.*)\}$/.exec(segment)?.[1];
    if (name !== undefined) args[name] = decodeURIComponent(actual[index] ?? "");
  });
  for (const [name, value] of url.searchParams) args[name] = value;
  if (/json/.test(request.headers.get("content-type") ?? "")) {
    const body: Json = JSON.parse(await request.text());
    if (isJsonObject(body)) Object.assign(args, body);
  }
  return args;
}

Deno.test("checkIds() lets every id of the sandbox pass, for every endpoint", async () => {
  const legal = new LegalRequests(ALL, createSandbox(ALL, { clock: stillClock }).fetch, NOW);
  const found: string[] = [];
  let checked = 0;
  for (const endpoint of ALL) {
    const args = await argumentsIn(endpoint, await legal.make(endpoint));
    checked += argumentsOf(endpoint).filter(({ name }) => typeof args[name] === "string").length;
    found.push(...checkIds(endpoint, args).map(({ message }) => `${endpoint.method} ${endpoint.path}: ${message}`));
  }
  assert.deepEqual(found, []);
  assert.ok(checked > 1_000);
});

Deno.test("checkIds() takes names of every object's own members for names like any other", () => {
  const endpoint = endpointAt("PUT /telephony/config/locations/{locationId}/huntGroups/{huntGroupId}");
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
    const args = Object.fromEntries([[name, id("PEOPLE")], ["agents", [Object.fromEntries([[name, id("PEOPLE")]])]]]);
    assert.deepEqual(checkIds(endpoint, args), [], name);
  }
});
