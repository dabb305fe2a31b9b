/**
 * Counts what each way to choose tools costs: all that is selected or a few that find it, and the ready-made selections.
 *
 * @module
 */

import type { Collection } from "../collection/endpoint.ts";
import { selectEndpoints } from "../collection/selection.ts";
import type { Config, SurfaceName } from "../config/config.ts";
import { type Preset, PRESETS } from "../config/presets.ts";
import type { Selection } from "../config/selection.ts";
import { createCatalogue, type SchemaDetail } from "../tools/catalogue.ts";
import { columns } from "./columns.ts";
import { listedTools } from "./listed_tools.ts";
import type { TokenCounter } from "./token_counter.ts";

/** What one choice costs. */
export interface ChoiceCost {
  /** The flags that make it; those of the selection are kept with `--tools`, and give way to a preset. */
  readonly choice: string;
  /** The configuration makes this very choice. */
  readonly now: boolean;
  readonly tools: number;
  /** Tokens of the whole list, by the value of `--schema`. */
  readonly tokens: { readonly full: number; readonly compact: number };
}

/** What the choices depend on. */
export type ChoiceConfig = Pick<Config, "tools" | "selection" | "readOnly" | "confirm">;

/** A way to choose, not counted yet. */
interface Way {
  readonly choice: string;
  readonly now: boolean;
  readonly tools: SurfaceName;
  readonly selection: Selection;
  readonly readOnly: boolean;
}

/** A preset alone, without what is left out anyway. */
function presetWay(preset: Preset, { tools, selection, readOnly }: ChoiceConfig): Way {
  const { presets, features: _features, tools: _tools, ...left } = selection;
  const alone = presets?.length === 1 && presets[0] === preset && selection.features === undefined &&
    selection.tools === undefined;
  return {
    choice: `--preset ${preset.name}`,
    now: tools === "all" && alone,
    tools: "all",
    selection: { ...left, presets: [preset] },
    readOnly: readOnly || preset.readOnly === true,
  };
}

function waysOf(config: ChoiceConfig, changes: boolean): Way[] {
  const { tools: present, selection, readOnly } = config;
  const ways = (["all", "discover"] as const).flatMap((tools): Way[] => {
    const way = { choice: `--tools ${tools}`, now: tools === present, tools, selection, readOnly };
    return changes ? [way, { ...way, choice: `${way.choice} --read-only`, now: false, readOnly: true }] : [way];
  });
  return [...ways, ...PRESETS.map((preset) => presetWay(preset, config))];
}

/**
 * Counts the choices.
 *
 * @param config The configuration.
 * @param collections All collections.
 * @param count Counts tokens.
 * @returns The present selection in all its forms, then the presets.
 * @throws {UsageError} If a feature is unknown, or a pattern matches no tool.
 */
export function measureChoices(
  config: ChoiceConfig,
  collections: readonly Collection[],
  count: TokenCounter,
): readonly ChoiceCost[] {
  const { selection, readOnly } = config;
  const changes = !readOnly &&
    selectEndpoints(collections, { ...selection, readOnly }).some(({ facts }) => facts.kind === "write");
  return waysOf(config, changes).map((way) => {
    const endpoints = selectEndpoints(collections, { ...way.selection, readOnly: way.readOnly });
    const listing = { ...config, tools: way.tools, readOnly: way.readOnly };
    const list = (schema: SchemaDetail) => listedTools(createCatalogue(endpoints, schema), listing);
    const full = list("full");
    return {
      choice: way.choice,
      now: way.now,
      tools: full.length,
      tokens: { full: count(full), compact: count(list("compact")) },
    };
  });
}

/**
 * Writes the choices for people.
 *
 * @param choices The choices.
 * @returns A table with a heading; the present choice is marked.
 */
export function choicesText(choices: readonly ChoiceCost[]): string {
  const rows = choices.map(({ choice, now, tools, tokens }) => [
    String(tools),
    String(tokens.full),
    String(tokens.compact),
    `${choice}${now ? " (now)" : ""}`,
  ]);
  return `Choices, in tokens with --schema full or compact\n${
    columns([["tools", "full", "compact", "choice"], ...rows], "  ", [0, 1, 2])
  }`;
}
