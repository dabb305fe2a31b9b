import assert from "node:assert/strict";
import { makeId } from "../../src/sandbox/ids.ts";
import { at, listAt, makeBench } from "./support.ts";

Deno.test("listPeople() shows calling fields only when they are asked for", async () => {
  const { call } = makeBench();
  const plain = at((await call("GET", "/people?max=1")).body, "items", 0);
  const full = at((await call("GET", "/people?max=1&callingData=true")).body, "items", 0);
  assert.equal(at(plain, "extension"), undefined);
  assert.equal(typeof at(full, "extension"), "string");
  assert.equal(typeof at(full, "locationId"), "string");
});

Deno.test("listPeople() tells which identifiers it didn't find", async () => {
  const { call } = makeBench();
  const id = at((await call("GET", "/people")).body, "items", 4, "id");
  const stranger = makeId("people", "stranger");
  const { body } = await call("GET", `/people?id=${id},${stranger}`);
  assert.equal(listAt(body, "items").length, 1);
  assert.deepEqual(at(body, "notFoundIds"), [stranger]);
});

Deno.test("onePerson() creates a person who then owns the extension", async () => {
  const { call } = makeBench();
  const locationId = at((await call("GET", "/locations")).body, "items", 1, "id");
  const person = {
    emails: ["new@example.com"],
    firstName: "New",
    lastName: "Hire",
    displayName: "New Hire",
    locationId,
    extension: "4711",
  };
  const id = at((await call("POST", "/people?callingData=true", person)).body, "id");
  const { body } = await call("GET", "/telephony/config/numbers?extension=4711");
  assert.equal(at(body, "phoneNumbers", 0, "owner", "id"), id);
  assert.equal((await call("POST", "/people", person)).status, 409);
});

Deno.test("onePerson() takes a person who leaves out of the groups", async () => {
  const { call } = makeBench();
  const group = at((await call("GET", "/telephony/config/huntGroups")).body, "huntGroups", 0);
  const path = `/telephony/config/locations/${at(group, "locationId")}/huntGroups/${at(group, "id")}`;
  const agents = listAt((await call("GET", path)).body, "agents");
  await call("DELETE", `/people/${at(agents, 0, "id")}`);
  const rest = listAt((await call("GET", path)).body, "agents");
  assert.deepEqual(rest, agents.slice(1));
});

Deno.test("tokenOwner() is one of the people", async () => {
  const { call } = makeBench();
  const me = (await call("GET", "/people/me")).body;
  assert.equal(at((await call("GET", `/people/${at(me, "id")}`)).body, "displayName"), at(me, "displayName"));
  assert.equal(at((await call("GET", "/telephony/config/people/me")).body, "id"), at(me, "id"));
});

Deno.test("queueAgent() tells the queues of a person", async () => {
  const { call } = makeBench();
  const queue = at((await call("GET", "/telephony/config/queues")).body, "queues", 0);
  const { body } = await call(
    "GET",
    `/telephony/config/locations/${at(queue, "locationId")}/queues/${at(queue, "id")}`,
  );
  const agent = at(body, "agents", 0, "id");
  const answer = (await call("GET", `/telephony/config/queues/agents/${agent}?max=10&start=0`)).body;
  assert.equal(at(answer, "agent", "id"), agent);
  assert.equal(at(answer, "queues", 0, "id"), at(queue, "id"));
});
