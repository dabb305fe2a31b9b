import assert from "node:assert/strict";
import { makeId } from "../../src/sandbox/ids.ts";
import { at, listAt, makeBench } from "./support.ts";

Deno.test("createSandbox() wants a bearer token", async () => {
  const { call } = makeBench({ token: "right" });
  for (const authorization of ["", "Bearer ", "Bearer wrong", "Basic right"]) {
    const { status, body, headers } = await call("GET", "/people", undefined, { authorization });
    assert.equal(status, 401);
    assert.equal(at(body, "errors", 0, "description"), at(body, "message"));
    assert.match(String(at(body, "trackingId")), /^ROUTER_/);
    assert.equal(headers.get("trackingid"), at(body, "trackingId"));
  }
  assert.equal((await call("GET", "/people", undefined, { authorization: "Bearer right" })).status, 200);
});

Deno.test("createSandbox() refuses unknown paths and methods", async () => {
  const { call } = makeBench();
  assert.equal((await call("GET", "/nothing/here")).status, 404);
  const { status, headers } = await call("DELETE", "/people");
  assert.deepEqual([status, headers.get("allow")], [405, "GET, POST"]);
});

Deno.test("createSandbox() is the same organization for the same seed, another for another", async () => {
  const first = (await makeBench().call("GET", "/people?callingData=true")).body;
  assert.deepEqual(first, (await makeBench().call("GET", "/people?callingData=true")).body);
  assert.notDeepEqual(first, (await makeBench({ seed: 2 }).call("GET", "/people?callingData=true")).body);
});

Deno.test("createSandbox() starts with a believable organization", async () => {
  const { call } = makeBench();
  const locations = listAt((await call("GET", "/locations")).body, "items");
  const people = listAt((await call("GET", "/people?callingData=true")).body, "items");
  assert.ok(locations.length >= 4);
  assert.ok(new Set(locations.map((location) => at(location, "address", "country"))).size >= 4);
  assert.equal(people.length, 24);
  const places = new Set(locations.map((location) => at(location, "id")));
  assert.ok(people.every((person) => places.has(at(person, "locationId")) && listAt(person, "licenses").length > 0));
  const extensions = people.map((person) => `${at(person, "locationId")} ${at(person, "extension")}`);
  assert.equal(new Set(extensions).size, people.length);
});

Deno.test("createSandbox() lets the agents of groups and queues be people", async () => {
  const { call } = makeBench();
  const people = new Set(listAt((await call("GET", "/people")).body, "items").map((person) => at(person, "id")));
  for (const kind of ["huntGroups", "queues"]) {
    for (const group of listAt((await call("GET", `/telephony/config/${kind}`)).body, kind)) {
      const { body } = await call(
        "GET",
        `/telephony/config/locations/${at(group, "locationId")}/${kind}/${at(group, "id")}`,
      );
      const agents = listAt(body, "agents");
      assert.ok(agents.length > 0);
      assert.ok(agents.every((agent) => people.has(at(agent, "id"))));
    }
  }
});

Deno.test("createSandbox() pages people to the end with absolute links of the same origin", async () => {
  const { call } = makeBench();
  const seen: unknown[] = [];
  let path: string | undefined = "https://sandbox.test:8443/v1/people?max=7";
  while (path !== undefined) {
    const reply = await call("GET", path);
    seen.push(...listAt(reply.body, "items").map((person) => at(person, "id")));
    path = /<(https:\/\/sandbox\.test:8443\/v1\/people\?[^>]+)>; rel="next"/.exec(reply.headers.get("link") ?? "")?.[1];
  }
  assert.equal(seen.length, 24);
  assert.equal(new Set(seen).size, 24);
});

Deno.test("createSandbox() doesn't find identifiers that are wrong, unknown or deleted", async () => {
  const { call } = makeBench();
  for (const id of ["nope", makeId("people", "stranger")]) {
    assert.equal((await call("GET", `/people/${id}`)).status, 404);
  }
  const park = `/telephony/config/operatingModes/${makeId("operatingModes", "obscure")}`;
  assert.equal((await call("GET", park)).status, 200);
  assert.equal((await call("DELETE", park)).status, 204);
  assert.equal((await call("GET", park)).status, 404);
});

Deno.test("createSandbox() doesn't find an object of another location", async () => {
  const { call } = makeBench();
  const groups = listAt((await call("GET", "/telephony/config/huntGroups")).body, "huntGroups");
  const other = groups.find((group) => at(group, "locationId") !== at(groups, 0, "locationId"));
  const path = `/telephony/config/locations/${at(other, "locationId")}/huntGroups/${at(groups, 0, "id")}`;
  assert.equal((await call("GET", path)).status, 404);
});

Deno.test("createSandbox() answers below any base path of an endpoint's server", async () => {
  const { call } = makeBench();
  const window = "startTime=2026-06-17T10:00:00.000Z&endTime=2026-06-17T11:00:00.000Z";
  const { status } = await call("GET", `https://analytics-calling.webexapis.com/v1/cdr_feed?${window}`);
  assert.equal(status, 200);
});
