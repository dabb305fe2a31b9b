/**
 * Says what decides about the tools that are there, to whoever misses some.
 *
 * @module
 */

import type { Config } from "../config/config.ts";
import { FLAGS } from "../config/flags.ts";
import type { Selection } from "../config/selection.ts";
import { UsageError } from "../core/errors.ts";

const { preset, features, tool, excludeFeatures, excludeTool, readOnly } = FLAGS;
const TAKING = [preset, features, tool, excludeFeatures, excludeTool].map(({ name }) => name).join(", ");

/** Where to look for what leaves a tool out. */
export const SELECTION_GUIDANCE: string =
  `Look at ${TAKING} and ${readOnly.name}, their variables, and the keys of the profile.`;

/** Presets don't remember who named them; their name tells it. */
function choicesOf(selection: Selection): string[] {
  const { presets = [], features, tools, excludeFeatures = [], excludeTools = [], within } = selection;
  const choices = [...[features, tools].flatMap((choice) => choice ?? []), ...excludeFeatures, ...excludeTools];
  return [
    ...presets.map(({ name }) => `preset "${name}"`),
    ...choices.map(({ names, source }) => `${JSON.stringify(names.join(","))} of ${source}`),
    ...(within === undefined ? [] : choicesOf(within)),
  ];
}

function reasonsOf({ selection, readOnly }: Pick<Config, "selection" | "readOnly">): string[] {
  return [...choicesOf(selection), ...(readOnly ? [FLAGS.readOnly.name] : [])];
}

/**
 * Makes the error for a selection that leaves no tool: a server without tools looks like one that is broken.
 *
 * @param config What was selected.
 * @returns The error; its message names everything that takes part.
 */
export function nothingSelected(config: Pick<Config, "selection" | "readOnly">): UsageError {
  return new UsageError(`Cannot select any tool: nothing is left by ${reasonsOf(config).join(", ")}`, {
    code: "nothing_selected",
    guidance: SELECTION_GUIDANCE,
  });
}
