import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { endsInId, keyOf, namedIdsOf } from "../../../src/tools/confirmation/named_ids.ts";

const { endpoints } = embeddedCollection();

function idOf(type: string, uuid = "02408913-6fa8-4d20-a6a4-deee1aac9025"): string {
  return btoa(`ciscospark://us/${type}/${uuid}`).replace(/=+$/, "");
}

function found(call: string, args: JsonObject): string[] {
  const [method, path] = call.split(" ");
  const endpoint = endpoints.find((one) => one.method === method && one.path === path);
  assert.ok(endpoint, call);
  return namedIdsOf(endpoint, args, endpoints).map(({ label, read, args: own, inPath }) =>
    `${label}${inPath ? "" : "?"}: ${read.path} ${Object.values(own).join()}`
  );
}

Deno.test("namedIdsOf() finds whose setting a change is about", () => {
  const [P, V, L] = [idOf("PEOPLE"), idOf("VIRTUAL_LINE"), idOf("LOCATION")];
  assert.deepEqual(found("PUT /people/{personId}/features/intercept", { personId: P }), [
    `Person: /people/{personId} ${P}`,
  ]);
  assert.deepEqual(
    found("POST /telephony/config/virtualLines/{virtualLineId}/voicemail/actions/resetPin/invoke", {
      virtualLineId: V,
    }),
    [
      `Virtual line: /telephony/config/virtualLines/{virtualLineId} ${V}`,
    ],
  );
  assert.deepEqual(found("PUT /telephony/config/people/{personId}/numbers", { personId: P }), [
    `Person: /people/{personId} ${P}`,
  ]);
  assert.deepEqual(found("PUT /telephony/config/locations/{locationId}/intercept", { locationId: L, orgId: "o" }), [
    `Location: /telephony/config/locations/{locationId} ${L},o`,
  ]);
});

Deno.test("namedIdsOf() finds what an object belongs to, the closest first, and not the object itself", () => {
  const path = "/telephony/config/locations/{locationId}/queues/{queueId}";
  assert.deepEqual(found(`DELETE ${path}`, { locationId: "l", queueId: "q" }), [
    "Location: /telephony/config/locations/{locationId} l",
  ]);
  assert.deepEqual(found(`PUT ${path}/holidayService`, { locationId: "l", queueId: "q" }), [
    `Queue: ${path} l,q`,
    "Location: /telephony/config/locations/{locationId} l",
  ]);
});

Deno.test("namedIdsOf() tells by the id which of several kinds it is of", () => {
  const call = "POST /telephony/calls/members/{memberId}/hangup";
  const line = idOf("VIRTUAL_LINE");
  assert.deepEqual(found(call, { memberId: line }), [`Member: /telephony/config/virtualLines/{virtualLineId} ${line}`]);
  assert.deepEqual(found(call, { memberId: "bare" }), []);
});

Deno.test("namedIdsOf() finds ids in the body, and none that has several values by one name", () => {
  const job = "POST /telephony/config/jobs/numbers/manageNumbers";
  const list = (...ids: string[]) => ids.map((locationId) => ({ locationId, numbers: ["+1"] }));
  assert.deepEqual(found(job, { operation: "MOVE", targetLocationId: "t", numberList: list("a", "a") }), [
    "Target location?: /locations/{locationId} t",
    "Location?: /locations/{locationId} a",
  ]);
  assert.deepEqual(found(job, { operation: "DELETE", numberList: list("a", "b") }), []);
  assert.deepEqual(found("POST /telephony/config/jobs/locations/deleteCallingLocation", { locationId: "l" }), [
    "Location?: /locations/{locationId} l",
  ]);
  assert.deepEqual(found(job, { numberList: list(...Array.from({ length: 600 }, () => "a")) }), []);
});

Deno.test("namedIdsOf() names nothing where ids are missing, strange or of an organization", () => {
  assert.deepEqual(found("PUT /people/{personId}/features/intercept", {}), []);
  assert.deepEqual(found("PUT /people/{personId}/features/intercept", { personId: 5, orgId: "o" }), []);
});

Deno.test("endsInId() and keyOf() read paths", () => {
  assert.deepEqual([endsInId("/a/{b}"), endsInId("/a/{b}/"), endsInId("/a/{b}/c")], [true, true, false]);
  assert.equal(keyOf("/a/{b}/c/{d}/"), "/a/{}/c/{}");
});
