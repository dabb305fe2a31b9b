/**
 * Reads how far a job is, whichever service it belongs to.
 *
 * Jobs say `latestExecutionStatus` and `latestExecutionExitCode`, reports and generated speech say `status`.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";

/** How a job ended, or that it goes on. */
export type JobOutcome =
  | "running"
  | "paused"
  | "completed"
  | "completed_with_errors"
  | "failed"
  | "abandoned"
  | "stopped";

/** How far a job is. */
export interface JobState {
  readonly outcome: JobOutcome;
  /** Webex's own word; absent where the body has none. */
  readonly said?: string;
  /** From 0 to 100. */
  readonly percent?: number;
  /** How many things were done, failed, or are left, in Webex's names. */
  readonly counts?: JsonObject;
}

const OUTCOMES: readonly (readonly [RegExp, JobOutcome])[] = [
  [/^completed_with_errors$/i, "completed_with_errors"],
  [/^(completed\w*|success\w*|succeeded|done|finished)$/i, "completed"],
  [/^(failed|failure|error)$/i, "failed"],
  [/^abandoned$/i, "abandoned"],
  [/^(stopped|cancell?ed|aborted)$/i, "stopped"],
  [/^paused$/i, "paused"],
];

function word(value: Json | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function outcomeOf(said: string | undefined): JobOutcome | undefined {
  return said === undefined ? undefined : OUTCOMES.find(([pattern]) => pattern.test(said))?.[1];
}

/** The last entry of the list of executions, whose order is not promised. */
function lastExecution(body: JsonObject): JsonObject {
  const entries = Array.isArray(body.jobExecutionStatus)
    ? body.jobExecutionStatus.filter((entry) => isJsonObject(entry))
    : [];
  return entries.toSorted((a, b) => String(a.createdTime ?? "").localeCompare(String(b.createdTime ?? ""))).at(-1) ??
    {};
}

function percentOf({ percentageComplete }: JsonObject): number | undefined {
  const percent = typeof percentageComplete === "string" ? parseFloat(percentageComplete) : percentageComplete;
  return typeof percent === "number" && percent >= 0 && percent <= 100 ? percent : undefined;
}

/** Counts stand in `counts`, or as members of the job. */
function countsOf(body: JsonObject): JsonObject {
  const inner = isJsonObject(body.counts) ? body.counts : {};
  const beside = Object.entries(body).filter(([name, value]) => /Count$/.test(name) && typeof value === "number");
  return { ...inner, ...Object.fromEntries(beside) };
}

/** Several names can count the same. */
function most(counts: JsonObject, pattern: RegExp): number {
  const found = Object.entries(counts).filter(([name]) => pattern.test(name)).map(([, value]) => Number(value));
  return Math.max(0, ...found.filter((value) => Number.isFinite(value)));
}

/**
 * Reads a job's body.
 *
 * @param body What the endpoint that tells the job's state answered.
 * @returns Its state; a body without any word about it counts as running.
 */
export function stateOf(body: JsonObject): JobState {
  const last = lastExecution(body);
  const status = word(body.latestExecutionStatus) ?? word(last.statusMessage) ?? word(body.status);
  const exit = word(body.latestExecutionExitCode) ?? word(last.exitCode);
  const counts = countsOf(body);
  const ended = outcomeOf(status);
  // A job that has ended says by its exit code how; before that the code is UNKNOWN.
  const how = ended === "completed" ? outcomeOf(exit) ?? ended : ended;
  const outcome = how === "completed" && most(counts, /fail|error/i) > 0 ? "completed_with_errors" : how;
  const percent = percentOf(body) ?? (ended === "completed" ? 100 : undefined);
  return {
    outcome: outcome ?? (body.isPaused === true ? "paused" : "running"),
    ...(status === undefined ? {} : { said: status }),
    ...(percent === undefined ? {} : { percent }),
    ...(Object.keys(counts).length === 0 ? {} : { counts }),
  };
}
