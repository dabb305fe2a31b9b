/**
 * Tells how to follow the job that a call has started.
 *
 * @module
 */

import { argumentsOf } from "../../collection/arguments.ts";
import type { Endpoint } from "../../collection/endpoint.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import type { Answer } from "../../webex/answer.ts";
import { stateOf } from "./job_state.ts";

/** The name of the tool that waits for jobs. */
export const WAIT_FOR_JOB = "webex_wait_for_job";

/** Finds the name of the tool of an endpoint, given as `METHOD /path`. */
export type ToolOf = (methodPath: string) => string | undefined;

/** Where answers carry a job's id; `id` and `Id` come last, because a body may have one of its own beside. */
const ID_NAMES = ["jobId", "batchJobId", "reportId", "ttsId", "id", "Id"];
/** Where bodies wrap the job. */
const WRAPPERS = ["response", "items", "job"];

function text(value: Json | undefined): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The body, and what it wraps; a list of one counts as that one. */
function layers(body: Json): JsonObject[] {
  if (Array.isArray(body)) return body.length === 1 && body[0] !== undefined ? layers(body[0]) : [];
  if (!isJsonObject(body)) return [];
  const inner = WRAPPERS.flatMap((name) => {
    const value = body[name];
    const one = Array.isArray(value) ? value.length === 1 ? value[0] : undefined : value;
    return isJsonObject(one) ? [one] : [];
  });
  return [body, ...inner];
}

/** The last path parameter, which for pausing and resuming names the job. */
function idOfPath({ path, facts }: Endpoint, args: JsonObject): string | undefined {
  const poll = /^\w+ (.*)\{([^}]+)\}$/.exec(facts.job?.poll ?? "");
  const [, start, name] = poll ?? [];
  return start !== undefined && name !== undefined && path.startsWith(`${start}{`) ? text(args[name]) : undefined;
}

function jobIdOf(endpoint: Endpoint, body: Json, args: JsonObject): string | undefined {
  for (const layer of layers(body)) {
    const found = ID_NAMES.map((name) => text(layer[name])).find((id) => id !== undefined);
    if (found !== undefined) return found;
  }
  return idOfPath(endpoint, args);
}

/** The organization that the call named, under whatever name. */
function organizationOf(endpoint: Endpoint, args: JsonObject): JsonObject {
  const names = ["orgId", "onBehalfOfSubPartnerOrgId"];
  const used = argumentsOf(endpoint).filter(({ name }) => names.includes(name)).map(({ name }) => text(args[name]));
  const [orgId] = used.filter((value) => value !== undefined);
  return orgId === undefined ? {} : { orgId };
}

/**
 * Finds the job in the answer of an endpoint that starts one.
 *
 * @param endpoint What was called.
 * @param answer A 2xx answer.
 * @param toolOf Finds the names of the tools that follow the job.
 * @param args The call's arguments: a job of another organization is followed there.
 * @returns `{id, status?, poll_tool, errors_tool?, wait: {tool, arguments}}`, or `undefined` if no job was started.
 */
export function jobLink(
  endpoint: Endpoint,
  answer: Pick<Answer, "status" | "body">,
  toolOf: ToolOf,
  args: JsonObject = {},
): JsonObject | undefined {
  const { job } = endpoint.facts;
  if (job === undefined || answer.status < 200 || answer.status >= 300) return undefined;
  const pollTool = toolOf(job.poll);
  const id = jobIdOf(endpoint, answer.body, args);
  if (pollTool === undefined || id === undefined) return undefined;
  const errorsTool = job.errors === undefined ? undefined : toolOf(job.errors);
  const status = layers(answer.body).map((layer) => stateOf(layer).said).find((said) => said !== undefined);
  return {
    id,
    ...(status === undefined ? {} : { status }),
    poll_tool: pollTool,
    ...(errorsTool === undefined ? {} : { errors_tool: errorsTool }),
    wait: {
      tool: WAIT_FOR_JOB,
      arguments: { poll_tool: pollTool, job_id: id, ...organizationOf(endpoint, args) },
    },
  };
}
