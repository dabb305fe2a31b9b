/**
 * Joins flags, environment and profile into the one configuration that the program runs with.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import type { LogFormat, LogLevel } from "../core/log.ts";
import type { TraceSettings } from "../telemetry/trace_settings.ts";
import { parseBaseUrl } from "./base_url.ts";
import { credentialOf, ignoredVariables } from "./credential.ts";
import type { CredentialSource } from "./credential_source.ts";
import { type Environment, forgiving } from "./environment.ts";
import { FLAGS, type FlagValues } from "./flags.ts";
import { auditFileOf, type OperatingSystem, stateDirectoryOf, tokenStoreOf } from "./paths.ts";
import type { ChosenProfile } from "./profile.ts";
import { ENVIRONMENT_PROFILE } from "./profile_name.ts";
import { namesReadOnlyPreset, type Selection, selectionOf } from "./selection.ts";
import { booleanOf, choiceOf, given, wholeNumberOf } from "./settings.ts";
import { tracesOf, traceWarnings } from "./traces.ts";

/** What is recorded of calls. */
export interface AuditConfig {
  /** The trail's file; absent when nothing is recorded, or when the environment names no home for it. */
  readonly path?: string;
  /** Nothing is recorded. */
  readonly off: boolean;
  /** Arguments are recorded too, without secrets. */
  readonly values: boolean;
}

/** Which tools are listed. */
export type SurfaceName = "all" | "discover";

/** Which changes need somebody's consent: those that can do harm, all, or none. */
export type Confirm = "never" | "destructive" | "writes";

/** How the program runs; frozen. */
export interface Config {
  /** What is listed: one tool per endpoint, or a few tools that find and call all of them. */
  readonly tools: SurfaceName;
  /** Which endpoints there are. */
  readonly selection: Selection;
  /** No endpoint that changes anything is listed or callable. */
  readonly readOnly: boolean;
  readonly confirm: Confirm;
  /** What the server allows whoever has no policy; present where this is what a caller's policy makes of it. */
  readonly server?: Config;
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
  /** The profile's name, and whether a flag or a variable named it. */
  readonly profile: { readonly name: string; readonly explicit: boolean };
  /** The configuration file that the profile stands in. */
  readonly configFile?: string;
  /** Where the access token comes from. */
  readonly credential: CredentialSource;
  /** The organization that calls act on. */
  readonly organization?: string;
  /** The profile's credential reaches several organizations; absent when nobody knows. */
  readonly partner?: boolean;
  /** How long a call may take, in milliseconds. */
  readonly deadlineMs: number;
  /** How many requests to one host are under way at once. */
  readonly concurrency: number;
  /** How large a result may be, in tokens. */
  readonly maxResultTokens: number;
  /** What happens to ids of the wrong kind or organization. */
  readonly idCheck: "refuse" | "warn";
  readonly audit: AuditConfig;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  /** Where traces go; absent when nobody asks for them. */
  readonly traces?: TraceSettings;
  /** The directory for what the program writes; absent when the environment names no home. */
  readonly stateDirectory?: string;
  /** What looks wrong and doesn't hinder the start, one sentence each, for the log. */
  readonly warnings: readonly string[];
}

const DEADLINE_SECONDS = { min: 1, max: 600, fallback: 55, unit: "seconds" } as const;
const CONCURRENCY = { min: 1, max: 50, fallback: 5, unit: "requests" } as const;
const MAX_RESULT_TOKENS = { min: 1000, max: 1_000_000, fallback: 20_000, unit: "tokens" } as const;

/**
 * Whatever says read-only wins: a flag or a variable must not give back what a profile takes, and a preset that only reads
 * does not cease to because another one is chosen elsewhere.
 */
function readOnlyOf(flags: FlagValues, environment: Environment, chosen: ChosenProfile | undefined): boolean {
  return chosen?.profile.readOnly === true || flags.readOnly === true ||
    namesReadOnlyPreset(flags, environment, chosen) || booleanOf(environment, "WEBEX_MCP_READ_ONLY");
}

/** From the most to the least careful. */
const CAREFUL: readonly Confirm[] = ["writes", "destructive", "never"];

/**
 * Finds the more careful of two answers to the question which changes need consent.
 *
 * @param one One answer.
 * @param other Another; absent where there is none.
 * @returns The one that asks about more.
 */
export function moreCareful(one: Confirm, other: Confirm | undefined): Confirm {
  return CAREFUL.find((confirm) => confirm === one || confirm === other) ?? one;
}

/** Here, too, a flag must not give back what a profile takes: the more careful of both counts. */
function confirmOf(flags: FlagValues, environment: Environment, chosen: ChosenProfile | undefined): Confirm {
  const setting = given(FLAGS.confirm, flags.confirm, environment);
  const own = chosen?.profile.confirm;
  if (setting === undefined && own !== undefined) return own;
  return moreCareful(choiceOf(setting, FLAGS.confirm.choices), own);
}

function toolsOf(flags: FlagValues, environment: Environment, chosen: ChosenProfile | undefined): SurfaceName {
  const setting = given(FLAGS.tools, flags.tools, environment);
  return setting === undefined
    ? chosen?.profile.tools ?? FLAGS.tools.choices[0]
    : choiceOf(setting, FLAGS.tools.choices);
}

function baseUrlOf(
  flags: FlagValues,
  environment: Environment,
  chosen: ChosenProfile | undefined,
): string | undefined {
  if (flags.sandbox === true) return undefined;
  const setting = given(FLAGS.baseUrl, flags.baseUrl, environment);
  if (setting !== undefined) return parseBaseUrl(setting.text, setting.source);
  const own = chosen?.profile.baseUrl;
  return own === undefined ? undefined : parseBaseUrl(own, `base_url of profile "${chosen?.name}"`);
}

function auditOf(flags: FlagValues, environment: Environment, standard: string | undefined): AuditConfig {
  const values = flags.auditValues ?? false;
  // Calls of the simulated organization are recorded only where the command line asks for it.
  const setting = flags.sandbox === true && flags.audit === undefined
    ? undefined
    : given(FLAGS.audit, flags.audit, environment);
  if (flags.noAudit === true || (flags.sandbox === true && setting === undefined)) return { off: true, values };
  const path = setting?.text ?? standard;
  return path === undefined ? { off: false, values } : { path, off: false, values };
}

function conflict(first: string, second: string, reason: string): UsageError {
  return new UsageError(`Cannot use ${first} together with ${second}: ${reason}`, {
    code: "conflicting_flags",
    guidance: "Leave one of them out.",
  });
}

function checkFlags(flags: FlagValues): void {
  if (flags.sandbox === true && flags.baseUrl !== undefined) {
    throw conflict("--sandbox", "--base-url", "each names another place to call");
  }
  for (const name of ["profile", "config"] as const) {
    if (flags.sandbox !== true || flags[name] === undefined) continue;
    throw conflict("--sandbox", FLAGS[name].name, "the simulated organization has no profiles");
  }
  if (flags.noAudit === true && (flags.audit !== undefined || flags.auditValues === true)) {
    const other = flags.audit === undefined ? "--audit-values" : "--audit";
    throw conflict("--no-audit", other, "one records calls, the other does not");
  }
}

function limitsOf(flags: FlagValues, environment: Environment) {
  const seconds = wholeNumberOf(given(FLAGS.deadline, flags.deadline, environment), DEADLINE_SECONDS);
  return {
    deadlineMs: seconds * 1000,
    concurrency: wholeNumberOf(given(FLAGS.concurrency, flags.concurrency, environment), CONCURRENCY),
    maxResultTokens: wholeNumberOf(given(FLAGS.maxResult, flags.maxResult, environment), MAX_RESULT_TOKENS),
    idCheck: choiceOf(given(FLAGS.idCheck, flags.idCheck, environment), FLAGS.idCheck.choices),
    logLevel: choiceOf(given(FLAGS.logLevel, flags.logLevel, environment), FLAGS.logLevel.choices),
    logFormat: choiceOf(given(FLAGS.logFormat, flags.logFormat, environment), FLAGS.logFormat.choices),
  };
}

function profileOf(
  flags: FlagValues,
  environment: Environment,
  chosen: ChosenProfile | undefined,
  os: OperatingSystem,
) {
  const stateDirectory = stateDirectoryOf(environment, os);
  const storeOf = (profile: string): string => {
    if (stateDirectory !== undefined) return tokenStoreOf(stateDirectory, profile, os);
    throw new UsageError("Cannot keep tokens: the environment names no directory for them", {
      code: "no_state_directory",
      guidance: `Set ${os === "windows" ? "LOCALAPPDATA" : "HOME or XDG_STATE_HOME"} to an absolute path.`,
    });
  };
  const { organization, partner } = chosen?.profile ?? {};
  const credential: CredentialSource = flags.sandbox === true
    ? { type: "none" }
    : credentialOf(environment, chosen, storeOf);
  return {
    profile: Object.freeze({ name: chosen?.name ?? ENVIRONMENT_PROFILE, explicit: chosen?.explicit ?? false }),
    credential: Object.freeze(credential),
    ...(organization === undefined ? {} : { organization }),
    ...(partner === undefined ? {} : { partner }),
    audit: Object.freeze(
      auditOf(flags, environment, stateDirectory === undefined ? undefined : auditFileOf(stateDirectory, os)),
    ),
    ...(stateDirectory === undefined ? {} : { stateDirectory }),
  };
}

/**
 * Makes the configuration. A flag wins over its variable, a variable over the profile, and the profile over the default;
 * but whatever a profile takes away or asks about stays so.
 *
 * @param flags The flags that were given.
 * @param variables Reads environment variables.
 * @param chosen The profile that was chosen; the simulated organization has none.
 * @param os The system that paths are made for.
 * @returns The configuration, frozen.
 * @throws {UsageError} If a value is not allowed, or asks for something that this version cannot do.
 */
export function createConfig(
  flags: FlagValues,
  variables: Environment,
  chosen?: ChosenProfile,
  os: OperatingSystem = Deno.build.os,
): Config {
  checkFlags(flags);
  const environment = flags.sandbox === true ? forgiving(variables) : variables;
  const profile = flags.sandbox === true ? undefined : chosen;
  const baseUrl = baseUrlOf(flags, environment, profile);
  const selection = selectionOf(flags, environment, profile);
  const traces = tracesOf(environment);
  return Object.freeze({
    ...(profile?.path === undefined ? {} : { configFile: profile.path }),
    tools: toolsOf(flags, environment, profile),
    selection,
    readOnly: readOnlyOf(flags, environment, profile),
    confirm: confirmOf(flags, environment, profile),
    collections: Object.freeze([...flags.collections ?? []]),
    sandbox: flags.sandbox ?? false,
    schema: flags.schema ?? "full",
    validation: flags.validation ?? "strict",
    structured: flags.structured ?? false,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(traces === undefined ? {} : { traces }),
    ...profileOf(flags, environment, profile, os),
    ...limitsOf(flags, environment),
    warnings: Object.freeze([...ignoredVariables(environment, profile), ...traceWarnings(traces)]),
  });
}
