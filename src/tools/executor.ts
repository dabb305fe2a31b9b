/**
 * Carries out tool calls: check, send, shape.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import { RefusedError, WebexMcpError } from "../core/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import type { Log } from "../core/log.ts";
import type { Answer } from "../webex/answer.ts";
import type { WebexClient } from "../webex/client.ts";
import { readErrorBody } from "../webex/error_body.ts";
import { guidanceFor } from "../webex/guidance.ts";
import { buildRequest } from "../webex/request.ts";
import type { ReadFile } from "../webex/upload.ts";
import { checkArguments, type Problem } from "./check.ts";
import { coerceArguments } from "./coerce.ts";
import { type InputSchema, inputSchemaOf } from "./input_schema.ts";
import { failed, type ToolResult } from "./result.ts";

/** `lenient` sends what the schema refuses, with a warning. */
export type Validation = "strict" | "lenient";

/** What an executor needs. */
export interface ExecutorOptions {
  readonly client: WebexClient;
  /** Replaces every base URL. */
  readonly baseUrl?: string | undefined;
  readonly validation: Validation;
  readonly readFile: ReadFile;
  readonly log: Log;
}

/** Carries out calls; one for the whole program. */
export interface Executor {
  /**
   * Calls a tool.
   *
   * @param endpoint The tool's endpoint.
   * @param args The arguments as the client sent them.
   * @param signal Ends the call early.
   * @returns The result; a refusal or a failure is one, too. Only a bug of this program is thrown.
   */
  call(endpoint: Endpoint, args: JsonObject, signal?: AbortSignal): Promise<ToolResult>;
}

const schemas = new WeakMap<Endpoint, InputSchema>();

function schemaOf(endpoint: Endpoint): InputSchema {
  const schema = schemas.get(endpoint) ?? inputSchemaOf(endpoint);
  schemas.set(endpoint, schema);
  return schema;
}

function refusal(endpoint: Endpoint, problems: readonly Problem[]): ToolResult {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  const details = problems.map(({ kind, argument, expected, nearest }): Json => ({
    kind,
    argument,
    ...(expected === undefined ? {} : { expected }),
    ...(nearest === undefined ? {} : { nearest: [...nearest] }),
  }));
  return failed({
    code: `${first?.kind ?? "invalid"}_argument`,
    message: `${first?.message ?? "The arguments are not valid"}${more}`,
    details,
    guidance: `Nothing was sent. Correct the arguments and call ${endpoint.tool} again.`,
  });
}

function failureOf(endpoint: Endpoint, answer: Answer, warnings: readonly Problem[]): ToolResult {
  const { message, code, trackingId } = readErrorBody(answer.body);
  const known = answer.trackingId ?? trackingId;
  const { isError, value } = failed({
    status: answer.status,
    code: code ?? answer.errorCodes ?? `http_${answer.status}`,
    message: message ?? `Webex answered ${answer.status} without a message`,
    ...(answer.body === null || typeof answer.body === "string" ? {} : { details: answer.body }),
    guidance: guidanceFor(endpoint, answer),
    ...(known === undefined ? {} : { trackingId: known }),
  });
  return { isError, value: { ...value, ...warningsOf(warnings) } };
}

/** A sign-in portal between here and Webex answers 200 to everything, also to a change that never arrived. */
function isForeignPage({ responses }: Endpoint, { status, isPage }: Answer): boolean {
  const documented = Object.values(responses).some(({ contentType }) => contentType?.startsWith("text/html") === true);
  return isPage && !documented && status >= 200 && status < 300;
}

function foreignPage(endpoint: Endpoint, { status, body }: Answer): ToolResult {
  const { message } = readErrorBody(body);
  return failed({
    status,
    code: "unexpected_answer",
    message: `A web page came instead of Webex's answer${message === undefined ? "" : `: ${message}`}`,
    guidance: `A proxy or sign-in portal seems to stand between the server and Webex: mend that, then ${
      endpoint.facts.kind === "read" ? "try again." : "read the object before trying again."
    }`,
  });
}

/** A list says how much of it there is; anything else is its body alone. */
function listFacts(endpoint: Endpoint, answer: Answer): JsonObject {
  const { list, paging } = endpoint.facts;
  const items = list !== undefined && isJsonObject(answer.body) ? answer.body[list] : undefined;
  if (!Array.isArray(items)) return {};
  return {
    ...(paging === undefined && !answer.hasNext ? {} : { complete: !answer.hasNext }),
    items_returned: items.length,
  };
}

/** What a lenient call was sent in spite of. */
function warningsOf(problems: readonly Problem[]): JsonObject {
  return problems.length === 0 ? {} : { warnings: problems.map(({ message }) => message) };
}

function success(endpoint: Endpoint, answer: Answer, warnings: readonly Problem[]): ToolResult {
  return {
    isError: false,
    value: {
      status_code: answer.status,
      body: answer.body,
      ...(answer.trackingId === undefined ? {} : { tracking_id: answer.trackingId }),
      ...listFacts(endpoint, answer),
      ...warningsOf(warnings),
    },
  };
}

/** A refusal says that nothing was sent; a caller must not have to guess. */
function guidanceOf(error: WebexMcpError): string {
  const guidance = error.guidance ?? "See the message.";
  return error instanceof RefusedError && !guidance.includes("Nothing was sent")
    ? `Nothing was sent. ${guidance}`
    : guidance;
}

function raised(error: unknown): ToolResult {
  if (!(error instanceof WebexMcpError)) throw error;
  return failed({
    ...(error.status === undefined ? {} : { status: error.status }),
    code: error.code,
    message: error.message,
    ...(error.details === undefined ? {} : { details: error.details }),
    guidance: guidanceOf(error),
  });
}

/**
 * Makes an executor.
 *
 * @param options What it works with.
 * @returns The executor; calls run side by side.
 */
export function createExecutor({ client, baseUrl, validation, readFile, log }: ExecutorOptions): Executor {
  async function execute(endpoint: Endpoint, args: JsonObject, signal?: AbortSignal): Promise<ToolResult> {
    const schema = schemaOf(endpoint);
    const coerced = coerceArguments(args, schema);
    const problems = checkArguments(coerced, schema, endpoint.facts.answerOnly);
    if (validation === "strict" && problems.length > 0) return refusal(endpoint, problems);
    const request = await buildRequest(endpoint, coerced, { baseUrl, readFile });
    const action = `${endpoint.method} ${endpoint.path}`;
    if (problems.length > 0) {
      // Names only: the values are nobody's business here.
      const names = problems.map(({ argument }) => JSON.stringify(argument)).join(", ");
      log.warning(`Sending ${action} although arguments do not fit its schema: ${names}`);
    }
    log.info(`Executing ${action}`);
    const answer = await client.send(request, signal);
    log.info(`Action: ${action} | Status: ${answer.status}`);
    if (isForeignPage(endpoint, answer)) return foreignPage(endpoint, answer);
    return answer.status >= 200 && answer.status < 300
      ? success(endpoint, answer, problems)
      : failureOf(endpoint, answer, problems);
  }
  return { call: (endpoint, args, signal) => execute(endpoint, args, signal).catch(raised) };
}
