/**
 * Decides where the access token comes from.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import type { CredentialSource } from "./credential_source.ts";
import type { Environment, EnvironmentName } from "./environment.ts";
import type { ChosenProfile } from "./profile.ts";
import { ENVIRONMENT_PROFILE } from "./profile_name.ts";
import { readVariable } from "./settings.ts";
import { splitWords } from "./words.ts";

/** Each of these alone is a credential; the first that is set counts. */
const CREDENTIAL_VARIABLES = [
  "WEBEX_ACCESS_TOKEN",
  "WEBEX_ACCESS_TOKEN_FILE",
  "WEBEX_ACCESS_TOKEN_COMMAND",
  "WEBEX_REFRESH_TOKEN",
] as const satisfies readonly EnvironmentName[];

/** Names the file of a profile's tokens; throws where the environment names no home. */
export type TokenStores = (profile: string) => string;

/**
 * Finds the variables that hold a credential.
 *
 * @param environment Reads variables.
 * @returns Those that are set, the one that counts first.
 */
export function credentialVariables(environment: Environment): readonly EnvironmentName[] {
  return CREDENTIAL_VARIABLES.filter((name) => readVariable(environment, name) !== undefined);
}

/** A client's configuration knows no shell that would put the directory in. */
function fromHome(path: string, environment: Environment): string {
  const home = /^~[/\\]/.test(path) ? readVariable(environment, "HOME") : undefined;
  return home === undefined ? path : `${home.replace(/[/\\]+$/, "")}${path.slice(1)}`;
}

function integrationOf(environment: Environment, refreshToken: string, storeOf: TokenStores): CredentialSource {
  const clientId = readVariable(environment, "WEBEX_CLIENT_ID");
  const clientSecret = readVariable(environment, "WEBEX_CLIENT_SECRET");
  const clientSecretFile = readVariable(environment, "WEBEX_CLIENT_SECRET_FILE");
  if (clientId === undefined || (clientSecret === undefined && clientSecretFile === undefined)) {
    const missing = clientId === undefined ? "WEBEX_CLIENT_ID" : "WEBEX_CLIENT_SECRET or WEBEX_CLIENT_SECRET_FILE";
    throw new UsageError(`Cannot use WEBEX_REFRESH_TOKEN: expected ${missing} beside it`, {
      code: "incomplete_credential",
      guidance: "Set the client id and the client secret of the integration that the refresh token belongs to.",
    });
  }
  return {
    type: "integration",
    clientId,
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(clientSecretFile === undefined ? {} : { clientSecretFile: fromHome(clientSecretFile, environment) }),
    refreshToken,
    store: storeOf(ENVIRONMENT_PROFILE),
  };
}

function environmentCredential(environment: Environment, storeOf: TokenStores): CredentialSource {
  const [variable] = credentialVariables(environment);
  const value = variable === undefined ? "" : readVariable(environment, variable) ?? "";
  switch (variable) {
    case "WEBEX_ACCESS_TOKEN":
      return { type: "token", token: value };
    case "WEBEX_ACCESS_TOKEN_FILE":
      return { type: "file", path: fromHome(value, environment) };
    case "WEBEX_ACCESS_TOKEN_COMMAND":
      return { type: "command", command: splitWords(value, variable) };
    case "WEBEX_REFRESH_TOKEN":
      return integrationOf(environment, value, storeOf);
    default:
      return { type: "none" };
  }
}

/**
 * Decides where the access token comes from: the profile's own credential, else the environment's.
 *
 * @param environment Reads variables.
 * @param chosen The chosen profile, if any.
 * @param storeOf Names the files of tokens.
 * @returns The source; `none` when there is no credential.
 * @throws {UsageError} If a variable holds no usable credential.
 */
export function credentialOf(
  environment: Environment,
  chosen: ChosenProfile | undefined,
  storeOf: TokenStores,
): CredentialSource {
  const credential = chosen?.profile.credential ?? { type: "environment" };
  switch (credential.type) {
    case "environment":
      return environmentCredential(environment, storeOf);
    case "token_file":
      return { type: "file", path: credential.path };
    case "token_command":
      return { type: "command", command: credential.command };
    case "integration":
    case "service_app": {
      const { type, ...own } = credential;
      const profile = chosen?.name ?? ENVIRONMENT_PROFILE;
      return { type, profile, ...own, store: storeOf(profile) };
    }
  }
}

/**
 * Tells which variables don't count, because a profile with its own credential was chosen.
 *
 * @param environment Reads variables.
 * @param chosen The chosen profile, if any.
 * @returns One sentence for the log, or nothing.
 */
export function ignoredVariables(environment: Environment, chosen: ChosenProfile | undefined): readonly string[] {
  const own = chosen?.profile.credential?.type ?? "environment";
  const set = own === "environment" ? [] : credentialVariables(environment);
  if (chosen === undefined || set.length === 0) return [];
  // A colon after the variable's name would have the log take what follows for its value.
  const verb = set.length === 1 ? "is" : "are";
  return [`Profile "${chosen.name}" has its own credential, so ${set.join(", ")} ${verb} ignored`];
}
