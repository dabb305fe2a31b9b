/**
 * Tells people what went wrong.
 *
 * @module
 */

import { UsageError, WebexMcpError } from "../core/errors.ts";
import type { ExitCode } from "./grammar/command.ts";
import type { TextSink } from "./system.ts";

/** A package that is not there yet is downloaded at the first start, which can fail. */
const NOT_LOADED_REGEXP = /npm package|error sending request|Import .* failed/i;
const NOT_LOADED_GUIDANCE = 'Run "deno install" once in the program\'s folder, with access to the npm registry.';

/**
 * Writes an error for people: one line, and one of guidance where there is any.
 *
 * An error that nobody raised on purpose is a bug; its stack is what a report needs.
 *
 * @param error Whatever was thrown.
 * @param stderr Receives the lines.
 * @returns The exit code that goes with it.
 */
export function reportError(error: unknown, stderr: TextSink): ExitCode {
  if (error instanceof WebexMcpError) {
    stderr.write(`ERROR: ${error.message}\n`);
    if (error.guidance !== undefined) stderr.write(`${error.guidance}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
  if (error instanceof TypeError && NOT_LOADED_REGEXP.test(error.message)) {
    stderr.write(`ERROR: Cannot load a part of the program: ${error.message}\n${NOT_LOADED_GUIDANCE}\n`);
    return 1;
  }
  const text = error instanceof Error ? error.stack ?? error.message : String(error);
  stderr.write(`ERROR: The program has a bug: ${text}\n`);
  return 1;
}
