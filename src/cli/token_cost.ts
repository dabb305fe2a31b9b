/**
 * Counts what the list of tools costs a model.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import type { ListedTool } from "../tools/definitions/definition.ts";
import { columns } from "./columns.ts";
import type { TokenCounter } from "./token_counter.ts";

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
 * Counts the tokens of a list, each tool as the compact JSON of `tools/list`.
 *
 * @param definitions What is listed.
 * @param endpoints The endpoints behind it, which tell the features.
 * @param count The counter.
 * @returns The cost; the total is that of the whole list, which can differ from the sum by what joins the tools.
 */
export function measureCost(
  definitions: readonly ListedTool[],
  endpoints: readonly Endpoint[],
  count: TokenCounter,
): TokenCost {
  const featureOf = new Map(endpoints.map(({ tool, feature }) => [tool, feature]));
  const tools = definitions.map((one): NamedCost => ({ name: one.name, tools: 1, tokens: count(one) }));
  const features = new Map<string, NamedCost>();
  for (const { name, tokens } of tools) {
    const feature = featureOf.get(name) ?? "(the server itself)";
    const sum = features.get(feature) ?? { name: feature, tools: 0, tokens: 0 };
    features.set(feature, { ...sum, tools: sum.tools + 1, tokens: sum.tokens + tokens });
  }
  return {
    encoding: "o200k_base",
    tools: tools.length,
    tokens: count(definitions),
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
