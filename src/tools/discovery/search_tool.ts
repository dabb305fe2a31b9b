/**
 * The tool `webex_search`, which finds tools by what they do.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import type { SearchIndex } from "../../collection/search/search_index.ts";
import { RefusedError } from "../../core/errors.ts";
import { guessText } from "../../core/guess.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import type { BuiltInTool } from "../definitions/built_in.ts";
import type { ToolDefinition } from "../definitions/definition.ts";

/** The tool's name. */
export const SEARCH_TOOL = "webex_search";

/** How many results a search gives unless it is asked for others. */
export const DEFAULT_LIMIT = 10;

const MAX_LIMIT = 50;

/** The tool as clients see it. */
export const SEARCH_DEFINITION: ToolDefinition = {
  name: SEARCH_TOOL,
  description:
    'Finds the tools for a task among all Webex Calling operations; start here. Say what is to be done and to what: "turn ' +
    'on DND for a person", "queues of a location".',
  inputSchema: {
    type: "object",
    properties: {
      query: { type: "string", description: "The task; no names or ids" },
      limit: { type: "integer", minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT },
      feature: { type: "string", description: "Only of this feature" },
      kind: { type: "string", enum: ["read", "write"] },
    },
    required: ["query"],
    additionalProperties: false,
  },
  annotations: {
    title: "Find a Webex tool",
    readOnlyHint: true,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  },
};

/** What is looked for. */
export interface SearchWish {
  readonly query: string;
  readonly limit: number;
  readonly feature?: string | undefined;
  readonly kind?: "read" | "write" | undefined;
}

/** Searches what is selected. */
export interface ToolSearch {
  /** The index, built at the first search. */
  index(): Promise<SearchIndex>;
  /** Whether anybody has searched, so that the index takes memory. */
  isBuilt(): boolean;
  /** The features that a name stands for; empty where there is none. */
  featuresNamed(name: string): Promise<ReadonlySet<string>>;
  /** The nearest names of features. */
  nearestFeatures(name: string): Promise<readonly string[]>;
}

function found({ tool, title, feature, method, path, facts }: Endpoint): Json {
  return { tool, title, feature, method, path, kind: facts.kind };
}

/**
 * Searches.
 *
 * @param search What is searched.
 * @param wish What is looked for.
 * @returns `{results: [{tool, title, feature, method, path, kind}], total}`, the best first.
 * @throws {RefusedError} If the feature is unknown; the message lists the nearest.
 */
export async function searchTools(search: ToolSearch, wish: SearchWish): Promise<JsonObject> {
  const { query, limit, feature, kind } = wish;
  const features = feature === undefined ? undefined : await search.featuresNamed(feature);
  if (features?.size === 0) {
    const nearest = await search.nearestFeatures(feature ?? "");
    throw new RefusedError(`Unknown feature "${feature?.slice(0, 80)}"${guessText(nearest)}`, {
      code: "unknown_feature",
      details: { nearest: [...nearest] },
      guidance: nearest.length === 0 ? "Leave the feature out." : "Leave the feature out, or use one of the nearest.",
    });
  }
  const { endpoints, total } = (await search.index()).search(query, {
    limit,
    ...(kind === undefined ? {} : { kind }),
    ...(features === undefined ? {} : { accepts: (endpoint: Endpoint) => features.has(endpoint.feature) }),
  });
  return { results: endpoints.map(found), total };
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/**
 * Makes the tool.
 *
 * @param search What is searched.
 * @returns The tool.
 */
export function createSearchTool(search: ToolSearch): BuiltInTool {
  return {
    definition: SEARCH_DEFINITION,
    async call({ query, limit, feature, kind }) {
      const value = await searchTools(search, {
        query: textOf(query) ?? "",
        limit: typeof limit === "number" ? limit : DEFAULT_LIMIT,
        feature: textOf(feature),
        kind: kind === "read" || kind === "write" ? kind : undefined,
      });
      const isEmpty = Array.isArray(value.results) && value.results.length === 0;
      const guidance = "Nothing fits: say it in other words, name the object and what is to be done with it.";
      return { isError: false, value: isEmpty ? { ...value, guidance } : value };
    },
  };
}
