/**
 * Names the files and directories that hold what only this program may read.
 *
 * @module
 */

import type { Config } from "../config/config.ts";
import type { CredentialSource } from "../config/credential_source.ts";
import type { Environment, EnvironmentName } from "../config/environment.ts";
import { configFileOf, type OperatingSystem, stateDirectoryOf } from "../config/paths.ts";
import { UsageError } from "../core/errors.ts";
import type { SecretPlaces } from "./file_guard.ts";

/** These name files; another credential may be in use, and a file with a secret is one all the same. */
const FILE_VARIABLES = [
  "WEBEX_ACCESS_TOKEN_FILE",
  "WEBEX_CLIENT_SECRET_FILE",
  "WEBEX_MCP_CONFIG",
  "WEBEX_MCP_AUDIT",
] as const satisfies readonly EnvironmentName[];

function filesOf(credential: CredentialSource): (string | undefined)[] {
  switch (credential.type) {
    case "file":
      return [credential.path];
    case "integration":
    case "service_app":
      return [credential.store, `${credential.store}.tmp`, credential.clientSecretFile];
    default:
      return [];
  }
}

/** A variable that may not be read names nothing that this process works with. */
function lenient(environment: Environment): Environment {
  return (name) => {
    try {
      return environment(name);
    } catch (error) {
      if (error instanceof UsageError) return undefined;
      throw error;
    }
  };
}

function isText(text: string | undefined): text is string {
  return text !== undefined && text !== "";
}

/**
 * Names the secret places, whatever credential is in use: the stores of all profiles, the configuration, the trail.
 *
 * @param config The configuration.
 * @param variables Reads environment variables.
 * @param os The system that paths are made for.
 * @returns The places.
 */
export function secretPlaces(
  config: Pick<Config, "credential" | "audit" | "stateDirectory">,
  variables: Environment,
  os: OperatingSystem = Deno.build.os,
): SecretPlaces {
  const environment = lenient(variables);
  const home = environment("HOME")?.trim();
  const named = FILE_VARIABLES.map((name) => environment(name)?.trim())
    .map((path) => path?.startsWith("~/") === true && isText(home) ? `${home}/${path.slice(2)}` : path);
  const state = config.stateDirectory ?? stateDirectoryOf(environment, os);
  const configuration = configFileOf(environment, os)?.replace(/[/\\][^/\\]*$/, "");
  return {
    files: [...filesOf(config.credential), config.audit.path, ...named].filter(isText),
    directories: [state, configuration].filter(isText),
  };
}
