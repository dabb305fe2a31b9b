/**
 * Reads how to serve over HTTP out of flags, variables and the configuration file.
 *
 * @module
 */

import type { Config } from "../../config/config.ts";
import { forgiving } from "../../config/environment.ts";
import type { FlagValues } from "../../config/flags.ts";
import { callersFileOf } from "../../config/paths.ts";
import { createHttpConfig, type HttpConfig } from "../../config/http.ts";
import { HTTP_FLAGS } from "../../config/http_flags.ts";
import { given } from "../../config/settings.ts";
import { UsageError } from "../../core/errors.ts";
import { findConfigFile } from "../config_file.ts";
import type { System } from "../system.ts";

/** Whoever has made tokens wants them asked for, though no flag names the file. */
async function usualCallers(
  { sandbox, stateDirectory }: Config,
  { credentialFiles }: System,
): Promise<string | undefined> {
  if (sandbox || stateDirectory === undefined) return undefined;
  const path = callersFileOf(stateDirectory, Deno.build.os);
  try {
    return await credentialFiles.stat(path) === undefined ? undefined : path;
  } catch (cause) {
    throw new UsageError(`Cannot tell whether there is a file of callers at ${JSON.stringify(path)}`, {
      code: "unreadable_file",
      guidance: `Add --allow-read=${stateDirectory} to the deno command, or name another file with --callers.`,
      cause,
    });
  }
}

/**
 * Reads how to serve.
 *
 * @param flags The flags.
 * @param config The configuration of the process; the simulated organization has no file.
 * @param system The outside of the program.
 * @returns The configuration.
 * @throws {UsageError} If it is wrong.
 */
export async function loadHttpConfig(flags: FlagValues, config: Config, system: System): Promise<HttpConfig> {
  const environment = config.sandbox ? forgiving(system.environment) : system.environment;
  // Who may call can stand in these files: one that can't be read must not mean that everybody may.
  const file = config.sandbox ? undefined : (await findConfigFile(flags, system, true)).file;
  const named = given(HTTP_FLAGS.callers, flags.callers, environment)?.text ?? file?.http?.callers;
  const http = createHttpConfig(flags, environment, file?.http, named ?? await usualCallers(config, system));
  if (http !== undefined) return http;
  throw new UsageError("Cannot serve over HTTP: no address is given", {
    code: "no_address",
    guidance: "Use --http [HOST:]PORT.",
  });
}
