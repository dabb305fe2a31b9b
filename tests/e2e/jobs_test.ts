import assert from "node:assert/strict";
import type { JsonObject } from "../../src/core/json.ts";
import { startUpstream, TOKEN, until, type Upstream } from "../support/process.ts";
import { type CallOutcome, openSession, type Session } from "../support/session.ts";
import { askedOf } from "../support/list_pages.ts";

const REBUILD = "device_settings_rebuild_phones_configuration";
const REBUILD_STATUS = "device_settings_get_job_status_rebuild_phones";
const NUMBERS_STATUS = "numbers_get_manage_numbers_job_status";
const NUMBERS_PATH = "/telephony/config/jobs/numbers/manageNumbers/{jobId}";

async function locationsOf(session: Session): Promise<string[]> {
  return (await session.call("locations_list_locations", { fields: "items[].id" })).value.body;
}

/** Starts a job and gives what its answer says of it. */
async function start(session: Session, tool: string, args: JsonObject): Promise<JsonObject> {
  const { isError, value, text } = await session.call(tool, args);
  assert.equal(isError, false, text);
  assert.ok(value.job, text);
  return value.job;
}

/** Follows the answer's own advice. */
async function follow(session: Session, { wait }: JsonObject, more: JsonObject = {}): Promise<CallOutcome> {
  const { tool, arguments: args } = JSON.parse(JSON.stringify(wait));
  return await session.call(tool, { ...args, ...more });
}

/** Each poll of a job of phone numbers tells the next of these states, and the last one for ever. */
function tellStates(upstream: Upstream, ...states: readonly JsonObject[]): void {
  for (const [index, body] of states.entries()) {
    upstream.sandbox.faults.add({ path: NUMBERS_PATH, body, ...(index < states.length - 1 ? { times: 1 } : {}) });
  }
}

Deno.test("an operation that starts a job returns the job, and webex_wait_for_job waits until it is done", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  const [locationId = ""] = await locationsOf(session);
  const job = await start(session, REBUILD, { locationId });
  assert.deepEqual(job, {
    id: job.id,
    status: "STARTING",
    poll_tool: REBUILD_STATUS,
    errors_tool: "device_settings_get_job_errors_rebuild_phones",
    wait: { tool: "webex_wait_for_job", arguments: { poll_tool: REBUILD_STATUS, job_id: job.id } },
  });
  upstream.sandbox.requests.clear();
  const { isError, value } = await follow(session, job);
  assert.equal(isError, false);
  assert.deepEqual([value.status, value.percent, value.errors, value.attempts], ["completed", 100, [], 2]);
  assert.equal(value.job.id, job.id);
  const messages = session.notes.map(({ message, progress, total }) => [message, progress, total]);
  assert.deepEqual(messages, [
    ["The job is in state STARTED (50 %)", 50, 100],
    ["The job is in state COMPLETED (100 %)", 100, 100],
  ]);
  assert.equal(askedOf(upstream).length, 3, "two polls and the errors");
  assert.equal((await follow(session, job)).value.status, "completed", "a job that is done can be asked for again");
});

Deno.test("what failed in a job is listed in readable form, from all pages of its errors", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  const [from = "", to = ""] = await locationsOf(session);
  const numbers = Array.from({ length: 3 }, (_, index) => `+1999555000${index}`);
  const fields = "phoneNumbers[0].phoneNumber";
  const known = (await session.call("numbers_list_phone_numbers_of_organization", { locationId: from, fields })).value;
  const move = (list: string[]) => ({
    operation: "MOVE",
    targetLocationId: to,
    numberList: [{ locationId: from, numbers: list }],
  });
  const some = await start(session, "numbers_start_manage_numbers_job", move([known.body, ...numbers]));
  const partly = await follow(session, some);
  assert.equal(partly.isError, false, "what succeeded is no error");
  assert.equal(partly.value.status, "completed_with_errors");
  assert.deepEqual([partly.value.counts.moved, partly.value.counts.failed], [1, 3]);
  assert.deepEqual(
    partly.value.errors,
    numbers.map((number) => ({
      item: number,
      code: "4251",
      message: `The number ${number} does not exist in the source location`,
    })),
  );
  assert.match(partly.value.guidance, /not for everything/);

  const page = (item: string) => ({
    items: [{ item, error: { key: "409", message: [{ code: "1", description: item }] } }],
  });
  const errors = `${NUMBERS_PATH}/errors`;
  const link = `<${upstream.url}${errors.replace("{jobId}", String(some.id))}?start=1&page=2>; rel="next"`;
  upstream.sandbox.faults.add({ path: errors, pattern: "page=2", body: page("second") });
  upstream.sandbox.faults.add({ path: errors, body: page("first"), headers: { link } });
  const all = await follow(session, some);
  assert.deepEqual(all.value.errors.map(({ item }: JsonObject) => item), ["first", "second"]);
  assert.equal("errors_complete" in all.value, false);
});

Deno.test("a job that failed is an error that says why", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  const [locationId = ""] = await locationsOf(session);
  const template = { action: "APPLY_TEMPLATE", templateId: "fail", locationIds: [locationId] };
  const job = await start(session, "device_settings_apply_a_line_key_template", template);
  const { isError, value } = await follow(session, job);
  assert.ok(isError);
  assert.deepEqual([value.status, value.error.code], ["failed", "job_failed"]);
  assert.match(value.error.message, /^The job ended as "FAILED"/);
  assert.deepEqual(value.errors, [{ code: "1026006", message: "The change could not be made, as its name asks for" }]);
  assert.match(value.guidance, /^Correct what the errors name/);
});

Deno.test("a job that still runs when the time is up is no error: the same call goes on", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url, { flags: ["--deadline", "5"] });
  const running = { id: "j", latestExecutionStatus: "STARTED", percentageComplete: 40 };
  tellStates(upstream, running);
  const job = { wait: { tool: "webex_wait_for_job", arguments: { poll_tool: NUMBERS_STATUS, job_id: "j" } } };
  for (
    const [more, least, most] of [[{ timeout_seconds: 1 }, 900, 2_500], [
      { timeout_seconds: 600 },
      2_500,
      5_000,
    ]] as const
  ) {
    const begun = performance.now();
    const { isError, value } = await follow(session, job, more);
    const took = performance.now() - begun;
    assert.ok(took > least && took < most, `took ${took} ms`);
    assert.equal(isError, false);
    assert.deepEqual([value.status, value.percent, value.job], ["running", 40, running]);
    assert.match(value.guidance, /still running: call webex_wait_for_job again with the same arguments/);
  }
  upstream.sandbox.faults.clear();
  tellStates(upstream, { id: "j", latestExecutionStatus: "COMPLETED", latestExecutionExitCode: "COMPLETED" });
  upstream.sandbox.faults.add({ path: `${NUMBERS_PATH}/errors`, body: { items: [] } });
  assert.equal((await follow(session, job)).value.status, "completed");
});

Deno.test("what webex_wait_for_job cannot follow is refused, and it lists the tools that tell a job's state", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  for (
    const tool of ["people_get_person_details", REBUILD, "webex_next_page", "numbers_list_manage_numbers_jobs", ""]
  ) {
    const { isError, value } = await session.call("webex_wait_for_job", { poll_tool: tool, job_id: "j" });
    assert.ok(isError);
    assert.equal(value.error.code, "invalid_argument");
    assert.ok(value.error.details[0].expected.includes(NUMBERS_STATUS));
    assert.match(value.guidance, /^Nothing was sent/);
  }
  for (
    const args of [{ poll_tool: NUMBERS_STATUS }, { job_id: "j" }, { poll_tool: NUMBERS_STATUS, job_id: " " }, {
      poll_tool: NUMBERS_STATUS,
      job_id: "j",
      timeout_seconds: 0,
    }]
  ) {
    assert.ok((await session.call("webex_wait_for_job", args)).isError, JSON.stringify(args));
  }
  assert.deepEqual(askedOf(upstream), []);
  const unknown = await session.call("webex_wait_for_job", { poll_tool: NUMBERS_STATUS, job_id: "no/such job" });
  assert.deepEqual([unknown.isError, unknown.value.status_code], [true, 404]);
});

Deno.test("read-only, webex_wait_for_job still follows jobs that others have started", async () => {
  await using upstream = await startUpstream();
  await using writer = await openSession(upstream.url);
  const [locationId = ""] = await locationsOf(writer);
  const job = await start(writer, REBUILD, { locationId });
  await using reader = await openSession(upstream.url, { flags: ["--read-only"] });
  assert.equal((await follow(reader, job)).value.status, "completed");
});

Deno.test("a report is followed like a job, and its result says where the file is", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  const job = await start(session, "reports_create_a_report", { templateId: 130 });
  assert.equal(job.poll_tool, "reports_get_report_details");
  const { value } = await follow(session, job);
  assert.equal(value.status, "completed");
  assert.equal(value.download_url, value.job.downloadURL);
  assert.match(value.guidance, /^The file is at download_url/);
  const file = await fetch(value.download_url, { headers: { authorization: `Bearer ${TOKEN}` } });
  assert.match(await file.text(), /^Date,Calls/);
});

Deno.test("every kind of job is followed to its end, wherever its answer has the job's id", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  const [, to = ""] = await locationsOf(session);
  const userId = (await session.call("people_list_people", { max: 1, fields: "items[0].id" })).value.body;
  const list = { locationId: to, users: [{ userId, extension: "7777" }] };
  const move = "user_validate_or_initiate_move_users_job";
  const trial = await session.call(move, { usersList: [{ ...list, validate: true }] });
  assert.deepEqual([trial.isError, "job" in trial.value], [false, false], "a trial starts no job");
  const kinds: readonly (readonly [tool: string, args: JsonObject, poll: string])[] = [
    [move, { usersList: [{ ...list, validate: false }] }, "user_get_move_users_job_status"],
    [
      "location_update_webex_calling_details",
      { locationId: to, routingPrefix: "88" },
      "location_get_job_status_update_routing_prefix",
    ],
    ["call_recording_set_organization_vendor", { vendorId: "x" }, "call_recording_get_job_status_of_job"],
    ["location_disable_a_location_for_webex_calling", { locationId: to }, "location_get_disable_calling_job_status"],
  ];
  await Promise.all(kinds.map(async ([tool, args, poll]) => {
    const job = await start(session, tool, args);
    assert.equal(job.poll_tool, poll);
    assert.equal((await follow(session, job)).value.status, "completed", tool);
  }));
});

Deno.test("a cancelled wait ends at once, and says nothing more", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  tellStates(upstream, { latestExecutionStatus: "STARTED" });
  let id = 0;
  const args = { poll_tool: NUMBERS_STATUS, job_id: "j" };
  void session.call("webex_wait_for_job", args, (own) => id = own).catch(() => {});
  await until(() => session.notes.length === 1);
  await session.notify("notifications/cancelled", { requestId: id });
  const begun = performance.now();
  assert.equal(await session.end(), 0);
  assert.ok(performance.now() - begun < 1_500);
  assert.equal(askedOf(upstream).length, 1);
});
