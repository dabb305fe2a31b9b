/**
 * Names the files and directories that hold what only this program may read.
 *
 * @module
 */

import type { Config } from "../config/config.ts";
import type { CredentialSource } from "../config/credential_source.ts";
import type { Environment, EnvironmentName } from "../config/environment.ts";
import { configFileOf, type OperatingSystem, stateDirectoryOf } from "../config/paths.ts";
import type { ProfileCredential } from "../config/profile.ts";
import { UsageError } from "../core/errors.ts";
import { findConfigFile } from "./config_file.ts";
import { mayRead, type SecretPlaces } from "./file_guard.ts";

/** What the places are found by. */
export interface SecretPlacesOptions {
  readonly config: Pick<Config, "credential" | "audit" | "stateDirectory"> & {
    /** The configuration file in use. */
    readonly configFile?: string;
  };
  readonly environment: Environment;
  readonly readTextFile: (path: string) => Promise<string>;
  /** The system that paths are made for; default: this one. */
  readonly os?: OperatingSystem;
}

/** These name files; another credential may be in use, and a file with a secret is one all the same. */
const FILE_VARIABLES = [
  "WEBEX_ACCESS_TOKEN_FILE",
  "WEBEX_CLIENT_SECRET_FILE",
  "WEBEX_MCP_CONFIG",
  "WEBEX_MCP_AUDIT",
  "WEBEX_MCP_CALLERS",
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

function filesOfProfile(credential: ProfileCredential | undefined): (string | undefined)[] {
  switch (credential?.type) {
    case "token_file":
      return [credential.path];
    case "integration":
    case "service_app":
      return [credential.clientSecretFile];
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

/** A file of profiles that can't be read or understood tells nothing, and isn't asked for. */
async function filesOfProfiles(
  path: string | undefined,
  { readTextFile }: SecretPlacesOptions,
  environment: Environment,
  os: OperatingSystem,
): Promise<(string | undefined)[]> {
  const allowed = async (file: string): Promise<string> => {
    if (await mayRead(file)) return await readTextFile(file);
    throw new Deno.errors.NotCapable("The permission to read it is missing");
  };
  try {
    const flags = path === undefined ? {} : { config: path };
    const { file } = await findConfigFile(flags, { environment, readTextFile: allowed }, false, os);
    return [...file?.profiles.values() ?? []].flatMap(({ credential }) => filesOfProfile(credential));
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}

/**
 * Names the secret places, whatever credential is in use: the files and stores of all profiles, the configuration, the
 * trail.
 *
 * @param options The configuration, and where to look for more.
 * @returns The places.
 */
export async function secretPlaces(options: SecretPlacesOptions): Promise<SecretPlaces> {
  const { config: { credential, audit, stateDirectory, configFile }, os = Deno.build.os } = options;
  const environment = lenient(options.environment);
  const home = environment("HOME")?.trim();
  const named = FILE_VARIABLES.map((name) => environment(name)?.trim())
    .map((path) => path?.startsWith("~/") === true && isText(home) ? `${home}/${path.slice(2)}` : path);
  const state = stateDirectory ?? stateDirectoryOf(environment, os);
  const configuration = configFileOf(environment, os)?.replace(/[/\\][^/\\]*$/, "");
  const others = await filesOfProfiles(configFile, options, environment, os);
  return {
    files: [...filesOf(credential), audit.path, configFile, ...named, ...others].filter(isText),
    directories: [state, configuration].filter(isText),
  };
}
