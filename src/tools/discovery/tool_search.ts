/**
 * Searches the tools that are selected.
 *
 * @module
 */

import type { Collection } from "../../collection/endpoint.ts";
import { featureNamesOf } from "../../collection/feature_names.ts";
import { nearestNames } from "../../collection/nearest.ts";
import type { SearchIndex } from "../../collection/search/search_index.ts";
import type { Catalogue } from "../catalogue.ts";
import type { ToolSearch } from "./search_tool.ts";

/** Only the embedded collection's tools have no prefix. */
function isEmbedded({ namespace }: Collection): boolean {
  return namespace === "";
}

/**
 * Makes the search; its index is built at the first one.
 *
 * @param catalogue The tools that are selected.
 * @param collections Gives the collections that they come from, which know other names of features.
 * @returns The search.
 */
export function createToolSearch(
  catalogue: Pick<Catalogue, "endpoints">,
  collections: () => Promise<readonly Collection[]>,
): ToolSearch {
  let index: Promise<SearchIndex> | undefined;

  /** The collections without what is not selected: nothing else may be found. */
  async function selected(): Promise<readonly Collection[]> {
    const kept = new Set(await catalogue.endpoints());
    return (await collections()).map((collection) => ({
      ...collection,
      endpoints: collection.endpoints.filter((endpoint) => kept.has(endpoint)),
    }));
  }

  /** Loaded late: a start needs none of it, and what people say is half a megabyte. */
  async function build(): Promise<SearchIndex> {
    const { createSearchIndex } = await import("../../collection/search/search_index.ts");
    const { embeddedSpeech } = await import("../../collection/embedded_speech.ts");
    const kept = await selected();
    return createSearchIndex(
      kept.map((source) => isEmbedded(source) ? { ...source, speech: embeddedSpeech() } : source),
    );
  }

  return {
    index: () => index ??= build(),
    isBuilt: () => index !== undefined,
    featuresNamed: async (name) => featureNamesOf(await selected()).every(name),
    nearestFeatures: async (name) => nearestNames(name, featureNamesOf(await selected()).names),
  };
}
