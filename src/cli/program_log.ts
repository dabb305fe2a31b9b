/**
 * Makes the log of a command, as the configuration wants it.
 *
 * @module
 */

import type { Config } from "../config/config.ts";
import { createLog, type ProgramLog } from "../core/log.ts";
import type { Secrets } from "../core/secrets.ts";
import type { System } from "./system.ts";

/**
 * Makes a log on standard error, and writes what looked wrong in the configuration.
 *
 * @param config The configuration.
 * @param system The outside of the program.
 * @param secrets What must never be written.
 * @param quiet Leave out what went as intended, unless more was asked for: the command's own output is enough.
 * @returns The log; close it at the end.
 */
export function openLog(config: Config, system: System, secrets: Secrets, quiet = false): ProgramLog {
  const { logLevel: level, logFormat: format } = config;
  const log = createLog({
    write: (line) => system.stderr.write(line),
    secrets,
    level: quiet && level === "info" ? "warning" : level,
    format,
  });
  for (const warning of config.warnings) log.warning(warning);
  return log;
}
