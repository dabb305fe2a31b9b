/**
 * Reads which tools are wanted: features, patterns, presets, and what is left out.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import type { Environment, EnvironmentName } from "./environment.ts";
import { type Flag, FLAGS, type FlagValues } from "./flags.ts";
import { type Preset, PRESETS } from "./presets.ts";
import type { ChosenProfile, Profile } from "./profile.ts";
import { readVariable } from "./settings.ts";

/** Names that somebody gave, and where, for messages: a flag, a variable or a profile. */
export interface Choice {
  readonly names: readonly string[];
  readonly source: string;
}

/** Which tools are wanted; what is absent is not limited. */
export interface Selection {
  /** Features that are taken as a whole. */
  readonly features?: Choice;
  /** Patterns of names of tools that are taken. */
  readonly tools?: Choice;
  /** Ready-made selections that are taken. */
  readonly presets?: readonly Preset[];
  /** Features that are left out of all that. */
  readonly excludeFeatures?: Choice;
  /** Patterns of names of tools that are left out of all that. */
  readonly excludeTools?: Choice;
}

/** Where one part of a selection can come from. */
interface Part {
  readonly flag: Flag & { readonly environment: EnvironmentName };
  readonly typed: readonly string[] | undefined;
  /** The key of a profile that says the same. */
  readonly key: string;
  readonly inProfile: readonly string[] | undefined;
  /** What one of its items is, for messages. */
  readonly item: string;
}

/**
 * Splits lists that are written with commas.
 *
 * @param texts One or more such lists.
 * @returns The items without blanks around them, empty ones left out.
 */
export function splitList(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(",")).map((item) => item.trim()).filter((item) => item !== "");
}

/** A flag wins over its variable, and that over the profile; each part by itself. */
function choiceOf(part: Part, environment: Environment, chosen: ChosenProfile | undefined): Choice | undefined {
  const { flag, typed = [], key, inProfile, item } = part;
  const variable = typed.length === 0 ? readVariable(environment, flag.environment) : undefined;
  if (typed.length === 0 && variable === undefined) {
    if (inProfile === undefined || inProfile.length === 0) return undefined;
    const file = chosen?.path === undefined ? "" : ` in ${JSON.stringify(chosen.path)}`;
    return { names: Object.freeze([...inProfile]), source: `${key} of profile "${chosen?.name}"${file}` };
  }
  const source = variable === undefined ? flag.name : flag.environment;
  const names = splitList(variable === undefined ? typed : [variable]);
  if (names.length > 0) return { names: Object.freeze(names), source };
  throw new UsageError(`Cannot use ${source}: expected ${item}, got nothing`, {
    code: "missing_choice",
    guidance: "Give one or more separated by commas, or leave it out.",
  });
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "");
}

/** A preset is known by its letters: `help desk` is `help-desk`. */
function presetOf(name: string, source: string): Preset {
  const found = PRESETS.find((preset) => plain(preset.name) === plain(name));
  if (found !== undefined) return found;
  const known = PRESETS.map((preset) => preset.name).join(", ");
  throw new UsageError(`Cannot find preset ${JSON.stringify(name)} of ${source}: expected one of ${known}`, {
    code: "unknown_preset",
    guidance: "Use one of them, or select with --features and --tool.",
    details: { presets: PRESETS.map((preset) => preset.name) },
  });
}

function partsOf(flags: FlagValues, profile: Partial<Profile>): Readonly<Record<keyof Selection, Part>> {
  const feature = "the name of a feature";
  const pattern = "a pattern of tools' names";
  return {
    features: {
      flag: FLAGS.features,
      typed: flags.features,
      key: "features",
      inProfile: profile.features,
      item: feature,
    },
    excludeFeatures: {
      flag: FLAGS.excludeFeatures,
      typed: flags.excludeFeatures,
      key: "exclude_features",
      inProfile: profile.excludeFeatures,
      item: feature,
    },
    tools: { flag: FLAGS.tool, typed: flags.tool, key: "tool", inProfile: profile.tool, item: pattern },
    excludeTools: {
      flag: FLAGS.excludeTool,
      typed: flags.excludeTool,
      key: "exclude_tool",
      inProfile: profile.excludeTool,
      item: pattern,
    },
    presets: {
      flag: FLAGS.preset,
      typed: flags.preset,
      key: "preset",
      inProfile: profile.preset,
      item: "the name of a preset",
    },
  };
}

/**
 * Reads the selection out of flags, variables and the profile.
 *
 * @param flags The flags.
 * @param environment Reads variables.
 * @param chosen The profile.
 * @returns The selection; empty where nothing is limited.
 * @throws {UsageError} If a list is empty, or a preset is unknown. Names of features and tools are not checked here.
 */
export function selectionOf(
  flags: FlagValues,
  environment: Environment,
  chosen: ChosenProfile | undefined,
): Selection {
  const parts = partsOf(flags, chosen?.profile ?? {});
  const read = (name: keyof Selection) => choiceOf(parts[name], environment, chosen);
  const [features, tools, excludeFeatures, excludeTools] = [
    read("features"),
    read("tools"),
    read("excludeFeatures"),
    read("excludeTools"),
  ];
  const named = read("presets");
  const presets = named?.names.map((name) => presetOf(name, named.source));
  return Object.freeze({
    ...(features === undefined ? {} : { features }),
    ...(tools === undefined ? {} : { tools }),
    ...(presets === undefined ? {} : { presets: Object.freeze(presets) }),
    ...(excludeFeatures === undefined ? {} : { excludeFeatures }),
    ...(excludeTools === undefined ? {} : { excludeTools }),
  });
}

/**
 * Tells whether a preset that only reads is named anywhere, also where another choice of presets wins.
 *
 * @param flags The flags.
 * @param environment Reads variables.
 * @param chosen The profile.
 * @returns Whether nothing may be changed.
 */
export function namesReadOnlyPreset(
  flags: FlagValues,
  environment: Environment,
  chosen: ChosenProfile | undefined,
): boolean {
  const variable = readVariable(environment, FLAGS.preset.environment);
  const names = [...splitList(flags.preset ?? []), ...splitList([variable ?? ""]), ...chosen?.profile.preset ?? []];
  return names.some((name) => PRESETS.some((preset) => preset.readOnly === true && plain(preset.name) === plain(name)));
}
