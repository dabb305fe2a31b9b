import assert from "node:assert/strict";
import type { Json, JsonObject } from "../../../src/core/json.ts";
import { MAX_JOB_ERRORS, readJobErrors } from "../../../src/tools/jobs/job_errors.ts";
import { failed } from "../../../src/tools/results/result.ts";
import { endpointOf } from "../../support/endpoints.ts";

const LIST = endpointOf({ tool: "errors_list" }, { list: "items", paging: { style: "offset" } });

async function read(body: Json, around: JsonObject = {}, endpoint = LIST) {
  const calls: [string, JsonObject][] = [];
  const errors = await readJobErrors(endpoint, { jobId: "J" }, (tool, args) => {
    calls.push([tool, args]);
    return Promise.resolve({ isError: false, value: { status_code: 200, body, ...around } });
  });
  return { errors, calls };
}

Deno.test("readJobErrors() makes the errors of a job readable", async () => {
  const items = [
    { item: "+1", itemNumber: 1, error: { key: "409", message: [{ code: "7", description: "In use" }] } },
    { itemNumber: 2, error: { key: "400", message: [{}] } },
    { error: { message: [{ description: "Odd" }] } },
  ];
  const { errors, calls } = await read({ items });
  assert.deepEqual(errors, {
    errors: [
      { item: "+1", code: "7", message: "In use" },
      { item: "Item 2", code: "400", message: "Webex gives no reason" },
      { message: "Odd" },
    ],
    complete: true,
  });
  assert.deepEqual(calls, [["errors_list", { jobId: "J", max_items: MAX_JOB_ERRORS }]]);
});

Deno.test("readJobErrors() reads the answer that is a single error, and one without any", async () => {
  const single = endpointOf({ tool: "errors_get" });
  const { errors, calls } = await read({ trackingId: "T", error: { code: "7", description: "In use" } }, {}, single);
  assert.deepEqual(errors.errors, [{ code: "7", message: "In use" }]);
  assert.deepEqual(calls, [["errors_get", { jobId: "J" }]]);
  for (const body of [null, {}, { trackingId: "T" }, { trackingId: "T", error: {} }, { items: [] }, []]) {
    assert.deepEqual((await read(body)).errors, { errors: [], complete: true });
  }
});

Deno.test("readJobErrors() says when there are more than it gives", async () => {
  const items = Array.from({ length: 500 }, (_, index) => ({ item: `n${index}`, error: { message: [{ code: "7" }] } }));
  const { errors } = await read({ items });
  assert.deepEqual([errors.errors.length, errors.complete], [MAX_JOB_ERRORS, false]);
  assert.equal((await read({ items: items.slice(0, 2) }, { complete: false })).errors.complete, false);
  const long = items.map((item) => ({ ...item, error: { message: [{ description: "x".repeat(1_900) }] } }));
  assert.ok(JSON.stringify((await read({ items: long })).errors).length < 45_000);
});

Deno.test("readJobErrors() warns where the list cannot be read", async () => {
  const failure = failed({ code: "http_500", message: "Broken", guidance: "" });
  const errors = await readJobErrors(LIST, {}, () => Promise.resolve(failure));
  assert.deepEqual(errors, { errors: [], complete: false, warning: "Cannot read the job's errors: Broken" });
});
