/**
 * The tools that are listed and callable: chosen at start-up, never changed after it.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import { nearestNames } from "../collection/nearest.ts";
import { defineTool, type ToolDefinition } from "./definition.ts";
import type { SchemaDetail } from "./input_schema.ts";

/** How the catalogue presents its tools. */
export interface CatalogueOptions {
  /** `compact` leaves out the descriptions of nested fields. */
  readonly schema: SchemaDetail;
}

/** A fixed set of tools. */
export interface Catalogue {
  readonly endpoints: readonly Endpoint[];
  /** The endpoint behind a tool. */
  find(tool: string): Endpoint | undefined;
  /** The tools whose names come closest to one that doesn't exist. */
  nearest(tool: string): string[];
  /** All definitions in the order of their names, made at the first call. */
  definitions(): readonly ToolDefinition[];
}

/**
 * Makes a catalogue.
 *
 * @param endpoints The endpoints to show; their tools' names are unique.
 * @param options How to present them.
 * @returns The catalogue.
 */
export function createCatalogue(endpoints: readonly Endpoint[], options: CatalogueOptions): Catalogue {
  const byTool = new Map(endpoints.map((endpoint) => [endpoint.tool, endpoint]));
  let definitions: readonly ToolDefinition[] | undefined;
  return {
    endpoints,
    find: (tool) => byTool.get(tool),
    nearest: (tool) => nearestNames(tool, byTool.keys()),
    definitions: () =>
      definitions ??= [...byTool.keys()].sort().flatMap((tool) => {
        const endpoint = byTool.get(tool);
        return endpoint === undefined ? [] : [defineTool(endpoint, options.schema)];
      }),
  };
}
