/**
 * Turns problems with arguments, and errors raised on purpose, into results.
 *
 * @module
 */

import { RefusedError, WebexMcpError } from "../../core/errors.ts";
import type { Json } from "../../core/json.ts";
import type { Problem } from "../check.ts";
import { failed, type ToolResult } from "./result.ts";

/**
 * Refuses a call for its arguments.
 *
 * @param tool The tool's name.
 * @param problems What is wrong; at least one.
 * @returns An error that names the first problem, and all of them in its details.
 */
export function refusalOf(tool: string, problems: readonly Problem[]): ToolResult {
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
    guidance: `Nothing was sent. Correct the arguments and call ${tool} again.`,
  });
}

/** A refusal says that nothing was sent; a caller must not have to guess. */
function guidanceOf(error: WebexMcpError): string {
  const guidance = error.guidance ?? "See the message.";
  return error instanceof RefusedError && !guidance.includes("Nothing was sent")
    ? `Nothing was sent. ${guidance}`
    : guidance;
}

/**
 * Turns an error that was raised on purpose into a result.
 *
 * @param error Whatever was thrown.
 * @returns The failure.
 * @throws The error itself, if it is a bug of this program.
 */
export function failureOfError(error: unknown): ToolResult {
  if (!(error instanceof WebexMcpError)) throw error;
  return failed({
    ...(error.status === undefined ? {} : { status: error.status }),
    code: error.code,
    message: error.message,
    ...(error.details === undefined ? {} : { details: error.details }),
    guidance: guidanceOf(error),
  });
}
