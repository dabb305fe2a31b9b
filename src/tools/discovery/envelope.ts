/**
 * The tools `webex_read` and `webex_write`, which call any endpoint by its tool's name.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import { RefusedError } from "../../core/errors.ts";
import { guessText } from "../../core/guess.ts";
import { isJsonObject, type JsonObject } from "../../core/json.ts";
import { OPTION_SCHEMAS, splitOptions } from "../call_options.ts";
import { checkArguments } from "../check.ts";
import { coerceArguments } from "../coerce.ts";
import type { ToolDefinition } from "../definitions/definition.ts";
import { failureOfError, refusalOf } from "../results/refusal.ts";
import type { Resolution } from "../surface/surface.ts";
import { joinControls, readControls, splitControls } from "../write_controls.ts";

/** The tool that calls what only reads. */
export const READ_TOOL = "webex_read";

/** The tool that calls what changes something. */
export const WRITE_TOOL = "webex_write";

const TARGET = {
  tool: { type: "string", description: "Name from webex_search" },
  arguments: { type: "object", description: "As webex_describe says" },
} as const;

/** `webex_read` as clients see it. */
export const READ_DEFINITION: ToolDefinition = {
  name: READ_TOOL,
  description: "Calls a tool that only reads.",
  inputSchema: {
    type: "object",
    properties: { ...TARGET, ...OPTION_SCHEMAS },
    required: ["tool"],
    additionalProperties: false,
  },
  annotations: {
    title: "Read from Webex",
    readOnlyHint: true,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: true,
  },
};

/** `webex_write` as clients see it. */
export const WRITE_DEFINITION: ToolDefinition = {
  name: WRITE_TOOL,
  description:
    "Calls a tool that changes the live phone system. Read the object first. What can do harm is asked for, or " +
    "answers a plan: tell the user, and with consent call again with its plan_id.",
  inputSchema: {
    type: "object",
    properties: {
      ...TARGET,
      dry_run: { type: "boolean", description: "Only show the request" },
      plan_id: { type: "string", description: "From the plan, with the same arguments" },
    },
    required: ["tool"],
    additionalProperties: false,
  },
  annotations: {
    title: "Change Webex",
    readOnlyHint: false,
    destructiveHint: true,
    idempotentHint: false,
    openWorldHint: true,
  },
};

/** Finds endpoints by their tools' names. */
export interface ToolFinder {
  find(tool: string): Promise<Endpoint | undefined>;
  /** Why there is no such tool, one sentence. */
  explain(tool: string): Promise<{ readonly message: string; readonly nearest: readonly string[] }>;
}

/**
 * Makes the refusal of a tool's name that does not exist.
 *
 * @param tool The name.
 * @param finder Knows the others.
 * @returns The error; its details list the nearest names.
 */
export async function unknownTarget(tool: string, finder: ToolFinder): Promise<RefusedError> {
  const { message, nearest } = await finder.explain(tool);
  return new RefusedError(`${message}${guessText(nearest)}`, {
    code: "unknown_tool",
    details: { nearest: [...nearest] },
    guidance: nearest.length > 0
      ? "Use one of the nearest names, or find the tool with webex_search."
      : "Find the tool with webex_search.",
  });
}

function wrongKind({ tool, facts }: Endpoint): RefusedError {
  const [is, other] = facts.kind === "write" ? ["changes something", WRITE_TOOL] : ["only reads", READ_TOOL];
  return new RefusedError(`Tool "${tool}" ${is}`, {
    code: "wrong_tool",
    guidance: `Call it with ${other} and the same arguments.`,
  });
}

/**
 * Finds out what a call of `webex_read` or `webex_write` means.
 *
 * @param name Which of the two was called.
 * @param args The arguments as the client sent them; `arguments` may be JSON text.
 * @param finder Finds the endpoint.
 * @returns The endpoint's call, or why there is none.
 */
export async function openEnvelope(
  name: typeof READ_TOOL | typeof WRITE_TOOL,
  args: JsonObject,
  finder: ToolFinder,
): Promise<Resolution> {
  const { inputSchema } = name === READ_TOOL ? READ_DEFINITION : WRITE_DEFINITION;
  const coerced = coerceArguments(args, inputSchema);
  const problems = checkArguments(coerced, inputSchema);
  if (problems.length > 0) return { kind: "refused", result: refusalOf(name, problems), args };
  const tool = String(coerced.tool).trim();
  const inner = isJsonObject(coerced.arguments) ? coerced.arguments : {};
  const endpoint = await finder.find(tool);
  try {
    if (endpoint === undefined) throw await unknownTarget(tool, finder);
    if (endpoint.facts.kind !== (name === READ_TOOL ? "read" : "write")) throw wrongKind(endpoint);
    const { tool: _tool, arguments: _arguments, ...beside } = coerced;
    const { control, rest } = splitControls(endpoint, inner);
    return name === READ_TOOL
      ? { kind: "endpoint", endpoint, args: rest, options: givenOptions(beside), control }
      : { kind: "endpoint", endpoint, args: rest, control: joinControls(readControls(beside), control) };
  } catch (error) {
    return { kind: "refused", result: failureOfError(error), endpoint, args: inner };
  }
}

/** Only what was given: an option that is absent here may be among the inner arguments. */
function givenOptions(beside: JsonObject) {
  const { options } = splitOptions(new Set(), beside);
  const { allPages, ...others } = options;
  return beside.all_pages === undefined ? others : { allPages, ...others };
}
