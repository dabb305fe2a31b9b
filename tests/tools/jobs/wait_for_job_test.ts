import assert from "node:assert/strict";
import { argumentsOf } from "../../../src/collection/arguments.ts";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import type { Endpoint } from "../../../src/collection/endpoint.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../src/core/json.ts";
import { createSandbox } from "../../../src/sandbox/sandbox.ts";
import { jobLink } from "../../../src/tools/jobs/job_link.ts";
import { failed, type ToolResult } from "../../../src/tools/results/result.ts";
import { createWaitForJob, pollToolsOf } from "../../../src/tools/jobs/wait_for_job.ts";
import { buildRequest } from "../../../src/webex/requests/request.ts";
import { callOf, type FakeCall, FakeClock } from "../../support/fake_clock.ts";

const ALL = embeddedCollection().endpoints;
const TOOLS = pollToolsOf(ALL);
const byPath = (methodPath: string) => ALL.find(({ method, path }) => `${method} ${path}` === methodPath);
const toolOf = (methodPath: string) => byPath(methodPath)?.tool;
const POLL = "numbers_get_manage_numbers_job_status";

function endpointAt(methodPath: string): Endpoint {
  const found = byPath(methodPath);
  if (found === undefined) throw new Error(`No endpoint ${methodPath}`);
  return found;
}

type Call = (tool: string, args: JsonObject, call: number) => ToolResult | Promise<ToolResult>;

/** The tool over scripted answers, and what it called. */
function scripted(answer: Call, clock = new FakeClock()) {
  const calls: { tool: string; args: JsonObject; at: number }[] = [];
  const tool = createWaitForJob({
    pollTools: () => Promise.resolve(TOOLS),
    callTool: async (name, args) => {
      calls.push({ tool: name, args, at: clock.monotonic() });
      return await answer(name, args, calls.length);
    },
    clock,
  });
  const wait = (args: JsonObject, context: FakeCall = callOf(clock)) => {
    const work = tool.call({ poll_tool: POLL, job_id: "J", ...args }, context).finally(() => context[Symbol.dispose]());
    return clock.until(work);
  };
  return { clock, calls, wait, tool };
}

const ok = (body: Json): ToolResult => ({ isError: false, value: { status_code: 200, body } });
const status = (latestExecutionStatus: string, more: JsonObject = {}) =>
  ok({ id: "J", latestExecutionStatus, ...more });

Deno.test("createWaitForJob() polls ever more slowly until the job is done, and tells how far it is", async () => {
  const { wait, calls, clock } = scripted((tool, _args, call) =>
    tool !== POLL
      ? ok({ items: [] })
      : call < 6
      ? status("STARTED", { percentageComplete: call * 10 })
      : status("COMPLETED")
  );
  const context = callOf(clock);
  const { isError, value } = await wait({}, context);
  assert.deepEqual([isError, value.status, value.percent, value.attempts, value.errors], [
    false,
    "completed",
    100,
    6,
    [],
  ]);
  assert.deepEqual(calls.slice(0, 6).map(({ at }) => at), [0, 2_000, 5_000, 9_500, 16_250, 26_250]);
  assert.deepEqual(calls[0]?.args, { jobId: "J" });
  assert.deepEqual(context.notes[1], { message: "The job is in state STARTED (20 %)", done: 20, total: 100 });
});

Deno.test("createWaitForJob() takes a job that is still running for no error", async () => {
  const { wait, clock } = scripted(() => status("STARTED", { percentageComplete: 40 }));
  const { isError, value } = await wait({ timeout_seconds: 10 });
  assert.deepEqual([isError, value.status, value.percent, clock.monotonic()], [false, "running", 40, 10_000]);
  assert.match(String(value.guidance), /call webex_wait_for_job again with the same arguments/);
  assert.equal(value.errors, undefined);
});

Deno.test("createWaitForJob() leaves time for the answer before the call's deadline", async () => {
  const { wait, clock } = scripted(() => status("STARTED"));
  const { value } = await wait({ timeout_seconds: 600 }, callOf(clock, { deadlineMs: 20_000 }));
  assert.deepEqual([value.status, clock.monotonic()], ["running", 18_000]);
});

Deno.test("createWaitForJob() waits for most of a short call", async () => {
  const { wait, clock } = scripted(() => status("STARTED"));
  await wait({}, callOf(clock, { deadlineMs: 3_000 }));
  assert.equal(clock.monotonic(), 2_700);
});

Deno.test("createWaitForJob() tells what failed", async () => {
  const errors = [{
    item: "+1",
    itemNumber: 1,
    error: { key: "409", message: [{ code: "7", description: "In use" }] },
  }];
  const { wait } = scripted((tool) => tool === POLL ? status("FAILED") : ok({ items: errors }));
  const { isError, value } = await wait({});
  assert.ok(isError);
  assert.deepEqual(value.errors, [{ item: "+1", code: "7", message: "In use" }]);
  assert.deepEqual(value.error, { code: "job_failed", message: 'The job ended as "FAILED"', details: null });
  assert.match(String(value.guidance), /Correct what the errors name/);
});

Deno.test("createWaitForJob() tells a job that is done in part from one that failed", async () => {
  const { wait } = scripted((tool) =>
    tool === POLL
      ? status("COMPLETED", { counts: { moved: 1, failed: 1 } })
      : failed({ code: "x", message: "No", guidance: "" })
  );
  const { isError, value } = await wait({});
  assert.deepEqual([isError, value.status, value.counts], [false, "completed_with_errors", { moved: 1, failed: 1 }]);
  assert.deepEqual([value.errors, value.errors_complete, value.warnings], [[], false, [
    "Cannot read the job's errors: No",
  ]]);
});

Deno.test("createWaitForJob() stops at a paused job at once", async () => {
  const { wait, clock } = scripted(() => status("STARTED", { isPaused: true }));
  const { isError, value } = await wait({});
  assert.deepEqual([isError, value.status, clock.monotonic()], [false, "paused", 0]);
  assert.match(String(value.guidance), /resume it/);
});

Deno.test("createWaitForJob() hands on a poll that failed, unless it only ran out of time", async () => {
  const gone = failed({ status: 404, code: "http_404", message: "Job could not be found.", guidance: "Check the id." });
  const first = await scripted(() => gone).wait({});
  assert.deepEqual(first, gone);
  const later = await scripted((_tool, _args, call) => call === 1 ? status("STARTED") : gone).wait({});
  assert.deepEqual([later.isError, later.value.status, later.value.status_code], [true, "running", 404]);
  const late = failed({ code: "deadline_exceeded", message: "No answer in time", guidance: "" });
  const { isError, value } = await scripted((_tool, _args, call) => call === 1 ? status("STARTED") : late).wait({});
  assert.deepEqual([isError, value.status], [false, "running"]);
});

Deno.test("createWaitForJob() ends when the call is cancelled, and says that the job goes on", async () => {
  const { clock, tool } = scripted(() => status("STARTED"));
  const cancel = new AbortController();
  using context = callOf(clock, { signal: cancel.signal });
  const work = assert.rejects(
    tool.call({ poll_tool: POLL, job_id: "J" }, context),
    { code: "cancelled", guidance: /The job itself goes on/ },
  );
  await clock.advance(1_000);
  cancel.abort();
  await work;
  assert.equal(clock.monotonic(), 1_000);
});

Deno.test("createWaitForJob() refuses tools that tell no job's state", async () => {
  const { wait, calls } = scripted(() => ok({}));
  const { isError, value } = await wait({ poll_tool: "people_list_people" });
  assert.ok(isError);
  assert.match(JSON.stringify(value), /invalid_argument.*numbers_get_manage_numbers_job_status.*Nothing was sent/);
  assert.deepEqual(calls, []);
});

Deno.test("createWaitForJob() names the organization where the poll can", async () => {
  const rebuild = toolOf("GET /telephony/config/jobs/devices/rebuildPhones/{jobId}") ?? "";
  const { wait, calls } = scripted(() => status("COMPLETED"));
  await wait({ poll_tool: rebuild, orgId: "O" });
  assert.deepEqual(calls.map(({ args }) => args), [{ jobId: "J", orgId: "O" }, { jobId: "J", orgId: "O" }]);
  const other = scripted(() => status("COMPLETED"));
  await other.wait({ orgId: "O" });
  assert.deepEqual(other.calls[0]?.args, { jobId: "J" });
});

Deno.test("pollToolsOf() knows every family of jobs, also where their starts are left out", () => {
  const reads = pollToolsOf(ALL.filter(({ facts }) => facts.kind === "read"));
  assert.deepEqual([...reads.keys()].toSorted(), [...TOOLS.keys()].toSorted());
  assert.equal(TOOLS.size, 12);
  for (const { poll, errors } of TOOLS.values()) {
    assert.ok(poll.facts.kind === "read" && (errors === undefined || errors.facts.kind === "read"));
    assert.equal(reads.get(poll.tool)?.errors, errors);
  }
});

/** The sandbox as the tools' other side. */
function bench() {
  const clock = new FakeClock(Date.UTC(2026, 5, 17, 15));
  const sandbox = createSandbox(ALL, { clock });
  const call = async (endpoint: Endpoint, args: JsonObject): Promise<ToolResult> => {
    const known = new Set(argumentsOf(endpoint).map(({ name }) => name));
    const given = Object.fromEntries(Object.entries(args).filter(([name]) => known.has(name)));
    const { method, url, headers, body } = await buildRequest(endpoint, given, { readFile: () => Promise.reject() });
    headers.set("authorization", "Bearer test");
    const response = await sandbox.fetch(
      new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }),
    );
    const text = await response.text();
    const parsed: Json = text === "" ? null : JSON.parse(text);
    return { isError: !response.ok, value: { status_code: response.status, body: parsed } };
  };
  const find = (tool: string) => ALL.find((endpoint) => endpoint.tool === tool) ?? endpointAt("");
  const { wait } = scripted((tool, args) => call(find(tool), args), clock);
  /** Starts a job and waits for it as its link says. */
  const follow = async (methodPath: string, args: JsonObject): Promise<ToolResult> => {
    const { value } = await call(endpointAt(methodPath), args);
    const { status_code: code = 0, body = null } = value;
    const link = jobLink(endpointAt(methodPath), { status: Number(code), body }, toolOf, args);
    const next = isJsonObject(link?.wait) ? link.wait.arguments : undefined;
    assert.ok(isJsonObject(next), `${methodPath}: ${JSON.stringify(value)}`);
    return await wait(next);
  };
  const first = async (methodPath: string, member: string, index = 0): Promise<string> => {
    const { value: { body } } = await call(endpointAt(methodPath), {});
    const items = isJsonObject(body) ? body[member] : undefined;
    const item = Array.isArray(items) ? items[index] : undefined;
    return isJsonObject(item) && typeof item.id === "string" ? item.id : "";
  };
  return { follow, first, call };
}

Deno.test("createWaitForJob() waits for every family of jobs of the sandbox", async () => {
  const { follow, first } = bench();
  const locationId = await first("GET /locations", "items");
  const userId = await first("GET /people", "items", 1);
  const target = await first("GET /locations", "items", 2);
  const starts: [string, JsonObject][] = [
    ["POST /telephony/config/jobs/devices/applyLineKeyTemplate", { action: "APPLY_TEMPLATE", templateId: "T" }],
    ["POST /telephony/config/jobs/devices/callDeviceSettings", { locationId, customizations: {} }],
    ["POST /telephony/config/jobs/devices/rebuildPhones", { locationId }],
    ["POST /telephony/config/jobs/devices/dynamicDeviceSettings", {
      locationId,
      tags: [{ familyOrModelDisplayName: "9861", tag: "%X%", action: "SET", value: "1" }],
    }],
    ["POST /telephony/config/jobs/locations/deleteCallingLocation", { locationId, locationName: "HQ" }],
    [
      "POST /telephony/config/jobs/person/moveLocation",
      { usersList: [{ locationId: target, validate: false, users: [{ userId }] }] },
    ],
    ["PUT /telephony/config/locations/{locationId}", { locationId: target, routingPrefix: "8765" }],
    ["PUT /telephony/config/callRecording/vendor", { vendorId: "V" }],
    ["POST /reports", { templateId: 501 }],
  ];
  for (const [methodPath, args] of starts) {
    const { isError, value } = await follow(methodPath, args);
    assert.deepEqual([isError, value.status], [false, "completed"], `${methodPath}: ${JSON.stringify(value)}`);
    assert.ok(Number(value.attempts) >= 2, methodPath);
  }
});

Deno.test("createWaitForJob() tells a report's file", async () => {
  const { value } = await bench().follow("POST /reports", { templateId: 501 });
  assert.match(String(value.download_url), /^https:\/\//);
  assert.match(String(value.guidance), /download_url/);
});

Deno.test("createWaitForJob() lists the numbers that a job could not move", async () => {
  const { follow, first } = bench();
  const [from, to] = [await first("GET /locations", "items"), await first("GET /locations", "items", 1)];
  const numbers = ["+15125550122", "+19995550000"];
  const { isError, value } = await follow("POST /telephony/config/jobs/numbers/manageNumbers", {
    operation: "MOVE",
    targetLocationId: to,
    numberList: [{ locationId: from, numbers }],
  });
  assert.deepEqual([isError, value.status], [false, "completed_with_errors"]);
  assert.match(JSON.stringify(value.errors), /^\[{"item":"\+19995550000","code":"4251","message":"The number/);
});

Deno.test("createWaitForJob() reports a job that failed, with lists of errors and with a single one", async () => {
  const { follow } = bench();
  const starts: [string, JsonObject][] = [
    ["POST /telephony/config/jobs/locations/deleteCallingLocation", { locationName: "Fail", locationId: "L" }],
    ["POST /telephony/config/jobs/devices/applyLineKeyTemplate", { action: "APPLY_TEMPLATE", templateId: "fail" }],
  ];
  for (const [methodPath, args] of starts) {
    const { isError, value } = await follow(methodPath, args);
    assert.deepEqual([isError, value.status], [true, "failed"], JSON.stringify(value));
    assert.match(JSON.stringify(value.errors), /"code":"1026006","message":"The change could not be made/);
  }
});
