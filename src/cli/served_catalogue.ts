/**
 * A catalogue with what is made of it alone, so that all callers whose selections are equal share it.
 *
 * @module
 */

import type { Config } from "../config/config.ts";
import { type CatalogueIndex, createCatalogueIndex } from "../tools/catalogue_index.ts";
import type { BuiltInTool } from "../tools/definitions/built_in.ts";
import { createDescribeTool } from "../tools/discovery/describe_tool.ts";
import { createSearchTool, type ToolSearch } from "../tools/discovery/search_tool.ts";
import { createToolSearch } from "../tools/discovery/tool_search.ts";
import { toolFinder } from "../tools/surface/discovery_surface.ts";
import { createWorkflowBook, type WorkflowBook } from "../tools/workflows/workflow_book.ts";
import { assembleCatalogue, type AssembledCatalogue, type Collections } from "./assembled_catalogue.ts";
import type { AssemblyParts } from "./assembly_parts.ts";

/** A catalogue, and what is made of it alone. */
export interface ServedCatalogue extends AssembledCatalogue {
  readonly index: CatalogueIndex;
  readonly book: WorkflowBook;
  readonly search: ToolSearch;
  /** The tools that find and describe the others. */
  readonly finders: readonly BuiltInTool[];
}

/**
 * Makes it.
 *
 * @param config What is selected.
 * @param parts The outside of the program.
 * @param collections All collections.
 * @param server Gives what whoever has no policy has, where this is for a caller who has one.
 * @returns The catalogue; nothing is made of it before it is needed.
 * @throws {UsageError} If a collection cannot be read, a feature is unknown, a pattern matches no tool, or no tool is
 *   left.
 */
export async function servedCatalogue(
  config: Config,
  { system }: Pick<AssemblyParts, "system">,
  collections: Collections,
  server?: () => Promise<ServedCatalogue>,
): Promise<ServedCatalogue> {
  const absent = server === undefined ? undefined : async () => (await server()).catalogue;
  const assembled = await assembleCatalogue(config, system, collections, absent);
  const { catalogue } = assembled;
  const aliases = async () => Object.assign({}, ...(await collections()).map((collection) => collection.aliases));
  const index = createCatalogueIndex(catalogue, aliases);
  const search = createToolSearch(catalogue, collections);
  return {
    ...assembled,
    index,
    book: createWorkflowBook(index, config.tools, server === undefined ? undefined : async () => (await server()).book),
    search,
    finders: [createSearchTool(search), createDescribeTool(toolFinder(catalogue), catalogue.endpoints)],
  };
}
