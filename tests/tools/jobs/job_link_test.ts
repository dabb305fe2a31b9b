import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import type { Endpoint } from "../../../src/collection/endpoint.ts";
import type { Json, JsonObject } from "../../../src/core/json.ts";
import { jobLink } from "../../../src/tools/jobs/job_link.ts";

const ALL = embeddedCollection().endpoints;
const toolOf = (methodPath: string) => ALL.find(({ method, path }) => `${method} ${path}` === methodPath)?.tool;

function endpointAt(methodPath: string): Endpoint {
  const found = ALL.find(({ method, path }) => `${method} ${path}` === methodPath);
  if (found === undefined) throw new Error(`No endpoint ${methodPath}`);
  return found;
}

function linkOf(methodPath: string, body: Json, args: JsonObject = {}, status = 200): JsonObject | undefined {
  return jobLink(endpointAt(methodPath), { status, body }, toolOf, args);
}

Deno.test("jobLink() says how the job is followed", () => {
  const body = { id: "J1", latestExecutionStatus: "STARTING" };
  assert.deepEqual(linkOf("POST /telephony/config/jobs/numbers/manageNumbers", body, {}, 201), {
    id: "J1",
    status: "STARTING",
    poll_tool: toolOf("GET /telephony/config/jobs/numbers/manageNumbers/{jobId}"),
    errors_tool: toolOf("GET /telephony/config/jobs/numbers/manageNumbers/{jobId}/errors"),
    wait: {
      tool: "webex_wait_for_job",
      arguments: { poll_tool: toolOf("GET /telephony/config/jobs/numbers/manageNumbers/{jobId}"), job_id: "J1" },
    },
  });
});

const IDS: [string, Json, JsonObject?][] = [
  ["POST /telephony/config/jobs/person/moveLocation", { response: { id: "J", latestExecutionStatus: "STARTING" } }],
  ["PUT /telephony/config/locations/{locationId}", { batchJobId: "J" }],
  ["PUT /telephony/config/callRecording/vendor", { jobId: "J" }],
  ["PUT /telephony/config/locations/{locationId}/callRecording/vendor", { jobId: "J" }],
  ["POST /telephony/config/textToSpeech/actions/generate/invoke", { id: "J" }],
  ["POST /reports", { id: "J" }],
  ["POST /reports", { items: { Id: "J" } }],
  ["POST /partner/reports", { items: [{ reportId: "J" }] }],
  ["POST /telephony/config/jobs/numbers/manageNumbers/{jobId}/actions/resume/invoke", null, { jobId: "J" }],
];

for (const [methodPath, body, args] of IDS) {
  Deno.test(`jobLink() finds the id in ${JSON.stringify(body)} of ${methodPath}`, () => {
    assert.equal(linkOf(methodPath, body, args)?.id, "J");
  });
}

Deno.test("jobLink() takes the organization along", () => {
  const wait = linkOf("POST /telephony/config/jobs/devices/rebuildPhones", { id: "J" }, { orgId: "O" }, 202)?.wait;
  assert.deepEqual(wait, {
    tool: "webex_wait_for_job",
    arguments: {
      poll_tool: toolOf("GET /telephony/config/jobs/devices/rebuildPhones/{jobId}"),
      job_id: "J",
      orgId: "O",
    },
  });
});

Deno.test("jobLink() gives nothing where no job was started", () => {
  const location = "PUT /telephony/config/locations/{locationId}";
  assert.equal(linkOf(location, null, { locationId: "L" }, 204), undefined);
  assert.equal(linkOf(location, { batchJobId: "J" }, {}, 409), undefined);
  const validated = { response: [{ userId: "U", impacts: [], errors: [] }] };
  assert.equal(linkOf("POST /telephony/config/jobs/person/moveLocation", validated), undefined);
  assert.equal(linkOf("GET /people", { id: "J" }), undefined);
  assert.equal(jobLink(endpointAt("POST /reports"), { status: 200, body: { id: "J" } }, () => undefined), undefined);
});

Deno.test("jobLink() finds the tools of every endpoint that starts a job", () => {
  for (const endpoint of ALL.filter(({ facts }) => facts.job !== undefined)) {
    const link = jobLink(endpoint, { status: 200, body: { id: "J" } }, toolOf);
    assert.ok(link?.poll_tool, endpoint.tool);
    assert.equal(link.errors_tool !== undefined, endpoint.facts.job?.errors !== undefined, endpoint.tool);
  }
});
