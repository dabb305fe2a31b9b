/**
 * Finds the file of callers of the HTTP server.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import type { Environment } from "./environment.ts";
import type { Flag } from "./flags.ts";
import { callersFileOf, type OperatingSystem, stateDirectoryOf } from "./paths.ts";
import { given } from "./settings.ts";

/** Names the file. */
export const CALLERS_FLAG = {
  name: "--callers",
  value: "PATH",
  environment: "WEBEX_MCP_CALLERS",
  summary: "The file of callers and their tokens' hashes, instead of the one in the user's state directory.",
} as const satisfies Flag;

/**
 * Finds the file of callers.
 *
 * @param typed The path on the command line, if any.
 * @param environment Reads variables.
 * @param os The system that paths are made for.
 * @returns The path that the flag or the variable gives, else the usual one.
 * @throws {UsageError} If none is given, and the environment names no directory.
 */
export function callersPath(typed: string | undefined, environment: Environment, os: OperatingSystem): string {
  const named = given(CALLERS_FLAG, typed, environment);
  if (named !== undefined) return named.text;
  const directory = stateDirectoryOf(environment, os);
  if (directory !== undefined) return callersFileOf(directory, os);
  throw new UsageError("Cannot find the file of callers: the environment names no directory for it", {
    code: "no_state_directory",
    guidance: `Give ${CALLERS_FLAG.name}, or set ${
      os === "windows" ? "LOCALAPPDATA" : "HOME or XDG_STATE_HOME"
    } to an absolute path.`,
  });
}
