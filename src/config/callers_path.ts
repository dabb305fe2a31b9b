/**
 * Finds the file of callers of the HTTP server.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import type { Environment } from "./environment.ts";
import { HTTP_FLAGS } from "./http_flags.ts";
import { callersFileOf, type OperatingSystem, stateDirectoryOf } from "./paths.ts";
import { given } from "./settings.ts";

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
  const named = given(HTTP_FLAGS.callers, typed, environment);
  if (named !== undefined) return named.text;
  const directory = stateDirectoryOf(environment, os);
  if (directory !== undefined) return callersFileOf(directory, os);
  throw new UsageError("Cannot find the file of callers: the environment names no directory for it", {
    code: "no_state_directory",
    guidance: `Give ${HTTP_FLAGS.callers.name}, or set ${
      os === "windows" ? "LOCALAPPDATA" : "HOME or XDG_STATE_HOME"
    } to an absolute path.`,
  });
}
