import assert from "node:assert/strict";
import { canonicalPath, planResources } from "../../src/sandbox/resources.ts";
import { makeEndpoint } from "./endpoints.ts";

const list = {
  responses: { "200": { schema: { type: "object", properties: { huntGroups: { type: "array", items: {} } } } } },
};

Deno.test("canonicalPath() keeps twins of people, locations, devices and workspaces under one path", () => {
  assert.equal(canonicalPath("/telephony/config/locations/{locationId}/queues"), "/locations/{locationId}/queues");
  assert.equal(canonicalPath("/telephony/config/queues"), "/telephony/config/queues");
  assert.equal(canonicalPath("/telephony/config/peoples"), "/telephony/config/peoples");
});

Deno.test("planResources() recognizes lists, objects, settings, actions and lists of the whole organization", () => {
  const base = "/telephony/config/locations/{locationId}/huntGroups";
  const endpoints = [
    makeEndpoint("GET", "/telephony/config/huntGroups", list),
    makeEndpoint("POST", base),
    makeEndpoint("GET", `${base}/{huntGroupId}`),
    makeEndpoint("PUT", `${base}/{huntGroupId}`),
    makeEndpoint("GET", `${base}/{huntGroupId}/callForwarding`),
    makeEndpoint("POST", `${base}/{huntGroupId}/actions/reset/invoke`),
    makeEndpoint("GET", "/locations", {
      responses: { "200": { schema: { type: "object", properties: { items: { type: "array", items: {} } } } } },
    }),
    makeEndpoint("GET", "/locations/{locationId}"),
  ];
  const plans = planResources(endpoints);
  assert.deepEqual(endpoints.map((endpoint) => plans.of(endpoint)?.role), [
    "aggregate",
    "create",
    "item",
    "item",
    "settings",
    "action",
    "list",
    "item",
  ]);
});

Deno.test("planResources() takes a type before the identifier for a part of the collection", () => {
  const base = "/telephony/config/locations/{locationId}/schedules";
  const item = makeEndpoint("GET", `${base}/{type}/{scheduleId}`, {
    parameters: [{
      name: "type",
      in: "path",
      required: true,
      explode: false,
      schema: { type: "string", enum: ["businessHours", "holidays"] },
    }],
  });
  const collection = planResources([makeEndpoint("POST", base), item]).of(item)?.collection;
  assert.equal(collection?.template, "/locations/{locationId}/schedules");
  assert.equal(collection?.typeParam, "type");
  assert.deepEqual(collection?.types, ["businessHours", "holidays"]);
});
