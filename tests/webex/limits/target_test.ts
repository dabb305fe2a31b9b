import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import type { Method } from "../../../src/collection/endpoint.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { targetOf } from "../../../src/webex/limits/target.ts";
import { endpointOf, parameterOf, writerOf } from "../../support/endpoints.ts";

function target(method: Method, path: string, args: JsonObject = {}): string | undefined {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? "");
  const parameters = names.map((name) => parameterOf(name, { in: "path" }));
  return targetOf(endpointOf({ method, path, parameters }, { kind: method === "GET" ? "read" : "write" }), args);
}

Deno.test("targetOf() gives reads none, whatever their method", () => {
  assert.equal(target("GET", "/people/{personId}", { personId: "P" }), undefined);
  assert.equal(targetOf(endpointOf({ method: "POST", path: "/search" }), {}), undefined);
});

Deno.test("targetOf() names the person, workspace or virtual line wherever it stands", () => {
  assert.equal(target("PUT", "/people/{personId}", { personId: "P" }), "id:P");
  assert.equal(target("PUT", "/people/{personId}/features/{featureId}", { personId: "P", featureId: "F" }), "id:P");
  assert.equal(target("DELETE", "/workspaces/{workspaceId}/features/x", { workspaceId: "W" }), "id:W");
  const writer = writerOf({ personId: { type: "string" }, mac: { type: "string" } }, [], { path: "/devices" });
  assert.equal(targetOf(writer, { personId: "P", mac: "1" }), "id:P");
  assert.equal(targetOf(writer, { mac: "1" }), "/devices");
  assert.equal(targetOf(writer, { personId: 5 }), "/devices");
});

Deno.test("targetOf() takes both spellings of an id for the same", () => {
  for (const personId of ["Y2lz+A/B==", "Y2lz-A_B", " Y2lz+A/B "]) {
    assert.equal(target("PUT", "/people/{personId}", { personId }), "id:Y2lz+A/B");
  }
});

Deno.test("targetOf() names the object that the path's last parameter names", () => {
  const path = "/telephony/config/locations/{locationId}/huntGroups/{huntGroupId}";
  assert.equal(
    target("PUT", `${path}/callForwarding`, { locationId: "L", huntGroupId: "H" }),
    "/telephony/config/locations/L/huntGroups/H",
  );
  assert.equal(
    target("DELETE", path, { locationId: "L", huntGroupId: "H" }),
    "/telephony/config/locations/L/huntGroups/H",
  );
});

Deno.test("targetOf() keeps the features of a location apart", () => {
  const huntGroups = target("POST", "/telephony/config/locations/{locationId}/huntGroups", { locationId: "L" });
  const queues = target("POST", "/telephony/config/locations/{locationId}/queues", { locationId: "L" });
  assert.deepEqual([huntGroups, queues], [
    "/telephony/config/locations/L/huntGroups",
    "/telephony/config/locations/L/queues",
  ]);
  assert.equal(target("PUT", "/locations/{locationId}", { locationId: "L" }), "/locations/L");
});

Deno.test("targetOf() names a bare collection by its path", () => {
  assert.equal(target("POST", "/people"), "/people");
});

Deno.test("targetOf() names a target for every writing endpoint, and without any argument too", () => {
  for (const endpoint of embeddedCollection().endpoints) {
    const expected = endpoint.facts.kind === "write";
    assert.equal(targetOf(endpoint, {}) !== undefined, expected, endpoint.tool);
  }
});
