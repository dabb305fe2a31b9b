/**
 * Decides which profile a login is for.
 *
 * @module
 */

import { type Config, createConfig } from "../../config/config.ts";
import { FLAGS } from "../../config/flags.ts";
import type { Profile } from "../../config/profile.ts";
import { isProfileName, PROFILE_NAME_RULE } from "../../config/profile_name.ts";
import { given } from "../../config/settings.ts";
import { commandFor } from "../../core/command.ts";
import { UsageError } from "../../core/errors.ts";
import type { AuthLoginCommand, LoginGrant } from "../grammar/command.ts";
import { type ConfigOutside, findConfigFile } from "../config_file.ts";

/** The profile that a login is for. */
export interface LoginTarget {
  readonly name: string;
  /** As the configuration file has it; absent for a new one. */
  readonly profile?: Profile;
  readonly kind: "integration" | "service_app";
  readonly grant: LoginGrant;
  /** The configuration file, which need not exist. */
  readonly configPath: string;
  /** Where the tokens are kept. */
  readonly store: string;
  readonly config: Config;
}

/** The profile's name where nobody names one and there is none. */
const FIRST_NAME = "default";

const OTHER_SOURCES = {
  environment: "the environment",
  token_file: "a file",
  token_command: "a command",
} as const;

function nameOf(wanted: string | undefined, known: readonly string[], standard: string | undefined): string {
  if (wanted !== undefined && !isProfileName(wanted)) {
    throw new UsageError(`Cannot use profile ${JSON.stringify(wanted)}: expected a name of ${PROFILE_NAME_RULE}`, {
      code: "bad_profile_name",
      guidance: "Choose another name.",
    });
  }
  const twin = known.find((name) => name !== wanted && name.toLowerCase() === wanted?.toLowerCase());
  if (twin !== undefined) {
    throw new UsageError(`Cannot add profile ${JSON.stringify(wanted)}: there is "${twin}"`, {
      code: "bad_profile_name",
      guidance: `Use --profile ${twin}, or a name that differs in more than case.`,
    });
  }
  const name = wanted ?? standard ?? (known.length > 1 ? undefined : known[0] ?? FIRST_NAME);
  if (name !== undefined) return name;
  throw new UsageError("Cannot choose a profile: there are several, and no default_profile", {
    code: "ambiguous_profile",
    guidance: `Add --profile with one of ${known.join(", ")}, or with a new name.`,
  });
}

function kindOf(name: string, profile: Profile | undefined, grant: LoginGrant | undefined): LoginTarget["kind"] {
  const asked = grant === "service-app" ? "service_app" : "integration";
  const type = profile?.credential?.type;
  if (type === undefined) return asked;
  if (type !== "integration" && type !== "service_app") {
    throw new UsageError(`Cannot log in to profile "${name}": its token comes from ${OTHER_SOURCES[type]}`, {
      code: "no_login",
      guidance: "Renew the token there, or choose another name with --profile.",
    });
  }
  if (grant === undefined || type === asked) return type;
  const [is, wants] = type === "integration"
    ? ["an integration", "a service app"]
    : ["a service app", "an integration"];
  throw new UsageError(`Cannot log in to profile "${name}" as ${wants}: it is the profile of ${is}`, {
    code: "conflicting_flags",
    guidance: "Choose another name with --profile, or leave out the flag that says how to log in.",
  });
}

/**
 * Finds the profile that a login is for: the one that is named, else the default or only one, else a new one.
 *
 * @param command The login.
 * @param outside Variables and files.
 * @returns The profile, and where it is kept.
 * @throws {UsageError} If it cannot be decided, or the profile has no login.
 */
export async function findTarget(command: AuthLoginCommand, outside: ConfigOutside): Promise<LoginTarget> {
  const { flags } = command;
  if (flags.sandbox === true) {
    throw new UsageError("Cannot log in to the simulated organization: it takes any token", {
      code: "no_login",
      guidance: `Leave --sandbox out, or run "${commandFor("sandbox")}" and log in with --base-url.`,
    });
  }
  const wanted = given(FLAGS.profile, flags.profile, outside.environment);
  const { path, file } = await findConfigFile(flags, outside, true);
  if (path === undefined) {
    throw new UsageError("Cannot keep a profile: the environment names no directory for the configuration file", {
      code: "no_config_file",
      guidance: "Set HOME (APPDATA on Windows), or name the file with --config.",
    });
  }
  const name = nameOf(wanted?.text, [...file?.profiles.keys() ?? []], file?.defaultProfile);
  const profile = file?.profiles.get(name);
  const kind = kindOf(name, profile, command.grant);
  const chosen = { name, explicit: true, profile: { credential: { type: kind }, ...profile } };
  const config = createConfig(flags, outside.environment, chosen);
  const { credential } = config;
  return {
    name,
    ...(profile === undefined ? {} : { profile }),
    kind,
    grant: command.grant ?? (kind === "service_app" ? "service-app" : "device"),
    configPath: path,
    store: "store" in credential ? credential.store : "",
    config,
  };
}
