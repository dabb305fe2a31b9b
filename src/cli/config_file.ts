/**
 * Makes the configuration, and reads the configuration file when it is needed.
 *
 * @module
 */

import { nearestNames } from "../collection/nearest.ts";
import { type Config, createConfig } from "../config/config.ts";
import { credentialVariables } from "../config/credential.ts";
import type { Environment } from "../config/environment.ts";
import { FLAGS, type FlagValues } from "../config/flags.ts";
import { configFileOf, isAbsolutePath, joinPath, type OperatingSystem } from "../config/paths.ts";
import type { ChosenProfile, Profile, ProfileFile } from "../config/profile.ts";
import { type Given, given, readVariable } from "../config/settings.ts";
import { commandFor } from "../core/command.ts";
import { UsageError } from "../core/errors.ts";
import { guessText } from "../core/guess.ts";
import { readTextFile } from "./text_file.ts";

/** What is needed from outside the program. */
export interface ConfigOutside {
  readonly environment: Environment;
  readTextFile(path: string): Promise<string>;
}

/** A configuration file's place, and what was found there. */
export interface FoundFile {
  /** Absent where the environment names no home. */
  readonly path?: string;
  /** Absent when there is no file, or none that can be read. */
  readonly file?: ProfileFile;
  /** What hindered, for the log. */
  readonly warnings: readonly string[];
}

function broken(path: string, reason: string, cause?: unknown): UsageError {
  return new UsageError(`Cannot use ${JSON.stringify(path)}: ${reason}`, {
    code: "bad_config_file",
    guidance: "Correct the file at this place.",
    cause,
  });
}

/** An error of the library quotes the line, which may hold a secret: only its place is told. */
async function parse(text: string, path: string): Promise<unknown> {
  const { LineCounter, parseDocument } = await import("yaml");
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    const reason = error.code === "DUPLICATE_KEY" ? "a key is there twice" : "it is neither YAML nor JSON";
    throw broken(path, `${reason} (line ${line}, column ${col}, ${error.code})`);
  }
  try {
    return document.toJS();
  } catch (cause) {
    throw broken(path, "an alias leads nowhere, or too far", cause);
  }
}

function directoryOf(path: string): string {
  return path.replace(/[^/\\]*$/, "").replace(/(.)[/\\]$/, "$1");
}

function resolver(path: string, environment: Environment, os: OperatingSystem): (path: string) => string {
  return (named) => {
    if (isAbsolutePath(named)) return named;
    const home = /^~[/\\]/.test(named) ? readVariable(environment, "HOME") : undefined;
    if (home !== undefined) return joinPath(os, home, named.slice(2));
    const directory = directoryOf(path);
    return directory === "" ? named : joinPath(os, directory, named);
  };
}

/** `undefined` when there is no file. */
async function readFile(path: string, outside: ConfigOutside, os: OperatingSystem): Promise<ProfileFile | undefined> {
  let text: string;
  try {
    text = await readTextFile(path, outside.readTextFile);
  } catch (error) {
    if (error instanceof UsageError && error.cause instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const resolve = resolver(path, outside.environment, os);
  // The usual start has no file to check.
  const { readProfileFile } = await import("../config/profile_file.ts");
  return readProfileFile(await parse(text, path), { path, resolve, nearest: nearestNames });
}

/**
 * Reads the configuration file.
 *
 * @param flags The flags; `--config` names the file.
 * @param outside Variables and files.
 * @param strict A file that cannot be read is an error even where no flag named it.
 * @param os The system that paths are made for.
 * @returns The file, as far as there is one.
 * @throws {UsageError} If the file is wrong, or cannot be read although it was named.
 */
export async function findConfigFile(
  flags: FlagValues,
  outside: ConfigOutside,
  strict: boolean,
  os: OperatingSystem = Deno.build.os,
): Promise<FoundFile> {
  const named = given(FLAGS.config, flags.config, outside.environment);
  const path = named?.text ?? configFileOf(outside.environment, os);
  if (path === undefined) return { warnings: [] };
  try {
    const file = await readFile(path, outside, os);
    return file === undefined ? { path, warnings: [] } : { path, file, warnings: [] };
  } catch (error) {
    const unreadable = error instanceof UsageError && error.code === "unreadable_file";
    if (!unreadable || strict || named !== undefined) throw error;
    return { path, warnings: [`${error.message}; profiles are not available. ${error.guidance}`] };
  }
}

function unknownProfile({ text, source }: Given, { path, file }: FoundFile): UsageError {
  const names = [...file?.profiles.keys() ?? []];
  const nearest = nearestNames(text, names);
  const place = path === undefined ? "no configuration file was found" : `it is not in ${JSON.stringify(path)}`;
  const known = names.length === 0 ? "There is no profile yet." : `There are the profiles ${names.join(", ")}.`;
  return new UsageError(
    `Cannot find profile ${JSON.stringify(text)} of ${source}: ${place}${guessText(nearest, ";")}`,
    {
      code: "unknown_profile",
      guidance: `${known} "${commandFor("auth login --profile NAME")}" adds one.`,
      details: { profiles: names },
    },
  );
}

/**
 * Finds the profile to work with.
 *
 * @param wanted The profile that a flag or a variable names.
 * @param found The configuration file.
 * @returns The wanted profile, else the default or only one, else `undefined`.
 * @throws {UsageError} If the wanted profile doesn't exist; the message lists what does.
 */
export function chooseProfile(wanted: Given | undefined, found: FoundFile): ChosenProfile | undefined {
  const profiles: ReadonlyMap<string, Profile> = found.file?.profiles ?? new Map<string, Profile>();
  if (wanted !== undefined) {
    const profile = profiles.get(wanted.text);
    if (profile === undefined) throw unknownProfile(wanted, found);
    return { name: wanted.text, explicit: true, profile, ...placeOf(found) };
  }
  const name = found.file?.defaultProfile ?? (profiles.size === 1 ? [...profiles.keys()][0] : undefined);
  const profile = name === undefined ? undefined : profiles.get(name);
  return name === undefined || profile === undefined
    ? undefined
    : { name, explicit: false, profile, ...placeOf(found) };
}

function placeOf({ path }: FoundFile): Pick<ChosenProfile, "path"> {
  return path === undefined ? {} : { path };
}

function undecided({ file }: FoundFile): string | undefined {
  if (file === undefined || file.profiles.size < 2) return undefined;
  const path = JSON.stringify(file.path);
  return `No profile of ${path} is used: there is no default_profile, and no --profile was given`;
}

/** A log is seldom read: whoever calls a tool is told, too, why no profile gave a credential. */
function reasonOf(found: FoundFile, chosen: ChosenProfile | undefined): string | undefined {
  if (chosen !== undefined) {
    return `Profile "${chosen.name}" has no credential of its own, and the environment has none.`;
  }
  const open = undecided(found);
  if (open === undefined) return found.warnings.join(" ") || undefined;
  const names = [...found.file?.profiles.keys() ?? []].join(", ");
  return `${open}. Start the program with --profile and one of ${names}, or name the default_profile in that file.`;
}

function withReason(config: Config, reason: string | undefined): Config {
  if (config.credential.type !== "none" || reason === undefined) return config;
  return Object.freeze({ ...config, credential: Object.freeze({ type: "none", reason }) });
}

function withWarnings(config: Config, warnings: readonly string[]): Config {
  return warnings.length === 0 ? config : Object.freeze({ ...config, warnings: [...config.warnings, ...warnings] });
}

/**
 * Makes the configuration.
 *
 * A credential in the environment needs no file, so that the usual start reads none.
 *
 * @param flags The flags that were given.
 * @param outside Variables and files.
 * @param os The system that paths are made for.
 * @returns The configuration, frozen.
 * @throws {UsageError} If a value is not allowed, a profile is unknown, or a file that was named cannot be read.
 */
export async function loadConfig(
  flags: FlagValues,
  outside: ConfigOutside,
  os: OperatingSystem = Deno.build.os,
): Promise<Config> {
  const { environment } = outside;
  if (flags.sandbox === true) return createConfig(flags, environment, undefined, os);
  const wanted = given(FLAGS.profile, flags.profile, environment);
  const [variable] = credentialVariables(environment);
  if (wanted === undefined && variable !== undefined) {
    const named = given(FLAGS.config, flags.config, environment);
    const config = createConfig(flags, environment, undefined, os);
    if (named === undefined) return config;
    return withWarnings(config, [
      `Used ${variable}, and no profile of ${named.source}: no --profile was given`,
    ]);
  }
  const found = await findConfigFile(flags, outside, wanted !== undefined, os);
  const named = given(FLAGS.config, flags.config, environment);
  if (named !== undefined && found.file === undefined) throw missingFile(named);
  const chosen = chooseProfile(wanted, found);
  const config = withReason(createConfig(flags, environment, chosen, os), reasonOf(found, chosen));
  const open = chosen === undefined ? undecided(found) : undefined;
  return withWarnings(config, [...found.warnings, ...(open === undefined ? [] : [open])]);
}

function missingFile({ text, source }: Given): UsageError {
  return new UsageError(`Cannot read ${JSON.stringify(text)} of ${source}: there is no such file`, {
    code: "unreadable_file",
    guidance: `Check the path, or let "${commandFor("auth login --profile NAME --config PATH")}" make the file.`,
  });
}
