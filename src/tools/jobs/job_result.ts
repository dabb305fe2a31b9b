/**
 * Tells how a job ended, or how far it is.
 *
 * @module
 */

import type { Json, JsonObject } from "../../core/json.ts";
import type { JobErrors } from "./job_errors.ts";
import type { JobState } from "./job_state.ts";
import type { ToolResult } from "../results/result.ts";

/** What has been seen of a job. */
export interface WatchedJob {
  readonly state: JobState;
  /** The last body. */
  readonly body: JsonObject;
  /** How often the state was read. */
  readonly attempts: number;
}

function guidanceFor(
  outcome: JobState["outcome"],
  errors: JobErrors | undefined,
  hasFile: boolean,
): string | undefined {
  switch (outcome) {
    case "running":
      return "The job is still running: call webex_wait_for_job again with the same arguments.";
    case "paused":
    case "stopped":
      return "The job was paused or stopped before its end: resume it with the tool for that, then call webex_wait_for_job again.";
    case "completed":
      return hasFile
        ? "The file is at download_url: downloading it takes the access token as bearer token."
        : undefined;
    case "completed_with_errors":
      return "The job is done, but not for everything: see what failed, correct it, and start a job for the rest.";
    default:
      return errors === undefined || errors.errors.length === 0
        ? "The job ended without being done and says no more: read the objects that it was to change before starting it again."
        : "Correct what the errors name, read the objects that the job was to change, then start it again for the rest.";
  }
}

/**
 * Makes the result.
 *
 * @param job What has been seen of the job.
 * @param errors What failed in it; absent while it runs, and for jobs that have no list of errors.
 * @returns `{status, percent?, counts?, error?, download_url?, job, errors?, attempts, guidance?}`; an error only if the job
 *   failed or was abandoned.
 */
export function jobResult({ state, body, attempts }: WatchedJob, errors: JobErrors | undefined): ToolResult {
  const { outcome, percent, counts } = state;
  const isError = outcome === "failed" || outcome === "abandoned";
  const reason = typeof body.errorMessage === "string" && body.errorMessage !== "" ? `: ${body.errorMessage}` : "";
  const error = {
    code: `job_${outcome}`,
    message: `The job ended as "${state.said ?? outcome}"${reason}`,
    details: null,
  };
  const download = [body.downloadURL, body.promptUrl].find((url) => typeof url === "string" && url !== "");
  const guidance = guidanceFor(outcome, errors, download !== undefined);
  return {
    isError,
    value: {
      status: outcome,
      ...(percent === undefined ? {} : { percent }),
      ...(counts === undefined ? {} : { counts }),
      ...(isError ? { error } : {}),
      ...(download === undefined ? {} : { download_url: download }),
      job: body,
      ...(errors === undefined ? {} : errorFacts(errors)),
      attempts,
      ...(guidance === undefined ? {} : { guidance }),
    },
  };
}

function errorFacts({ errors, complete, warning }: JobErrors): JsonObject {
  return {
    errors: errors.map((error): Json => ({ ...error })),
    ...(complete ? {} : { errors_complete: false }),
    ...(warning === undefined ? {} : { warnings: [warning] }),
  };
}
