/**
 * Reads which tools are wanted: features, patterns, presets, and what is left out.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import type { Environment, EnvironmentName } from "./environment.ts";
import type { Flag } from "./flag.ts";
import { FLAGS, type FlagValues } from "./flags.ts";
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
  /** Features that are left out of all that, whoever of several sources says so. */
  readonly excludeFeatures?: readonly Choice[];
  /** Patterns of names of tools that are left out of all that, whoever of several sources says so. */
  readonly excludeTools?: readonly Choice[];
  /** Of all that only what this selection takes, too: what somebody else allows. */
  readonly within?: Selection;
}

/** The parts of a selection that a source can name. */
type PartName = Exclude<keyof Selection, "within">;

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

/** Reads what one source says of a part: the command line, the variables or the profile. */
type Source = (part: Part) => Choice | undefined;

function listOf(texts: readonly string[], source: string, { item }: Part): Choice {
  const names = splitList(texts);
  if (names.length > 0) return { names: Object.freeze(names), source };
  throw new UsageError(`Cannot use ${source}: expected ${item}, got nothing`, {
    code: "missing_choice",
    guidance: "Give one or more separated by commas, or leave it out.",
  });
}

/** The strongest first. */
function sourcesOf(environment: Environment, chosen: ChosenProfile | undefined): readonly Source[] {
  const file = chosen?.path === undefined ? "" : ` in ${JSON.stringify(chosen.path)}`;
  return [
    (part) => {
      const { flag, typed = [] } = part;
      return typed.length === 0 ? undefined : listOf(typed, flag.name, part);
    },
    (part) => {
      const variable = readVariable(environment, part.flag.environment);
      return variable === undefined ? undefined : listOf([variable], part.flag.environment, part);
    },
    ({ key, inProfile = [] }) =>
      inProfile.length === 0
        ? undefined
        : { names: Object.freeze([...inProfile]), source: `${key} of profile "${chosen?.name}"${file}` },
  ];
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "");
}

/**
 * Finds a preset. It is known by its letters: `help desk` is `help-desk`.
 *
 * @param name Its name.
 * @param source Who names it, for messages.
 * @returns The preset.
 * @throws {UsageError} If there is none of this name; the message lists those that there are.
 */
export function presetOf(name: string, source: string): Preset {
  const found = PRESETS.find((preset) => plain(preset.name) === plain(name));
  if (found !== undefined) return found;
  const known = PRESETS.map((preset) => preset.name).join(", ");
  throw new UsageError(`Cannot find preset ${JSON.stringify(name)} of ${source}: expected one of ${known}`, {
    code: "unknown_preset",
    guidance: "Use one of them, or select with --features and --tool.",
    details: { presets: PRESETS.map((preset) => preset.name) },
  });
}

function partsOf(flags: FlagValues, profile: Partial<Profile>): Readonly<Record<PartName, Part>> {
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

/** A profile's features beside a preset of the command line would be more than either asks for. */
function takenFrom(sources: readonly Source[], parts: Readonly<Record<PartName, Part>>): Selection {
  for (const source of sources) {
    const [features, tools, named] = [source(parts.features), source(parts.tools), source(parts.presets)];
    if (features === undefined && tools === undefined && named === undefined) continue;
    return {
      ...(features === undefined ? {} : { features }),
      ...(tools === undefined ? {} : { tools }),
      ...(named === undefined
        ? {}
        : { presets: Object.freeze(named.names.map((name) => presetOf(name, named.source))) }),
    };
  }
  return {};
}

/**
 * Reads the selection out of flags, variables and the profile.
 *
 * What is taken, by features, patterns and presets together, is what the strongest source takes that says anything about
 * it: flags, then variables, then the profile. What is left out adds up: nothing gives back what a profile takes.
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
  const sources = sourcesOf(environment, chosen);
  const all = (part: Part) => Object.freeze(sources.flatMap((source) => source(part) ?? []));
  const [excludeFeatures, excludeTools] = [all(parts.excludeFeatures), all(parts.excludeTools)];
  return Object.freeze({
    ...takenFrom(sources, parts),
    ...(excludeFeatures.length === 0 ? {} : { excludeFeatures }),
    ...(excludeTools.length === 0 ? {} : { excludeTools }),
  });
}

/**
 * Tells whether a preset that only reads is named anywhere, also where another source decides what is taken.
 *
 * @param flags The flags.
 * @param environment Reads variables.
 * @param chosen The profile.
 * @returns Whether nothing may be changed.
 * @throws {UsageError} If a preset is unknown: whether it only reads can't be told.
 */
export function namesReadOnlyPreset(
  flags: FlagValues,
  environment: Environment,
  chosen: ChosenProfile | undefined,
): boolean {
  const { presets } = partsOf(flags, chosen?.profile ?? {});
  const named = sourcesOf(environment, chosen).flatMap((source) => source(presets) ?? []);
  return named.some(({ names, source }) => names.map((name) => presetOf(name, source)).some((one) => one.readOnly));
}
