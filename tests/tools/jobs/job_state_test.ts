import assert from "node:assert/strict";
import type { JsonObject } from "../../../src/core/json.ts";
import { type JobOutcome, stateOf } from "../../../src/tools/jobs/job_state.ts";

const OUTCOMES: [string, JsonObject, JobOutcome][] = [
  ["a job that begins", { latestExecutionStatus: "STARTING", latestExecutionExitCode: "UNKNOWN" }, "running"],
  ["a job that runs", { latestExecutionStatus: "STARTED", counts: { failed: 1 } }, "running"],
  ["a state that Webex does not know", { latestExecutionStatus: "UNKNOWN" }, "running"],
  ["a job that is done", { latestExecutionStatus: "COMPLETED", latestExecutionExitCode: "COMPLETED" }, "completed"],
  [
    "a job that is done but for orders",
    { latestExecutionStatus: "COMPLETED", latestExecutionExitCode: "COMPLETED_WITH_PENDING_ORDERS" },
    "completed",
  ],
  [
    "a job that is done with errors",
    { latestExecutionStatus: "COMPLETED", latestExecutionExitCode: "COMPLETED_WITH_ERRORS" },
    "completed_with_errors",
  ],
  ["a job whose counts tell of errors", { latestExecutionStatus: "COMPLETED", errorCount: 2 }, "completed_with_errors"],
  [
    "a new prefix that failed",
    { latestExecutionStatus: "COMPLETED", counts: { routingPrefixFailed: 1 } },
    "completed_with_errors",
  ],
  ["a job that ended badly", { latestExecutionStatus: "COMPLETED", latestExecutionExitCode: "FAILED" }, "failed"],
  ["a job that was stopped", { latestExecutionStatus: "COMPLETED", latestExecutionExitCode: "STOPPED" }, "stopped"],
  ["a job that failed", { latestExecutionStatus: "FAILED", latestExecutionExitCode: "UNKNOWN" }, "failed"],
  ["a job that was abandoned", { latestExecutionStatus: "ABANDONED" }, "abandoned"],
  ["a job that is paused", { latestExecutionStatus: "PAUSED" }, "paused"],
  [
    "a job with nothing but executions, in any order",
    {
      jobExecutionStatus: [
        { statusMessage: "COMPLETED", exitCode: "COMPLETED", createdTime: "2026-01-02T00:00:00Z" },
        { statusMessage: "FAILED", exitCode: "FAILED", createdTime: "2026-01-01T00:00:00Z" },
      ],
    },
    "completed",
  ],
  ["a report that is made", { status: "running" }, "running"],
  ["a report that is done", { status: "done", downloadURL: "https://x" }, "completed"],
  ["speech that is made", { status: "IN_PROGRESS" }, "running"],
  ["speech that is done", { status: "SUCCESS" }, "completed"],
  ["speech that failed", { status: "FAILURE" }, "failed"],
  ["nothing at all", {}, "running"],
];

for (const [what, body, outcome] of OUTCOMES) {
  Deno.test(`stateOf() tells ${what}`, () => assert.equal(stateOf(body).outcome, outcome));
}

Deno.test("stateOf() tells share and counts, whatever form they have", () => {
  const body = { latestExecutionStatus: "STARTED", percentageComplete: "40", counts: { moved: 2 }, updatedCount: 3 };
  assert.deepEqual(stateOf(body), {
    outcome: "running",
    said: "STARTED",
    percent: 40,
    counts: { moved: 2, updatedCount: 3 },
  });
  assert.equal(stateOf({ status: "done" }).percent, 100);
  assert.equal(stateOf({ percentageComplete: 400 }).percent, undefined);
});
