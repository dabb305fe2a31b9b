/**
 * The environment variables that are read, and nothing besides them.
 *
 * @module
 */

import process from "node:process";
import { UsageError } from "../core/errors.ts";

/** Every environment variable that this program reads; the permission set `serve` grants these. */
export const ENVIRONMENT_NAMES = [
  "WEBEX_ACCESS_TOKEN",
  "WEBEX_ACCESS_TOKEN_COMMAND",
  "WEBEX_ACCESS_TOKEN_FILE",
  "WEBEX_BASE_URL",
  "WEBEX_CLIENT_ID",
  "WEBEX_CLIENT_SECRET",
  "WEBEX_CLIENT_SECRET_FILE",
  "WEBEX_MCP_ALLOWED_HOSTS",
  "WEBEX_MCP_ALLOWED_ORIGINS",
  "WEBEX_MCP_AUDIT",
  "WEBEX_MCP_CALLERS",
  "WEBEX_MCP_CONCURRENCY",
  "WEBEX_MCP_CONFIG",
  "WEBEX_MCP_CONFIRM",
  "WEBEX_MCP_DEADLINE",
  "WEBEX_MCP_DRAIN",
  "WEBEX_MCP_EXCLUDE_FEATURES",
  "WEBEX_MCP_EXCLUDE_TOOL",
  "WEBEX_MCP_FEATURES",
  "WEBEX_MCP_HTTP",
  "WEBEX_MCP_ID_CHECK",
  "WEBEX_MCP_KEY_FILE",
  "WEBEX_MCP_LOG_FORMAT",
  "WEBEX_MCP_LOG_LEVEL",
  "WEBEX_MCP_MAX_RESULT",
  "WEBEX_MCP_METRICS",
  "WEBEX_MCP_PRESET",
  "WEBEX_MCP_PROFILE",
  "WEBEX_MCP_PUBLIC_URL",
  "WEBEX_MCP_RATE",
  "WEBEX_MCP_READ_ONLY",
  "WEBEX_MCP_STORE",
  "WEBEX_MCP_STORE_PASSWORD_FILE",
  "WEBEX_MCP_TLS_CERT",
  "WEBEX_MCP_TLS_KEY",
  "WEBEX_MCP_TOOL",
  "WEBEX_MCP_TOOLS",
  "WEBEX_MCP_TRUSTED_PROXIES",
  "WEBEX_REFRESH_TOKEN",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_EXPORTER_OTLP_HEADERS",
  "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
  "OTEL_RESOURCE_ATTRIBUTES",
  "OTEL_SDK_DISABLED",
  "OTEL_SERVICE_NAME",
  "OTEL_TRACES_SAMPLER",
  "OTEL_TRACES_SAMPLER_ARG",
  "APPDATA",
  "HOME",
  "LOCALAPPDATA",
  "XDG_CONFIG_HOME",
  "XDG_STATE_HOME",
] as const;

/** The name of a variable that is read. */
export type EnvironmentName = typeof ENVIRONMENT_NAMES[number];

/** Reads a variable; `undefined` when it isn't set. */
export type Environment = (name: EnvironmentName) => string | undefined;

function guidanceFor(set: string): string {
  return `Add -P=${set} or --allow-env=${ENVIRONMENT_NAMES.join(",")} to the deno command.`;
}

/**
 * Names another permission set where a variable may not be read.
 *
 * @param environment Reads variables.
 * @param set The permission set of the command that reads them, for example `auth`.
 * @returns The same variables.
 */
export function withPermissionSet(environment: Environment, set: string): Environment {
  return (name) => {
    try {
      return environment(name);
    } catch (error) {
      if (!(error instanceof UsageError) || error.code !== "missing_permission") throw error;
      const { message, code, cause } = error;
      throw new UsageError(message, { code, guidance: guidanceFor(set), cause });
    }
  };
}

/**
 * Takes a variable that may not be read for an absent one. That is safe only where nothing can be sent: the simulated
 * organization needs no permission.
 *
 * @param environment Reads variables.
 * @returns The same variables.
 */
export function forgiving(environment: Environment): Environment {
  return (name) => {
    try {
      return environment(name);
    } catch (error) {
      if (error instanceof UsageError && error.code === "missing_permission") return undefined;
      throw error;
    }
  };
}

/** Services and some clients start programs without `HOME`; the system knows the account's, where that may be asked. */
function homeOfAccount(): string | undefined {
  if (Deno.permissions.querySync({ name: "sys", kind: "homedir" }).state !== "granted") return undefined;
  return process.getBuiltinModule("node:os").homedir() || undefined;
}

/**
 * Reads a variable of this process.
 *
 * A variable that may not be read is an error and not an absent one: a forgotten permission must not turn
 * `WEBEX_MCP_READ_ONLY` off.
 *
 * @param name The variable.
 * @returns Its value, or `undefined` when it isn't set.
 * @throws {UsageError} If the permission to read it is missing.
 */
export function processEnvironment(name: EnvironmentName): string | undefined {
  try {
    return Deno.env.get(name) ?? (name === "HOME" ? homeOfAccount() : undefined);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotCapable)) throw cause;
    throw new UsageError(
      `Cannot read environment variable "${name}": the permission is missing`,
      {
        code: "missing_permission",
        guidance: guidanceFor("serve"),
        cause,
      },
    );
  }
}

/**
 * Reads all variables, to pass them on to a child that is this same program.
 *
 * @returns The variables by name.
 * @throws {Deno.errors.NotCapable} If not all of them may be read.
 */
export function wholeEnvironment(): Record<string, string> {
  return Deno.env.toObject();
}
