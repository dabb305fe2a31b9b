import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import { readToolFor } from "../../../src/webex/errors/read_tool.ts";
import { endpointOf } from "../../support/endpoints.ts";

const ALL = embeddedCollection().endpoints;

function readOf(methodPath: string): string | undefined {
  const write = ALL.find(({ method, path }) => `${method} ${path}` === methodPath);
  if (write === undefined) throw new Error(`No endpoint ${methodPath}`);
  return readToolFor(write, ALL)?.path;
}

const CASES: [string, string | undefined][] = [
  ["PUT /people/{personId}", "/people/{personId}"],
  ["DELETE /people/{personId}", "/people/{personId}"],
  ["POST /people", "/people"],
  ["POST /telephony/config/locations/{locationId}/queues", "/telephony/config/queues"],
  ["DELETE /telephony/config/locations/{locationId}/numbers", "/telephony/config/numbers"],
  [
    "POST /telephony/config/locations/{locationId}/queues/{queueId}/callForwarding/actions/switchMode/invoke",
    "/telephony/config/locations/{locationId}/queues/{queueId}/callForwarding",
  ],
  [
    "POST /people/{personId}/features/voicemail/actions/uploadBusyGreeting/invoke",
    "/people/{personId}/features/voicemail",
  ],
  ["PUT /telephony/config/people/{personId}/numbers", "/people/{personId}/features/numbers"],
  ["POST /telephony/calls/members/{memberId}/hangup", "/telephony/calls/members/{memberId}/calls"],
  ["POST /telephony/calls/dial", "/telephony/calls"],
  [
    "DELETE /telephony/config/people/{personId}/singleNumberReach/numbers/{id}",
    "/telephony/config/people/{personId}/singleNumberReach",
  ],
  [
    "POST /telephony/config/jobs/numbers/manageNumbers/{jobId}/actions/pause/invoke",
    "/telephony/config/jobs/numbers/manageNumbers/{jobId}",
  ],
  ["PUT /telephony/config/workspaces/{placeId}/voicemail/passcode", undefined],
];

for (const [write, read] of CASES) {
  Deno.test(`readToolFor() finds what tells whether ${write} was carried out`, () => assert.equal(readOf(write), read));
}

Deno.test("readToolFor() gives reads only, and one for nearly every write", () => {
  const writes = ALL.filter(({ facts }) => facts.kind === "write");
  const reads = writes.map((write) => readToolFor(write, ALL)).filter((read) => read !== undefined);
  assert.ok(reads.length / writes.length > 0.95, `${reads.length} of ${writes.length}`);
  assert.ok(reads.every(({ method, facts }) => method === "GET" && facts.kind === "read"));
});

Deno.test("readToolFor() prefers what is not deprecated, and gives nothing where there is nothing", () => {
  const write = endpointOf({ method: "PUT", path: "/things/{id}" }, { kind: "write" });
  assert.equal(readToolFor(write, [write]), undefined);
  const old = endpointOf({ tool: "old", path: "/things/{thingId}", deprecated: true });
  const fresh = endpointOf({ tool: "fresh", path: "/things/{id}/" });
  for (const all of [[old, fresh], [fresh, old]]) assert.equal(readToolFor(write, all)?.tool, "fresh");
});
