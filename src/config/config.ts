/**
 * Joins flags and environment into the one configuration that the program runs with.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import { parseBaseUrl } from "./base_url.ts";
import type { Environment, EnvironmentName } from "./environment.ts";
import { FLAGS, type FlagValues } from "./flags.ts";

/** How the program runs; frozen. */
export interface Config {
  /** The only surface of this version: one tool per endpoint. */
  readonly tools: "all";
  /** The features to show; empty shows all. */
  readonly features: readonly string[];
  /** No endpoint that changes anything is listed or callable. */
  readonly readOnly: boolean;
  /** The paths of further collections. */
  readonly collections: readonly string[];
  /** Replaces every base URL; without a slash at its end. */
  readonly baseUrl?: string;
  /** Calls go to the simulated organization. */
  readonly sandbox: boolean;
  readonly schema: "full" | "compact";
  readonly validation: "strict" | "lenient";
  /** Every result also comes as structured content. */
  readonly structured: boolean;
  /** The access token. */
  readonly token?: string;
  /** The file that holds the access token. */
  readonly tokenFile?: string;
}

/** A variable that is set to nothing counts as not set. */
function read(
  environment: Environment,
  name: EnvironmentName,
): string | undefined {
  const value = environment(name)?.trim();
  return value === "" ? undefined : value;
}

function list(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(",")).map((item) => item.trim())
    .filter((item) => item !== "");
}

function featuresOf(
  flags: FlagValues,
  environment: Environment,
): readonly string[] {
  const given = flags.features ?? [];
  const variable = read(environment, "WEBEX_MCP_FEATURES");
  if (given.length === 0 && variable === undefined) return [];
  const features = list(given.length === 0 ? [variable ?? ""] : given);
  if (features.length > 0) return features;
  throw new UsageError(
    `Cannot use ${
      given.length === 0 ? "WEBEX_MCP_FEATURES" : "--features"
    }: expected the name of a feature, got nothing`,
    {
      code: "missing_feature",
      guidance: "Give one or more names separated by commas, or leave the flag out.",
    },
  );
}

function readOnlyOf(flags: FlagValues, environment: Environment): boolean {
  if (flags.readOnly === true) return true;
  const value = read(environment, "WEBEX_MCP_READ_ONLY") ?? "false";
  if (/^(?:1|true|yes|on)$/i.test(value)) return true;
  if (/^(?:0|false|no|off)$/i.test(value)) return false;
  throw new UsageError(
    `Cannot use WEBEX_MCP_READ_ONLY ${JSON.stringify(value)}: expected true or false`,
    {
      code: "bad_boolean",
      guidance: "Use 1, true, yes or on, or 0, false, no or off.",
    },
  );
}

function toolsOf(flags: FlagValues, environment: Environment): "all" {
  const value = flags.tools ??
    read(environment, "WEBEX_MCP_TOOLS")?.toLowerCase() ?? "all";
  if (value === "all") return value;
  const source = flags.tools === undefined ? "WEBEX_MCP_TOOLS" : FLAGS.tools.name;
  if (value === "discover") {
    throw new UsageError(
      `Cannot use ${source} "discover": not available in this version`,
      {
        code: "not_available",
        guidance: 'Use "all", and --features to shorten the list.',
      },
    );
  }
  throw new UsageError(
    `Cannot use ${source} ${JSON.stringify(value)}: expected "all" or "discover"`,
    {
      code: "bad_tools",
      guidance: 'Use "all"; "discover" is not available in this version.',
    },
  );
}

function baseUrlOf(
  flags: FlagValues,
  environment: Environment,
): string | undefined {
  if (flags.sandbox !== true) {
    if (flags.baseUrl !== undefined) {
      return parseBaseUrl(flags.baseUrl, FLAGS.baseUrl.name);
    }
    const value = read(environment, "WEBEX_BASE_URL");
    return value === undefined ? undefined : parseBaseUrl(value, "WEBEX_BASE_URL");
  }
  if (flags.baseUrl === undefined) return undefined;
  throw new UsageError(
    "Cannot use --sandbox together with --base-url: each names another place to call",
    {
      code: "conflicting_flags",
      guidance: "Leave one of them out.",
    },
  );
}

/** Where nothing can be sent, a variable that may not be read is as good as none: the sandbox needs no permission. */
function forgiving(environment: Environment): Environment {
  return (name) => {
    try {
      return environment(name);
    } catch (error) {
      if (error instanceof UsageError && error.code === "missing_permission") return undefined;
      throw error;
    }
  };
}

/**
 * Makes the configuration. A flag wins over its variable, and a variable over the default.
 *
 * @param flags The flags that were given.
 * @param variables Reads environment variables.
 * @returns The configuration, frozen.
 * @throws {UsageError} If a value is not allowed, or asks for something that this version cannot do.
 */
export function createConfig(
  flags: FlagValues,
  variables: Environment,
): Config {
  const environment = flags.sandbox === true ? forgiving(variables) : variables;
  if (flags.http !== undefined) {
    throw new UsageError("Cannot use --http: not available in this version", {
      code: "not_available",
      guidance: "Leave the flag out and let the client start the program over standard input and output.",
    });
  }
  const baseUrl = baseUrlOf(flags, environment);
  const token = read(environment, "WEBEX_ACCESS_TOKEN");
  const tokenFile = read(environment, "WEBEX_ACCESS_TOKEN_FILE");
  return Object.freeze({
    tools: toolsOf(flags, environment),
    features: Object.freeze(featuresOf(flags, environment)),
    readOnly: readOnlyOf(flags, environment),
    collections: Object.freeze([...flags.collections ?? []]),
    sandbox: flags.sandbox ?? false,
    schema: flags.schema ?? "full",
    validation: flags.validation ?? "strict",
    structured: flags.structured ?? false,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(token === undefined ? {} : { token }),
    ...(tokenFile === undefined ? {} : { tokenFile }),
  });
}
