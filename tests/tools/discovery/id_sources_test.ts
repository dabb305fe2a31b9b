import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import type { Endpoint } from "../../../src/collection/endpoint.ts";
import { inputSchemaOf } from "../../../src/tools/definitions/input_schema.ts";
import { idSourcesOf, isIdName } from "../../../src/tools/discovery/id_sources.ts";
import { endpointOf, parameterOf, writerOf } from "../../support/endpoints.ts";

const ALL = embeddedCollection().endpoints;

function sourcesOf(endpoint: Endpoint, endpoints: readonly Endpoint[]): Record<string, string[]> {
  return idSourcesOf(endpoint, inputSchemaOf(endpoint), endpoints);
}

/** The paths of the sources in the embedded collection. */
function pathsOf(methodPath: string, place: string): string[] | undefined {
  const endpoint = ALL.find(({ method, path }) => `${method} ${path}` === methodPath);
  if (endpoint === undefined) throw new Error(`No endpoint ${methodPath}`);
  return sourcesOf(endpoint, ALL)[place]?.map((tool) => ALL.find((one) => one.tool === tool)?.path ?? tool);
}

const CONFIG = "/telephony/config";
const LOCATION = `${CONFIG}/locations/{locationId}`;
const LINES = ["/people", "/workspaces", `${CONFIG}/virtualLines`];

const CASES: [string, string, string[] | undefined][] = [
  [`PUT ${LOCATION}/huntGroups/{huntGroupId}`, "huntGroupId", [`${CONFIG}/huntGroups`]],
  [`PUT ${LOCATION}/huntGroups/{huntGroupId}`, "locationId", ["/locations"]],
  [`POST ${LOCATION}/huntGroups`, "agents[].id", LINES],
  [`POST ${LOCATION}/huntGroups`, "phoneNumber", [`${LOCATION}/huntGroups/availableNumbers`]],
  [
    `PUT ${LOCATION}/huntGroups/{huntGroupId}`,
    "alternateNumbers[].phoneNumber",
    [`${LOCATION}/huntGroups/alternate/availableNumbers`],
  ],
  [`GET ${LOCATION}/dectNetworks/{dectNetworkId}`, "dectNetworkId", [`${CONFIG}/dectNetworks`]],
  [`GET ${LOCATION}/callParks/{callParkId}`, "callParkId", [`${LOCATION}/callParks`]],
  [`PUT ${LOCATION}/callParks/{callParkId}`, "agents", [`${LOCATION}/callParks/availableUsers`, ...LINES.slice(0, 2)]],
  [
    `PUT ${LOCATION}/schedules/{type}/{scheduleId}/events/{eventId}`,
    "eventId",
    [`${LOCATION}/schedules/{type}/{scheduleId}`],
  ],
  [`PUT ${LOCATION}/schedules/{type}/{scheduleId}`, "scheduleId", [`${LOCATION}/schedules`]],
  [
    `GET ${CONFIG}/people/{personId}/selectiveReject/criteria/{id}`,
    "id",
    [`${CONFIG}/people/{personId}/selectiveReject`],
  ],
  [
    `PUT ${CONFIG}/devices/{deviceId}/members`,
    "members[].id",
    [`${CONFIG}/devices/{deviceId}/availableMembers`, ...LINES.slice(0, 2)],
  ],
  ["POST /telephony/calls/members/me/transfer", "callId1", ["/telephony/calls/members/me/calls"]],
  ["POST /telephony/calls/members/{memberId}/hangup", "callId", ["/telephony/calls/members/{memberId}/calls"]],
  ["POST /telephony/calls/hangup", "callId", ["/telephony/calls"]],
  [`POST ${CONFIG}/jobs/person/moveLocation`, "usersList[].users[].userId", ["/people"]],
  [`PUT ${LOCATION}/queues/{queueId}/callForwarding`, "callForwarding.rules[].id", [
    `${LOCATION}/queues/{queueId}/callForwarding`,
  ]],
  ["GET /people", "orgId", ["/people/me"]],
  // An address, and a login name: no object has them as its id.
  [`PUT ${CONFIG}/people/me/settings/voicemail`, "emailCopyOfMessage.emailId", undefined],
  [`PUT ${CONFIG}/devices/{deviceId}/settings`, "customizations.mpp.wifiNetwork.userId", undefined],
];

for (const [methodPath, place, expected] of CASES) {
  Deno.test(`idSourcesOf() finds where "${place}" of ${methodPath} comes from`, () => {
    assert.deepEqual(pathsOf(methodPath, place), expected);
  });
}

const item = (tool: string): Endpoint =>
  endpointOf({ tool, path: "/things/{thingId}", parameters: [parameterOf("thingId", { in: "path" })] });
const list = (parts: Partial<Endpoint> = {}): Endpoint => endpointOf(parts, { list: "items" });

Deno.test("idSourcesOf() names only tools that may be called", () => {
  const get = item("things_get");
  assert.deepEqual(sourcesOf(get, [get]), {});
  assert.deepEqual(sourcesOf(get, [get, list()]), { thingId: ["things_list"] });
  const write = writerOf({});
  assert.deepEqual(sourcesOf(get, [get, { ...write, path: "/things" }]), {});
});

Deno.test("idSourcesOf() prefers a list that is supported to a deprecated one", () => {
  const get = item("things_get");
  const old = list({ tool: "things_old", deprecated: true, path: "/things/" });
  assert.deepEqual(sourcesOf(get, [get, old, list()]), { thingId: ["things_list"] });
  assert.deepEqual(sourcesOf(get, [get, old]), { thingId: ["things_old"] });
});

Deno.test("idSourcesOf() finds lists by the noun of a field, and never those of another service", () => {
  const create = writerOf({
    categoryId: { type: "string" },
    parts: { type: "array", items: { properties: { id: {} } } },
  });
  const categories = list({ tool: "categories", path: "/shop/categories" });
  const parts = list({ tool: "parts", path: "/parts" });
  assert.deepEqual(sourcesOf(create, [create, categories, parts]), {
    categoryId: ["categories"],
    "parts[].id": ["parts"],
  });
  const elsewhere = { ...categories, server: "https://shop.example/v1" };
  assert.deepEqual(sourcesOf(create, [create, elsewhere]), {});
  const there = { ...create, server: "https://shop.example/v2" };
  assert.deepEqual(sourcesOf(there, [there, elsewhere, parts]), { categoryId: ["categories"] });
});

Deno.test("idSourcesOf() keeps what it knows of Webex from other services", () => {
  const people = list({ tool: "people", path: "/people" });
  const locations = list({ tool: "locations", path: "/locations" });
  const body = writerOf({ locationId: { type: "string" }, agents: { type: "array", items: { type: "string" } } });
  assert.deepEqual(sourcesOf(body, [people, locations]), { locationId: ["locations"], agents: ["people"] });
  const elsewhere = { ...body, server: "https://shop.example" };
  assert.deepEqual(sourcesOf(elsewhere, [people, locations]), {});
});

Deno.test("isIdName() tells names of identifiers from words that end alike", () => {
  for (const name of ["id", "ids", "personId", "ownerID", "callId1", "recordingIds"]) assert.ok(isIdName(name), name);
  for (const name of ["paid", "valid", "void", "identity", "grids", "ID card", ""]) assert.ok(!isIdName(name), name);
});
