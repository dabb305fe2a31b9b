import assert from "node:assert/strict";
import { makeId } from "../../src/sandbox/ids.ts";
import { at, listAt, makeBench } from "./support.ts";

const MOVE = "/telephony/config/jobs/numbers/manageNumbers";

Deno.test("followJob() moves a job on with each poll, and its effect comes at the end", async () => {
  const { call } = makeBench();
  const places = listAt((await call("GET", "/locations")).body, "items");
  const [from, to] = [at(places, 0, "id"), at(places, 1, "id")];
  const where = async () =>
    at(
      (await call("GET", "/telephony/config/numbers?phoneNumber=%2B15125550122")).body,
      "phoneNumbers",
      0,
      "location",
      "id",
    );
  const job = {
    operation: "MOVE",
    targetLocationId: to,
    numberList: [{ locationId: from, numbers: ["+15125550122"] }],
  };
  const started = await call("POST", MOVE, job);
  const id = at(started.body, "id");
  assert.deepEqual([started.status, at(started.body, "latestExecutionStatus")], [201, "STARTING"]);
  assert.equal(at((await call("GET", `${MOVE}/${id}`)).body, "latestExecutionStatus"), "STARTED");
  assert.equal(await where(), from);
  const done = (await call("GET", `${MOVE}/${id}`)).body;
  assert.deepEqual([at(done, "latestExecutionStatus"), at(done, "counts", "moved")], ["COMPLETED", 1]);
  assert.equal(await where(), to);
  assert.deepEqual(at((await call("GET", `${MOVE}/${id}/errors`)).body, "items"), []);
  assert.equal(at((await call("GET", MOVE)).body, "items", 0, "id"), id);
});

Deno.test("followJob() doesn't move a paused job on", async () => {
  const { call } = makeBench({ jobPolls: 1 });
  const id = at((await call("POST", MOVE, { operation: "MOVE", numberList: [] })).body, "id");
  assert.equal((await call("POST", `${MOVE}/${id}/actions/pause/invoke`)).status, 204);
  assert.equal(at((await call("GET", `${MOVE}/${id}`)).body, "latestExecutionStatus"), "STARTING");
  await call("POST", `${MOVE}/${id}/actions/resume/invoke`);
  assert.equal(at((await call("GET", `${MOVE}/${id}`)).body, "latestExecutionStatus"), "COMPLETED");
});

Deno.test("followJob() knows only jobs that were started", async () => {
  const { call } = makeBench();
  assert.equal((await call("GET", `${MOVE}/${makeId("jobs", "never")}`)).status, 404);
});

Deno.test("startDeclaredJob() validates a person's move and then moves the person", async () => {
  const { call } = makeBench({ jobPolls: 1 });
  const path = "/telephony/config/jobs/person/moveLocation";
  const userId = at((await call("GET", "/people")).body, "items", 1, "id");
  const locationId = at((await call("GET", "/locations")).body, "items", 2, "id");
  const move = (validate: boolean) => ({ usersList: [{ locationId, validate, users: [{ userId }] }] });
  const checked = await call("POST", path, move(true));
  assert.deepEqual([checked.status, at(checked.body, "response", 0, "userId")], [200, userId]);
  const started = await call("POST", path, move(false));
  assert.equal(started.status, 201);
  await call("GET", `${path}/${at(started.body, "response", "id")}`);
  assert.equal(at((await call("GET", `/people/${userId}?callingData=true`)).body, "locationId"), locationId);
});

Deno.test("changeLocation() spreads a new routing prefix by a job", async () => {
  const { call } = makeBench();
  const path = `/telephony/config/locations/${at((await call("GET", "/locations")).body, "items", 0, "id")}`;
  assert.equal((await call("PUT", path, { externalCallerIdName: "Us" })).status, 204);
  const { status, body } = await call("PUT", path, { routingPrefix: "8999" });
  assert.equal(status, 200);
  const job = await call("GET", `/telephony/config/jobs/updateRoutingPrefix/${at(body, "batchJobId")}`);
  assert.equal(job.status, 200);
  assert.equal(at((await call("GET", path)).body, "routingPrefix"), "8999");
});

Deno.test("changeVendor() answers the job that changes the vendor", async () => {
  const { call } = makeBench();
  const { body } = await call("PUT", "/telephony/config/callRecording/vendor", { vendorId: makeId("vendors", "1") });
  const job = await call("GET", `/telephony/config/jobs/callRecording/${at(body, "jobId")}`);
  assert.deepEqual([job.status, at(job.body, "vendorId")], [200, makeId("vendors", "1")]);
});

Deno.test("orderReport() makes a report that can be downloaded when it is done", async () => {
  const { call } = makeBench();
  const id = at((await call("POST", "/reports", { templateId: 501 })).body, "id");
  assert.equal(at((await call("GET", `/reports/${id}`)).body, "status"), "running");
  const done = (await call("GET", `/reports/${id}`)).body;
  assert.equal(at(done, "status"), "done");
  const file = await call("GET", String(at(done, "downloadURL")));
  assert.deepEqual([file.status, file.headers.get("content-type")], [200, "text/csv;charset=UTF-8"]);
  assert.match(String(file.body), /Date,Calls/);
  assert.equal((await call("DELETE", `/reports/${id}`)).status, 204);
  assert.equal((await call("GET", `/reports/${id}`)).status, 404);
});

Deno.test("followJob() lists the numbers that a job could not move, once it is over", async () => {
  const { call } = makeBench({ jobPolls: 1 });
  const places = listAt((await call("GET", "/locations")).body, "items");
  const numberList = [{ locationId: at(places, 0, "id"), numbers: ["+15125550122", "+19995550000"] }];
  const started = await call("POST", MOVE, { operation: "MOVE", targetLocationId: at(places, 1, "id"), numberList });
  const path = `${MOVE}/${at(started.body, "id")}`;
  assert.deepEqual(listAt((await call("GET", `${path}/errors`)).body, "items"), []);
  const done = (await call("GET", path)).body;
  assert.deepEqual(
    [at(done, "latestExecutionStatus"), at(done, "latestExecutionExitCode"), at(done, "counts", "failed")],
    ["COMPLETED", "COMPLETED_WITH_ERRORS", 1],
  );
  const errors = listAt((await call("GET", `${path}/errors`)).body, "items");
  assert.deepEqual([errors.length, at(errors, 0, "item"), at(errors, 0, "itemNumber")], [1, "+19995550000", 1]);
  assert.equal(at(errors, 0, "error", "message", 0, "code"), "4251");
});

Deno.test("startDeclaredJob() lets a job fail that has the word in its request, and spares what it would change", async () => {
  const { call } = makeBench({ jobPolls: 1 });
  const path = "/telephony/config/jobs/devices/applyLineKeyTemplate";
  const started = await call("POST", path, { action: "APPLY_TEMPLATE", templateId: "Fail please" });
  const job = `${path}/${at(started.body, "id")}`;
  assert.equal(at((await call("GET", job)).body, "latestExecutionStatus"), "FAILED");
  assert.equal(at((await call("GET", `${job}/errors`)).body, "error", "code"), "1026006");
});

Deno.test("startDeclaredJob() lets a job fail that is about an object with the word in its name", async () => {
  const { call } = makeBench({ jobPolls: 1 });
  const name = "Failing Falls";
  const address = { address1: "1 Main St", city: "Austin", state: "TX", postalCode: "78701", country: "US" };
  const place = {
    name,
    timeZone: "America/Chicago",
    preferredLanguage: "en_US",
    announcementLanguage: "en_us",
    address,
  };
  const id = at((await call("POST", "/locations", place)).body, "id");
  const path = "/telephony/config/jobs/devices/rebuildPhones";
  const started = await call("POST", path, { locationId: id });
  const done = (await call("GET", `${path}/${at(started.body, "id")}`)).body;
  assert.equal(at(done, "latestExecutionStatus"), "FAILED");
});
