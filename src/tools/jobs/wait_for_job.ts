/**
 * The tool that waits until a job is done.
 *
 * @module
 */

import { argumentsOf } from "../../collection/arguments.ts";
import type { Endpoint } from "../../collection/endpoint.ts";
import type { Clock } from "../../core/clock.ts";
import { type CallContext, DeadlineReached } from "../../core/context.ts";
import { RefusedError, UpstreamError } from "../../core/errors.ts";
import { isJsonObject, type JsonObject } from "../../core/json.ts";
import { endOfWork } from "../../webex/limits/call_wait.ts";
import type { BuiltInTool } from "../definitions/built_in.ts";
import type { ToolDefinition } from "../definitions/definition.ts";
import { readJobErrors } from "./job_errors.ts";
import { WAIT_FOR_JOB } from "./job_link.ts";
import { jobResult, type WatchedJob } from "./job_result.ts";
import { type JobState, stateOf } from "./job_state.ts";
import { failed, type ToolResult } from "../results/result.ts";

/** What a job is followed with. */
export interface JobReads {
  /** Reads the job's state. */
  readonly poll: Endpoint;
  /** Lists what failed. */
  readonly errors?: Endpoint;
}

/** What the tool works with. */
export interface WaitForJobOptions {
  /** The tools that tell a job's state, by name; see {@linkcode pollToolsOf}. */
  readonly pollTools: () => Promise<ReadonlyMap<string, JobReads>>;
  /** Calls a tool, by name. */
  readonly callTool: (tool: string, args: JsonObject, context: CallContext) => Promise<ToolResult>;
  readonly clock: Clock;
}

const DEFAULT_SECONDS = 45;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 10_000;
const GROWTH = 1.5;

/** The tool as clients see it. */
export const WAIT_FOR_JOB_DEFINITION: ToolDefinition = {
  name: WAIT_FOR_JOB,
  description:
    "Waits until a job is done and lists what failed: pass what `job.wait.arguments` of the call that started it says. A job " +
    "that is still running when the time is up is no error: call again with the same arguments.",
  inputSchema: {
    type: "object",
    properties: {
      poll_tool: { type: "string", description: "The `job.poll_tool` of the call that started the job" },
      job_id: { type: "string", description: "The `job.id` of that call" },
      timeout_seconds: {
        type: "number",
        minimum: 1,
        maximum: 600,
        default: DEFAULT_SECONDS,
        description: "How long to wait; never longer than the server lets a call take",
      },
      orgId: { type: "string", description: "The organization, where that call named one" },
    },
    required: ["poll_tool", "job_id"],
    additionalProperties: false,
  },
  annotations: {
    title: "Wait for a job",
    readOnlyHint: true,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: true,
  },
};

/**
 * Finds the tools that tell a job's state.
 *
 * @param endpoints All endpoints that may be called.
 * @returns The endpoints by the poll tool's name.
 */
export function pollToolsOf(endpoints: readonly Endpoint[]): ReadonlyMap<string, JobReads> {
  const byKey = new Map(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint]));
  // A job whose start may not be called, as with read-only profiles, can still be waited for: the path tells it.
  const listed = endpoints.filter(({ path, facts }) =>
    facts.kind === "read" && /\/jobs\/.*\{[^}]+\}$|\/textToSpeech\/\{[^}]+\}$|\/reports\/\{[^}]+\}$/.test(path)
  ).map(({ method, path }) => ({ poll: `${method} ${path}`, errors: `${method} ${path}/errors` }));
  const jobs = [...listed, ...endpoints.flatMap(({ facts }) => facts.job === undefined ? [] : [facts.job])];
  const tools = new Map<string, JobReads>();
  for (const job of jobs) {
    const poll = byKey.get(job.poll);
    const errors = job.errors === undefined ? undefined : byKey.get(job.errors);
    if (poll !== undefined) tools.set(poll.tool, errors === undefined ? { poll } : { poll, errors });
  }
  return tools;
}

/** The arguments of a job's reads: its id under whatever name, and the organization where it can be named. */
function argumentsFor(endpoint: Endpoint, id: string, orgId: string | undefined): JsonObject {
  const args: JsonObject = {};
  const inPath = argumentsOf(endpoint).filter(({ place }) => place === "path");
  const last = inPath.at(-1);
  if (last !== undefined) args[last.name] = id;
  const organization = argumentsOf(endpoint).find(({ name }) => /^(orgId|onBehalfOfSubPartnerOrgId)$/.test(name));
  if (organization !== undefined && orgId !== undefined) args[organization.name] = orgId;
  return args;
}

function bodyOf({ value: { body } }: ToolResult): JsonObject {
  const inner = isJsonObject(body) && Array.isArray(body.items) && body.items.length === 1 ? body.items[0] : body;
  const item = isJsonObject(inner) && isJsonObject(inner.items) ? inner.items : inner;
  return isJsonObject(item) ? item : {};
}

/** What has been seen of a job, and what ended the watching too early. */
interface Watch extends WatchedJob {
  readonly failure?: ToolResult;
}

function isOver({ outcome }: JobState): boolean {
  return outcome !== "running" && outcome !== "paused";
}

function note({ percent, said }: JobState): string {
  const share = percent === undefined ? "" : ` (${percent} %)`;
  return `The job is ${said === undefined ? "running" : `in state ${said}`}${share}`;
}

function codeOf({ value: { error } }: ToolResult): string {
  return isJsonObject(error) && typeof error.code === "string" ? error.code : "unknown";
}

function unknownTool(name: string, tools: ReadonlyMap<string, JobReads>): ToolResult {
  return failed({
    code: "invalid_argument",
    message: `Tool "${name.slice(0, 80)}" does not tell a job's state: expected one of those that do`,
    details: [{ kind: "invalid", argument: "poll_tool", expected: [...tools.keys()].toSorted() }],
    guidance: "Nothing was sent. Take poll_tool and job_id from the member job of the answer that started the job.",
  });
}

function cancelled(cause: unknown): UpstreamError {
  return new UpstreamError("Stopped waiting for the job: the client cancelled the call", {
    code: "cancelled",
    guidance: "The job itself goes on: call webex_wait_for_job again to see how it ends.",
    cause,
  });
}

/** Waits for jobs. */
class Waiter {
  constructor(readonly options: WaitForJobOptions) {}

  async call(args: JsonObject, context: CallContext): Promise<ToolResult> {
    const { poll_tool: name, job_id: id, timeout_seconds: seconds, orgId } = args;
    if (typeof name !== "string" || typeof id !== "string" || id.trim() === "") {
      throw new RefusedError("A job needs poll_tool and job_id", { code: "missing_argument" });
    }
    const tools = await this.options.pollTools();
    const reads = tools.get(name);
    if (reads === undefined) return unknownTool(name, tools);
    const { clock } = this.options;
    const limit = typeof seconds === "number" ? seconds : DEFAULT_SECONDS;
    const now = clock.monotonic();
    const end = Math.min(now + limit * 1_000, endOfWork(context, now));
    const organization = typeof orgId === "string" ? orgId : undefined;
    const watch = await this.#watch(reads.poll, argumentsFor(reads.poll, id, organization), end, context);
    if (watch.failure !== undefined) return watch.failure;
    if (reads.errors === undefined || !isOver(watch.state)) return jobResult(watch, undefined);
    const errorsArgs = argumentsFor(reads.errors, id, organization);
    const { callTool } = this.options;
    return jobResult(
      watch,
      await readJobErrors(reads.errors, errorsArgs, (tool, rest) => callTool(tool, rest, context)),
    );
  }

  /** Reads the job's state until it is over, or the time is up. */
  async #watch(poll: Endpoint, args: JsonObject, end: number, context: CallContext): Promise<Watch> {
    const { clock, callTool } = this.options;
    let seen: Watch | undefined;
    for (let attempts = 1, wait = FIRST_WAIT_MS;; attempts++, wait = Math.min(wait * GROWTH, LONGEST_WAIT_MS)) {
      const result = await callTool(poll.tool, args, context);
      if (result.isError) return { ...failing(result, seen), attempts };
      const body = bodyOf(result);
      seen = { state: stateOf(body), body, attempts };
      const { percent } = seen.state;
      context.progress({ message: note(seen.state), ...(percent === undefined ? {} : { done: percent, total: 100 }) });
      const left = end - clock.monotonic();
      if (seen.state.outcome !== "running" || left <= 0) return seen;
      try {
        await clock.sleep(Math.min(wait, left), context.signal);
      } catch (cause) {
        if (cause instanceof DeadlineReached) return seen;
        throw cancelled(cause);
      }
    }
  }
}

/** A poll that failed: for want of time it is no error once the job was seen running. */
function failing(result: ToolResult, seen: Watch | undefined): Omit<Watch, "attempts"> {
  const isTime = codeOf(result) === "deadline_exceeded" || codeOf(result) === "rate_limited";
  if (seen !== undefined && isTime) return { state: seen.state, body: seen.body };
  const { value } = result;
  return {
    state: { outcome: "running" },
    body: {},
    failure: {
      isError: true,
      value: seen === undefined ? value : { ...value, job: seen.body, status: seen.state.outcome },
    },
  };
}

/**
 * Makes the tool `webex_wait_for_job {poll_tool, job_id, timeout_seconds?, orgId?}`.
 *
 * Its result is `{status, percent?, counts?, download_url?, job, errors?, attempts, guidance?}`; it is an error only when the job failed,
 * or was abandoned, or could not be read.
 *
 * @param options What it works with.
 * @returns The tool.
 */
export function createWaitForJob(options: WaitForJobOptions): BuiltInTool {
  const waiter = new Waiter(options);
  return { definition: WAIT_FOR_JOB_DEFINITION, call: (args, context) => waiter.call(args, context) };
}
