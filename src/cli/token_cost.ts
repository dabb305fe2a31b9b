/**
 * Counts what the list of tools costs a model.
 *
 * @module
 */

import { BUILT_IN_DEFINITIONS } from "../tools/definitions/built_in_definitions.ts";
import type { Catalogue } from "../tools/catalogue.ts";
import { columns } from "./columns.ts";

const LARGEST = 10;

/** What something costs, in tokens of the o200k encoding. */
export interface NamedCost {
  readonly name: string;
  readonly tools: number;
  readonly tokens: number;
}

/** What the list of tools costs. */
export interface TokenCost {
  readonly encoding: "o200k_base";
  readonly tools: number;
  /** Tokens of the whole list as JSON. */
  readonly tokens: number;
  /** By feature, the largest first. */
  readonly features: readonly NamedCost[];
  /** The ten largest tools. */
  readonly largest: readonly NamedCost[];
}

function largestFirst(costs: Iterable<NamedCost>): NamedCost[] {
  return [...costs].sort((a, b) => b.tokens - a.tokens || (a.name < b.name ? -1 : 1));
}

/**
 * Counts the tokens of a catalogue's definitions and those of the server's own tools, each as the compact JSON of `tools/list`.
 *
 * @param catalogue The catalogue.
 * @returns The cost; the total is that of the whole list, which can differ from the sum by what joins the tools.
 */
export async function measureCost(catalogue: Catalogue): Promise<TokenCost> {
  // The encoding's table takes 2 MB, so only this command loads it.
  const { countTokens } = await import("gpt-tokenizer/encoding/o200k_base");
  const definitions = [...catalogue.definitions(), ...BUILT_IN_DEFINITIONS];
  const featureOf = new Map((await catalogue.endpoints()).map(({ tool, feature }) => [tool, feature]));
  const tools = definitions.map((definition): NamedCost => ({
    name: definition.name,
    tools: 1,
    tokens: countTokens(JSON.stringify(definition)),
  }));
  const features = new Map<string, NamedCost>();
  for (const { name, tokens } of tools) {
    const feature = featureOf.get(name) ?? "(the server itself)";
    const sum = features.get(feature) ?? { name: feature, tools: 0, tokens: 0 };
    features.set(feature, { ...sum, tools: sum.tools + 1, tokens: sum.tokens + tokens });
  }
  return {
    encoding: "o200k_base",
    tools: tools.length,
    tokens: countTokens(JSON.stringify(definitions)),
    features: largestFirst(features.values()),
    largest: largestFirst(tools).slice(0, LARGEST),
  };
}

/**
 * Writes a cost for people.
 *
 * @param cost The cost.
 * @returns The total, the features and the largest tools in columns.
 */
export function costText(cost: TokenCost): string {
  const mean = cost.tools === 0 ? 0 : Math.round(cost.tokens / cost.tools);
  const features = cost.features.map(({ tokens, tools, name }) => [String(tokens), String(tools), name]);
  const largest = cost.largest.map(({ tokens, name }) => [String(tokens), name]);
  return `${cost.tokens} tokens (o200k) for ${cost.tools} tools, ${mean} a tool\n\n` +
    `By feature\n${columns([["tokens", "tools", "feature"], ...features], "  ", [0, 1])}\n` +
    `Largest tools\n${columns(largest, "  ", [0])}`;
}
