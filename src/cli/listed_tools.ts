/**
 * Tells what a server would list, for those who count tools or show them without serving any.
 *
 * @module
 */

import type { Config } from "../config/config.ts";
import { readOnlyBy } from "../config/limiter.ts";
import type { Catalogue } from "../tools/catalogue.ts";
import type { BuiltInTool } from "../tools/definitions/built_in.ts";
import { BUILT_IN_DEFINITIONS } from "../tools/definitions/built_in_definitions.ts";
import type { ListedTool, ToolDefinition } from "../tools/definitions/definition.ts";
import { DESCRIBE_DEFINITION } from "../tools/discovery/describe_tool.ts";
import { SEARCH_DEFINITION } from "../tools/discovery/search_tool.ts";
import { createDiscoverySurface } from "../tools/surface/discovery_surface.ts";
import { createFullSurface } from "../tools/surface/full_surface.ts";

/** What decides about the list beside the catalogue. */
export type Listing = Pick<Config, "tools" | "readOnly" | "confirm">;

function uncallable(definition: ToolDefinition): BuiltInTool {
  return { definition, call: () => Promise.reject(new Error(`Tool "${definition.name}" is only shown here`)) };
}

/**
 * Lists tools as a server with this catalogue does.
 *
 * @param catalogue The tools that are selected.
 * @param listing How they are shown.
 * @returns The definitions of `tools/list`, in its order.
 */
export function listedTools(catalogue: Catalogue, { tools, readOnly, confirm }: Listing): readonly ListedTool[] {
  if (tools === "all") {
    const builtIns = BUILT_IN_DEFINITIONS.map(uncallable);
    return createFullSurface({ catalogue, builtIns, confirmsAll: confirm === "writes" }).definitions();
  }
  const builtIns = [SEARCH_DEFINITION, DESCRIBE_DEFINITION, ...BUILT_IN_DEFINITIONS].map(uncallable);
  return createDiscoverySurface({ catalogue, builtIns, readOnlyBy: readOnlyBy({ readOnly }) }).definitions();
}
