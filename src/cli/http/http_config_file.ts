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
  const found = await credentialFiles.stat(path).catch(() => undefined);
  return found === undefined ? undefined : path;
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
  const file = config.sandbox ? undefined : (await findConfigFile(flags, system, false)).file;
  const http = createHttpConfig(flags, environment, file?.http, await usualCallers(config, system));
  if (http !== undefined) return http;
  throw new UsageError("Cannot serve over HTTP: no address is given", {
    code: "no_address",
    guidance: "Use --http [HOST:]PORT.",
  });
}
