import assert from "node:assert/strict";
import { at, type Bench, listAt, makeBench } from "./support.ts";

async function numbers({ call }: Bench, search: string): Promise<unknown[]> {
  return listAt((await call("GET", `/telephony/config/numbers?${search}`)).body, "phoneNumbers");
}

Deno.test("listNumbers() agrees with the people about who owns what", async () => {
  const bench = makeBench();
  const people = listAt((await bench.call("GET", "/people?callingData=true")).body, "items");
  const owned = new Map(
    (await numbers(bench, "ownerType=PEOPLE")).map((line) => [at(line, "owner", "id"), at(line, "extension")]),
  );
  assert.equal(owned.size, people.length);
  for (const person of people) assert.equal(owned.get(at(person, "id")), at(person, "extension"));
});

Deno.test("listNumbers() tells free numbers and counts on request", async () => {
  const bench = makeBench();
  const free = await numbers(bench, "available=true");
  assert.ok(free.length > 0);
  assert.ok(free.every((line) => at(line, "owner") === undefined));
  const { body } = await bench.call("GET", "/telephony/config/numbers?details=true&max=1");
  assert.equal(at(body, "count", "unAssigned"), free.length);
  assert.equal(at((await bench.call("GET", "/telephony/config/numbers")).body, "count"), undefined);
});

Deno.test("changeNumbers() adds, lists and removes numbers, and protects those in use", async () => {
  const bench = makeBench();
  const { call } = bench;
  const place = at((await call("GET", "/locations")).body, "items", 0, "id");
  const path = `/telephony/config/locations/${place}/numbers`;
  const phoneNumbers = ["+15125550177"];
  assert.equal((await call("POST", path, { phoneNumbers, state: "INACTIVE" })).status, 201);
  assert.equal(at(await numbers(bench, "phoneNumber=%2B15125550177"), 0, "state"), "INACTIVE");
  assert.equal((await call("PUT", path, { phoneNumbers })).status, 204);
  assert.equal(at(await numbers(bench, "phoneNumber=%2B15125550177"), 0, "state"), "ACTIVE");
  assert.equal((await call("POST", path, { phoneNumbers })).status, 409);
  assert.equal((await call("DELETE", path, { phoneNumbers })).status, 204);
  const gone = await call("DELETE", path, { phoneNumbers });
  assert.deepEqual([gone.status, gone.headers.get("cisco-spark-error-codes")], [502, "4251"]);
  assert.equal((await call("DELETE", path, { phoneNumbers: ["+15125550101"] })).status, 409);
});

Deno.test("deriveEntries() offers only free numbers of the location to a new group", async () => {
  const bench = makeBench();
  const { call } = bench;
  const place = at((await call("GET", "/locations")).body, "items", 1, "id");
  const path = `/telephony/config/locations/${place}/huntGroups/availableNumbers`;
  const offered = listAt((await call("GET", path)).body, "phoneNumbers").map((line) => at(line, "phoneNumber"));
  const free = (await numbers(bench, `available=true&locationId=${place}`)).map((line) => at(line, "phoneNumber"));
  assert.deepEqual(offered, free);
});

Deno.test("validateNumbers() tells taken, doubled, invalid and available numbers apart", async () => {
  const { call } = makeBench();
  const phoneNumbers = ["+15125550101", "+15125550188", "+15125550188", "12"];
  const { body } = await call("POST", "/telephony/config/actions/validateNumbers/invoke", { phoneNumbers });
  assert.equal(at(body, "status"), "ERRORS");
  assert.deepEqual(listAt(body, "numbers").map((entry) => at(entry, "state")), [
    "Duplicate",
    "Available",
    "Duplicate In List",
    "Invalid",
  ]);
});

Deno.test("handleAccessCodes() adds codes and removes those that are named", async () => {
  const { call } = makeBench();
  const person = at((await call("GET", "/people")).body, "items", 0, "id");
  const path = `/telephony/config/people/${person}/outgoingPermission/accessCodes`;
  await call("POST", path, { code: "1234", description: "Lobby" });
  await call("POST", path, { code: "5678", description: "Lab" });
  assert.equal((await call("POST", path, { code: "5678", description: "Again" })).status, 409);
  await call("PUT", path, { deleteCodes: ["1234"] });
  assert.deepEqual(at((await call("GET", path)).body, "accessCodes"), [{ code: "5678", description: "Lab" }]);
});
