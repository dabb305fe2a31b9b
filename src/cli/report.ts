/**
 * Tells people what went wrong.
 *
 * @module
 */

import { UsageError, WebexMcpError } from "../core/errors.ts";
import type { ExitCode } from "./command.ts";
import type { TextSink } from "./system.ts";

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
  const text = error instanceof Error ? error.stack ?? error.message : String(error);
  stderr.write(`ERROR: The program has a bug: ${text}\n`);
  return 1;
}
