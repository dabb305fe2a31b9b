import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import type { Endpoint } from "../../../src/collection/endpoint.ts";
import type { Json } from "../../../src/core/json.ts";
import { canBeRisky, isRisky, type RiskKind, risksOf } from "../../../src/tools/confirmation/risk.ts";
import { endpointOf } from "../../support/endpoints.ts";

const { endpoints } = embeddedCollection();

function kindsOf(methodPath: string): RiskKind[] {
  const endpoint = endpoints.find(({ method, path }) => `${method} ${path}` === methodPath);
  assert.ok(endpoint, methodPath);
  return risksOf(endpoint).map(({ kind }) => kind);
}

Deno.test("risksOf() finds no harm in any read", () => {
  const reads = endpoints.filter(({ facts }) => facts.kind === "read");
  assert.deepEqual(reads.filter(isRisky), []);
});

Deno.test("risksOf() finds harm in every DELETE and in everything that is marked destructive", () => {
  const harmful = ({ method, facts }: Endpoint) => method === "DELETE" || (facts.kind === "write" && facts.destructive);
  assert.deepEqual(endpoints.filter((endpoint) => harmful(endpoint) && !isRisky(endpoint)), []);
});

Deno.test("risksOf() tells one object from a whole collection", () => {
  assert.deepEqual(kindsOf("DELETE /telephony/config/locations/{locationId}/huntGroups/{huntGroupId}"), ["deletes"]);
  assert.deepEqual(kindsOf("DELETE /telephony/config/supervisors"), ["deletes_many"]);
  assert.deepEqual(kindsOf("DELETE /telephony/config/locations/{locationId}/outgoingPermission/accessCodes"), [
    "deletes_many",
  ]);
});

Deno.test("risksOf() knows deletes in disguise", () => {
  for (
    const path of [
      "PUT /telephony/config/people/{personId}/outgoingPermission/accessCodes",
      "PUT /telephony/config/premisePstn/dialPlans/{dialPlanId}/dialPatterns",
      "POST /convergedRecordings/purge",
      "POST /telephony/config/jobs/devices/rebuildPhones",
      "PUT /people/{personId}",
    ]
  ) assert.ok(kindsOf(path).includes("destructive"), path);
});

Deno.test("risksOf() knows what holds for the whole organization, and not what one owns or makes", () => {
  for (
    const path of [
      "PUT /telephony/config/moh/settings",
      "PUT /telephony/config/queues/settings",
      "PUT /telephony/config/people/settings/permissions",
      "PUT /telephony/config/settings/msTeams",
    ]
  ) assert.deepEqual(kindsOf(path), ["organization_wide"], path);
  assert.deepEqual(kindsOf("POST /telephony/config/virtualLines"), []);
  assert.deepEqual(kindsOf("PUT /telephony/config/people/me/settings/doNotDisturb"), []);
  const own = endpoints.filter(({ path }) => /\/people\/me(\/|$)/.test(path));
  assert.ok(own.length > 100);
  assert.deepEqual(own.filter((endpoint) => risksOf(endpoint).some(({ kind }) => kind === "organization_wide")), []);
});

Deno.test("risksOf() knows emergency calling wherever it is set", () => {
  const emergency = endpoints.filter(({ path, facts }) => facts.kind === "write" && /emergency|redsky/i.test(path));
  assert.ok(emergency.length >= 16);
  for (const endpoint of emergency) {
    assert.ok(risksOf(endpoint).some(({ kind }) => kind === "emergency"), endpoint.tool);
  }
});

Deno.test("risksOf() knows what takes numbers away, and not what adds them or stops a job", () => {
  assert.deepEqual(kindsOf("DELETE /telephony/config/locations/{locationId}/numbers"), ["numbers", "deletes_many"]);
  assert.deepEqual(kindsOf("PUT /telephony/config/locations/{locationId}/numbers"), [
    "numbers",
    "location_wide",
    "destructive",
  ]);
  assert.deepEqual(kindsOf("PUT /telephony/config/people/{personId}/numbers"), ["numbers", "destructive"]);
  assert.deepEqual(kindsOf("POST /telephony/config/jobs/numbers/manageNumbers"), ["numbers"]);
  assert.deepEqual(kindsOf("POST /telephony/pstn/locations/{locationId}/numbers"), ["numbers"]);
  assert.deepEqual(kindsOf("POST /telephony/config/locations/{locationId}/numbers"), []);
  assert.deepEqual(kindsOf("POST /telephony/config/jobs/numbers/manageNumbers/{jobId}/actions/pause/invoke"), []);
});

Deno.test("risksOf() knows the end of a location", () => {
  assert.deepEqual(kindsOf("DELETE /locations/{locationId}"), ["location", "deletes"]);
  assert.deepEqual(kindsOf("POST /telephony/config/jobs/locations/deleteCallingLocation"), ["location", "destructive"]);
  assert.deepEqual(
    kindsOf("POST /telephony/config/jobs/locations/deleteCallingLocation/{jobId}/actions/resume/invoke"),
    ["location", "destructive"],
  );
  assert.deepEqual(
    kindsOf("POST /telephony/config/jobs/locations/deleteCallingLocation/{jobId}/actions/pause/invoke"),
    [],
  );
});

Deno.test("risksOf() goes by method and path for operations of further collections", () => {
  const kinds = (method: "DELETE" | "PUT" | "PATCH" | "POST", path: string) =>
    risksOf(endpointOf({ method, path }, { kind: "write" })).map(({ kind }) => kind);
  assert.deepEqual(kinds("DELETE", "/books/{id}"), ["deletes"]);
  assert.deepEqual(kinds("DELETE", "/books/{id}/"), ["deletes"]);
  assert.deepEqual(kinds("DELETE", "/books"), ["deletes_many"]);
  assert.deepEqual(kinds("PATCH", "/settings"), ["organization_wide"]);
  assert.deepEqual(kinds("PUT", "/books/{id}"), []);
  assert.deepEqual(kinds("POST", "/books"), []);
});

Deno.test("risksOf() knows settings of a whole location, and not of what is in it", () => {
  for (
    const path of [
      "PUT /telephony/config/locations/{locationId}",
      "PUT /telephony/config/locations/{locationId}/outgoingPermission",
      "PUT /telephony/config/locations/{locationId}/internalDialing",
      "PUT /telephony/config/locations/{locationId}/musicOnHold",
      "PUT /locations/{locationId}",
      "POST /telephony/config/locations/{locationId}/actions/modifyAnnouncementLanguage/invoke",
      "POST /telephony/config/locations/{locationId}/outgoingPermission/digitPatterns",
      "PUT /telephony/config/locations/{locationId}/outgoingPermission/digitPatterns/{digitPatternId}",
      "POST /telephony/config/locations/{locationId}/outgoingPermission/accessCodes",
      "PUT /telephony/config/announcements/playlists/{playlistId}/locations",
    ]
  ) assert.deepEqual(kindsOf(path), ["location_wide"], path);
  for (
    const path of [
      "PUT /telephony/config/locations/{locationId}/huntGroups/{huntGroupId}",
      "PUT /telephony/config/locations/{locationId}/queues/{queueId}",
      "PUT /telephony/config/locations/{locationId}/schedules/{type}/{scheduleId}",
      "POST /telephony/config/locations/{locationId}/huntGroups",
      "POST /telephony/config/locations",
    ]
  ) assert.deepEqual(kindsOf(path), [], path);
});

Deno.test("risksOf() knows what leads everybody's calls another way", () => {
  for (
    const path of [
      "PUT /telephony/config/premisePstn/trunks/{trunkId}",
      "PUT /telephony/config/premisePstn/routeGroups/{routeGroupId}",
      "PUT /telephony/config/premisePstn/dialPlans/{dialPlanId}",
      "POST /telephony/config/premisePstn/dialPlans",
      "POST /telephony/config/callRouting/translationPatterns",
      "PUT /telephony/config/locations/{locationId}/callRouting/translationPatterns/{translationId}",
    ]
  ) assert.deepEqual(kindsOf(path), ["routing"], path);
  assert.deepEqual(kindsOf("POST /telephony/config/premisePstn/trunks"), []);
});

Deno.test("risksOf() knows that a new PIN ends the old one, and that a diversion empties a queue", () => {
  for (
    const path of [
      "PUT /telephony/config/people/{personId}/voicemail/passcode",
      "PUT /telephony/config/people/me/voicemail/pin",
      "PUT /telephony/config/locations/{locationId}/queues/{queueId}/forcedForward",
    ]
  ) assert.deepEqual(kindsOf(path), ["destructive"], path);
});

Deno.test("risksOf() sees by what is sent that a group answers no calls any more", () => {
  const groups = endpoints.filter(({ tool }) =>
    ["hunt_group_update_a_hunt_group", "call_queue_update_a_call_queue", "paging_group_update_a_paging_group"].includes(
      tool,
    )
  );
  assert.equal(groups.length, 3);
  for (const group of groups) {
    const kinds = (body: Json | undefined) => risksOf(group, body).map(({ kind }) => kind);
    assert.deepEqual([kinds({ enabled: false }), kinds({ agents: [] })], [["out_of_service"], ["out_of_service"]]);
    for (const body of [undefined, null, [], "x", {}, { enabled: true, agents: [{ id: "1" }] }]) {
      assert.deepEqual(kinds(body), []);
    }
    assert.deepEqual([isRisky(group), canBeRisky(group)], [false, true]);
  }
  const own = endpoints.find(({ tool }) => tool === "user_update_do_not_disturb_settings_person");
  assert.deepEqual(own === undefined ? undefined : risksOf(own, { enabled: false }), []);
});

Deno.test("risksOf() takes a supplier's id for no owner of the setting", () => {
  assert.deepEqual(kindsOf("PUT /telephony/config/callRecording/vendors/{vendorId}/termsOfService"), [
    "organization_wide",
  ]);
});
