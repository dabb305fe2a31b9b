import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import type { Endpoint } from "../../../src/collection/endpoint.ts";
import { deedOf, ownersOf } from "../../../src/collection/search/facets.ts";
import { endpointOf, parameterOf } from "../../support/endpoints.ts";

function endpoint(tool: string): Endpoint {
  const found = embeddedCollection().endpoints.find((candidate) => candidate.tool === tool);
  assert.ok(found, tool);
  return found;
}

Deno.test("deedOf() reads off method, path and title what an endpoint does", () => {
  const deeds: [tool: string, deed: string][] = [
    ["hunt_group_read_the_list_of_hunt_groups", "list"],
    ["hunt_group_get_details_for_a_hunt_group", "get"],
    ["call_park_get_call_park_settings", "get"],
    ["hunt_group_create_a_hunt_group", "create"],
    ["announcements_upload_binary_annc_greeting_org", "create"],
    ["hunt_group_update_a_hunt_group", "update"],
    ["devices_modify_device_tags", "update"],
    ["hunt_group_delete_a_hunt_group", "delete"],
    ["location_delete_listed_access_codes", "delete"],
    ["call_controls_hold", "act"],
    ["user_reset_voicemail_pin", "act"],
    ["device_settings_rebuild_phones_configuration", "act"],
    ["device_settings_get_device_dynamic_settings", "get"],
  ];
  for (const [tool, deed] of deeds) assert.equal(deedOf(endpoint(tool)), deed, tool);
});

Deno.test("ownersOf() reads off the path whose settings it is about", () => {
  const owners: [path: string, owner: string][] = [
    ["/telephony/config/people/me/settings/doNotDisturb", "me"],
    ["/telephony/calls/members/me/hold", "me"],
    ["/people/{personId}/features/doNotDisturb", "person"],
    ["/workspaces/{workspaceId}/features/callWaiting", "workspace"],
    ["/telephony/config/virtualLines/{virtualLineId}/doNotDisturb", "virtual line"],
    ["/telephony/config/locations/{locationId}/musicOnHold", "location"],
    ["/telephony/config/moh/settings", "organization"],
    ["/pets/{petId}", "none"],
    ["/meals", "none"],
  ];
  for (const [path, owner] of owners) assert.deepEqual(ownersOf(endpointOf({ path })), [owner], path);
});

Deno.test("ownersOf() takes a list that can be narrowed down to a location for one of the location, too", () => {
  const parameters = [parameterOf("locationId")];
  const list = endpointOf({ path: "/telephony/config/queues", parameters }, { list: "queues" });
  assert.deepEqual(ownersOf(list), ["organization", "location"]);
  assert.deepEqual(ownersOf(endpointOf({ path: "/people", parameters }, { list: "items" })), ["person", "location"]);
  assert.deepEqual(ownersOf(endpointOf({ path: "/people", parameters })), ["person"]);
  assert.deepEqual(ownersOf(endpointOf({ path: "/telephony/config/queues" }, { list: "queues" })), ["organization"]);
  assert.deepEqual(ownersOf(endpointOf({ path: "/locations/{locationId}/x", parameters }, { list: "x" })), [
    "location",
  ]);
});
