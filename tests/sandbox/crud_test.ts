import assert from "node:assert/strict";
import { at, type Bench, listAt, makeBench } from "./support.ts";

async function firstLocation({ call }: Bench): Promise<string> {
  return String(at((await call("GET", "/locations")).body, "items", 0, "id"));
}

const GROUP = {
  name: "Night Shift",
  extension: "7700",
  enabled: true,
  callPolicies: {
    policy: "REGULAR",
    noAnswer: {
      nextAgentEnabled: true,
      nextAgentRings: 3,
      forwardEnabled: false,
      numberOfRings: 5,
      destinationVoicemailEnabled: false,
    },
  },
};

Deno.test("handleGenerically() creates, lists, reads, changes and deletes a hunt group", async () => {
  const bench = makeBench();
  const { call } = bench;
  const base = `/telephony/config/locations/${await firstLocation(bench)}/huntGroups`;
  const people = listAt((await call("GET", "/people")).body, "items");
  const agents = [{ id: at(people, 0, "id") }];
  const id = String(at((await call("POST", base, { ...GROUP, agents })).body, "id"));
  const listed = listAt((await call("GET", "/telephony/config/huntGroups?name=night")).body, "huntGroups");
  assert.deepEqual([listed.length, at(listed, 0, "id"), at(listed, 0, "extension")], [1, id, "7700"]);
  const read = (await call("GET", `${base}/${id}`)).body;
  assert.deepEqual([at(read, "name"), at(read, "callPolicies", "noAnswer", "nextAgentRings")], ["Night Shift", 3]);
  assert.equal(at(read, "agents", 0, "lastName"), at(people, 0, "lastName"));
  assert.equal(at(read, "phoneNumber"), undefined);
  assert.equal((await call("PUT", `${base}/${id}`, { agents: [{ id: at(people, 1, "id") }] })).status, 204);
  const changed = (await call("GET", `${base}/${id}`)).body;
  assert.deepEqual([at(changed, "name"), listAt(changed, "agents").length], ["Night Shift", 1]);
  assert.equal(at(changed, "agents", 0, "id"), at(people, 1, "id"));
  assert.equal((await call("DELETE", `${base}/${id}`)).status, 204);
  assert.equal((await call("GET", `${base}/${id}`)).status, 404);
});

Deno.test("handleGenerically() keeps settings, and invents what nobody set", async () => {
  const bench = makeBench();
  const { call } = bench;
  const path = `/people/${at((await call("GET", "/people")).body, "items", 2, "id")}/features/callForwarding`;
  const before = (await call("GET", path)).body;
  assert.deepEqual(before, (await call("GET", path)).body);
  const always = { enabled: true, destination: "+493023125001", ringReminderEnabled: true };
  await call("PUT", path, { callForwarding: { always } });
  const after = (await call("GET", path)).body;
  assert.equal(at(after, "callForwarding", "always", "destination"), "+493023125001");
  assert.deepEqual(at(after, "businessContinuity"), at(before, "businessContinuity"));
});

Deno.test("handleGenerically() shows the objects of a collection in what is above it", async () => {
  const bench = makeBench();
  const { call } = bench;
  const person = at((await call("GET", "/people")).body, "items", 1, "id");
  const base = `/telephony/config/people/${person}/selectiveReject`;
  const count = listAt((await call("GET", base)).body, "criteria").length;
  const criterion = { callsFrom: "ANY_PHONE_NUMBER", rejectEnabled: true, scheduleName: "Lunch" };
  const id = at((await call("POST", `${base}/criteria`, criterion)).body, "id");
  const criteria = listAt((await call("GET", base)).body, "criteria");
  assert.equal(criteria.length, count + 1);
  assert.equal(at(criteria.find((entry) => at(entry, "id") === id), "scheduleName"), "Lunch");
});

Deno.test("handleGenerically() keeps the events that come with a schedule", async () => {
  const bench = makeBench();
  const { call } = bench;
  const base = `/telephony/config/locations/${await firstLocation(bench)}/schedules`;
  const events = [{ name: "Summer", startDate: "2026-07-01", endDate: "2026-07-02", allDayEnabled: true }];
  const id = at((await call("POST", base, { name: "Closed", type: "holidays", events })).body, "id");
  const { body } = await call("GET", `${base}/holidays/${id}`);
  const event = at(body, "events", 0, "id");
  assert.equal(at(body, "events", 0, "name"), "Summer");
  assert.equal(at((await call("GET", `${base}/holidays/${id}/events/${event}`)).body, "startDate"), "2026-07-01");
  assert.equal((await call("GET", `${base}/businessHours/${id}`)).status, 404);
});

Deno.test("handleGenerically() starts a new location empty and lets calling be added to it", async () => {
  const { call } = makeBench();
  const address = { address1: "1 Rue", city: "Paris", state: "IDF", postalCode: "75001", country: "FR" };
  const location = {
    name: "Paris",
    timeZone: "Europe/Paris",
    preferredLanguage: "fr_fr",
    announcementLanguage: "fr_fr",
    address,
  };
  const id = at((await call("POST", "/locations", location)).body, "id");
  assert.equal((await call("POST", "/telephony/config/locations", { ...location, id })).status, 201);
  assert.equal(at((await call("GET", `/locations/${id}`)).body, "address", "city"), "Paris");
  assert.deepEqual(listAt((await call("GET", `/telephony/config/locations/${id}/callParks`)).body, "callParks"), []);
  const listed = listAt((await call("GET", "/telephony/config/locations?name=Paris")).body, "locations");
  assert.equal(at(listed, 0, "id"), id);
});

Deno.test("handleGenerically() shows the same objects in the list of a location and of the organization", async () => {
  const { call } = makeBench();
  const all = listAt((await call("GET", "/admin/convergedRecordings")).body, "items");
  assert.deepEqual(all, listAt((await call("GET", "/convergedRecordings")).body, "items"));
});

Deno.test("handleGenerically() lets supervisors be people and changes their teams agent by agent", async () => {
  const { call } = makeBench();
  const path = "/telephony/config/supervisors";
  const people = listAt((await call("GET", "/people")).body, "items");
  const first = at((await call("GET", path)).body, "supervisors", 0);
  assert.ok(
    people.some((person) => at(person, "lastName") === at(first, "lastName") && at(person, "id") === at(first, "id")),
  );
  const [id, agent] = [at(people, 23, "id"), at(people, 22, "id")];
  assert.equal((await call("POST", path, { id, agents: [{ id: agent }] })).status, 201);
  await call("PUT", `${path}/${id}`, {
    agents: [{ id: at(people, 21, "id"), action: "ADD" }, { id: agent, action: "DELETE" }],
  });
  const team = listAt((await call("GET", `${path}/${id}`)).body, "agents");
  assert.deepEqual(team.map((member) => at(member, "id")), [at(people, 21, "id")]);
  assert.equal((await call("DELETE", path)).status, 400);
  assert.equal((await call("DELETE", path, { supervisorIds: [id] })).status, 204);
  assert.equal((await call("GET", `/people/${id}`)).status, 200);
});

Deno.test("handleGenerically() applies a patch to the tags of a device", async () => {
  const { call } = makeBench();
  const path = `/devices/${at((await call("GET", "/devices")).body, "items", 0, "id")}`;
  const type = { "content-type": "application/json-patch+json" };
  await call("PATCH", path, { op: "add", path: "tags", value: ["lobby"] }, type);
  assert.deepEqual(at((await call("GET", path)).body, "tags"), ["lobby"]);
  await call("PATCH", path, { op: "remove", path: "tags", value: [] }, type);
  assert.deepEqual(at((await call("GET", path)).body, "tags"), []);
});
