/**
 * Checks the content of a configuration file.
 *
 * @module
 */

import { commandFor } from "../core/command.ts";
import { guessText } from "../core/guess.ts";
import { parseBaseUrl } from "./base_url.ts";
import { booleanAt, type FileContext, mapping, refuse, textOf, textsOf, wordAt } from "./file_values.ts";
import { readHttpSection } from "./http_section.ts";
import { organizationIdOf } from "./organization.ts";
import type { Profile, ProfileCredential, ProfileFile } from "./profile.ts";
import { isProfileName, PROFILE_NAME_RULE } from "./profile_name.ts";
import { splitWords } from "./words.ts";

const FILE_KEYS = ["default_profile", "http", "profiles"];
const PROFILE_KEYS = [
  "credential",
  "organization",
  "read_only",
  "partner",
  "base_url",
  "tools",
  "confirm",
  "preset",
  "features",
  "exclude_features",
  "tool",
  "exclude_tool",
];
const CREDENTIAL_KEYS = {
  environment: [],
  token_file: ["path"],
  token_command: ["command"],
  integration: ["client_id", "client_secret_file"],
  service_app: ["client_id", "client_secret_file"],
} as const satisfies Record<ProfileCredential["type"], readonly string[]>;

const SECRET_ADVICE = new Map([
  ["access_token", "Put the token into a file of its own and name it in token_file, or set WEBEX_ACCESS_TOKEN."],
  ["token", "Put the token into a file of its own and name it in token_file, or set WEBEX_ACCESS_TOKEN."],
  [
    "client_secret",
    `Name a file in client_secret_file, or let "${commandFor("auth login")}" keep the secret with the tokens.`,
  ],
  ["refresh_token", `Let "${commandFor("auth login")}" keep it with the tokens, or set WEBEX_REFRESH_TOKEN.`],
]);

function typeOf(context: FileContext, place: string, value: unknown): keyof typeof CREDENTIAL_KEYS {
  const types = Object.keys(CREDENTIAL_KEYS);
  const isType = (text: unknown): text is keyof typeof CREDENTIAL_KEYS =>
    typeof text === "string" && types.includes(text);
  if (isType(value)) return value;
  const nearest = typeof value === "string" ? context.nearest(value, types) : [];
  refuse(context, `${place}.type`, `${types.join(", ")}${guessText(nearest, ";")}`, "Name the kind of credential.");
}

function credentialAt(context: FileContext, place: string, value: unknown): ProfileCredential {
  const record = mapping(context, place, value);
  const type = typeOf(context, place, record["type"]);
  mapping(context, place, value, ["type", ...CREDENTIAL_KEYS[type]]);
  switch (type) {
    case "environment":
      return { type };
    case "token_file":
      return { type, path: context.resolve(textOf(context, `${place}.path`, record["path"])) };
    case "token_command": {
      const command = record["command"];
      const words = typeof command === "string"
        ? splitWords(command, `${place}.command of ${JSON.stringify(context.path)}`)
        : textsOf(context, `${place}.command`, command);
      return { type, command: words };
    }
    case "integration":
    case "service_app": {
      const { client_id: id, client_secret_file: file } = record;
      return {
        type,
        ...(id === undefined ? {} : { clientId: textOf(context, `${place}.client_id`, id) }),
        ...(file === undefined
          ? {}
          : { clientSecretFile: context.resolve(textOf(context, `${place}.client_secret_file`, file)) }),
      };
    }
  }
}

function organizationAt(context: FileContext, key: string, value: unknown): string {
  const id = organizationIdOf(textOf(context, key, value));
  if (id !== undefined) return id;
  const advice = `Leave the key out and run "${commandFor("auth status")}": the line "Organization" has the id.`;
  refuse(context, key, "the id of an organization, or its UUID, got something else", advice);
}

/** Which tools there are, and what they may do unasked. */
function surfaceAt(context: FileContext, place: string, record: Record<string, unknown>): Partial<Profile> {
  const at = (key: string) => `${place}.${key}`;
  const list = (key: string) => record[key] === undefined ? undefined : textsOf(context, at(key), record[key]);
  const { tools, confirm } = record;
  const lists = {
    preset: list("preset"),
    features: list("features"),
    excludeFeatures: list("exclude_features"),
    tool: list("tool"),
    excludeTool: list("exclude_tool"),
  };
  return {
    ...(tools === undefined ? {} : { tools: wordAt(context, at("tools"), tools, ["all", "discover"]) }),
    ...(confirm === undefined
      ? {}
      : { confirm: wordAt(context, at("confirm"), confirm, ["destructive", "writes", "never"]) }),
    ...Object.fromEntries(Object.entries(lists).filter(([, texts]) => texts !== undefined)),
  };
}

function profileAt(context: FileContext, place: string, value: unknown): Profile {
  const record = mapping(context, place, value ?? {}, PROFILE_KEYS);
  const { credential, organization, read_only, partner, base_url } = record;
  const at = (key: string) => `${place}.${key}`;
  const source = `${at("base_url")} of ${JSON.stringify(context.path)}`;
  return {
    ...(credential === undefined ? {} : { credential: credentialAt(context, at("credential"), credential) }),
    ...(organization === undefined ? {} : { organization: organizationAt(context, at("organization"), organization) }),
    ...(read_only === undefined ? {} : { readOnly: booleanAt(context, at("read_only"), read_only) }),
    ...(partner === undefined ? {} : { partner: booleanAt(context, at("partner"), partner) }),
    ...(base_url === undefined ? {} : { baseUrl: parseBaseUrl(textOf(context, at("base_url"), base_url), source) }),
    ...surfaceAt(context, place, record),
  };
}

/** Where case doesn't tell files apart, two such profiles would share one file of tokens. */
function refuseTwins(context: FileContext, names: readonly string[]): void {
  const plain = names.map((name) => name.toLowerCase());
  const twin = names.find((_name, index) => plain.indexOf(plain[index] ?? "") !== index);
  if (twin !== undefined) {
    refuse(context, `profiles.${twin}`, "names that differ in more than case", "Rename one of the profiles.");
  }
}

/**
 * Checks the content of a configuration file.
 *
 * @param value What the file holds, parsed.
 * @param surroundings The file's path, and what else is to know.
 * @returns Its profiles.
 * @throws {UsageError} If a key is unknown, a value has the wrong type, or a secret is in the file.
 */
export function readProfileFile(value: unknown, surroundings: FileContext): ProfileFile {
  const context: FileContext = { ...surroundings, secretKeys: SECRET_ADVICE };
  const record = mapping(context, "", value ?? {}, FILE_KEYS);
  const described = Object.entries(mapping(context, "profiles", record["profiles"] ?? {}));
  const profiles = new Map<string, Profile>();
  for (const [name, profile] of described) {
    if (!isProfileName(name)) {
      refuse(context, `profiles.${JSON.stringify(name)}`, `a name of ${PROFILE_NAME_RULE}`, "Rename the profile.");
    }
    profiles.set(name, profileAt(context, `profiles.${name}`, profile));
  }
  refuseTwins(context, [...profiles.keys()]);
  const { path } = context;
  const http = record["http"] === undefined ? {} : { http: readHttpSection(record["http"], context) };
  if (record["default_profile"] === undefined) return { path, profiles, ...http };
  const defaultProfile = textOf(context, "default_profile", record["default_profile"]);
  if (profiles.has(defaultProfile)) return { path, defaultProfile, profiles, ...http };
  const names = [...profiles.keys()].join(", ") || "no profile yet";
  refuse(context, "default_profile", `the name of a profile: ${names}`, "Correct the name, or add the profile.");
}
