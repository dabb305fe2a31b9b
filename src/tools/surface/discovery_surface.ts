/**
 * A few tools that find, explain and call all endpoints, and those of the server itself.
 *
 * @module
 */

import { type Limiter, READ_ONLY, REMEDIES } from "../../config/limiter.ts";
import { guessText } from "../../core/guess.ts";
import type { Catalogue } from "../catalogue.ts";
import type { BuiltInTool } from "../definitions/built_in.ts";
import type { ListedTool } from "../definitions/definition.ts";
import {
  openEnvelope,
  READ_DEFINITION,
  READ_TOOL,
  type ToolFinder,
  WRITE_DEFINITION,
  WRITE_TOOL,
} from "../discovery/envelope.ts";
import { inOrder, shortName, type Surface } from "./surface.ts";

/** What the surface is made of. */
export interface DiscoverySurfaceOptions {
  readonly catalogue: Catalogue;
  /** `webex_search`, `webex_describe` and the server's other tools. */
  readonly builtIns: readonly BuiltInTool[];
  /** Who says that there is no tool that changes anything; `undefined` where there are some. */
  readonly readOnlyBy: Limiter | undefined;
}

const NO_CHANGES: Readonly<Record<Limiter, string>> = {
  server: READ_ONLY.server.reason,
  caller: `${READ_ONLY.caller.reason}; ${REMEDIES.readOnly}`,
};

/**
 * Makes what finds endpoints for the tools that take a tool's name.
 *
 * @param catalogue The endpoints that may be called.
 * @returns The finder.
 */
export function toolFinder(catalogue: Catalogue): ToolFinder {
  return {
    find: (tool) => catalogue.find(tool),
    async explain(name) {
      const tool = shortName(name);
      const reason = await catalogue.absence(tool);
      if (reason !== undefined) return { message: `Tool "${tool}" is not available: ${reason.text}`, nearest: [] };
      return { message: `Unknown tool "${tool}"`, nearest: catalogue.nearest(tool) };
    },
  };
}

/**
 * Makes the surface.
 *
 * @param options What it is made of.
 * @returns The surface.
 */
export function createDiscoverySurface({ catalogue, builtIns, readOnlyBy }: DiscoverySurfaceOptions): Surface {
  const own: ReadonlyMap<string, BuiltInTool> = new Map(builtIns.map((tool) => [tool.definition.name, tool]));
  const envelopes = readOnlyBy !== undefined ? [READ_DEFINITION] : [READ_DEFINITION, WRITE_DEFINITION];
  const definitions: readonly ListedTool[] = inOrder([...envelopes, ...builtIns.map(({ definition }) => definition)]);
  const finder = toolFinder(catalogue);
  return {
    definitions: () => definitions,
    async resolve(tool, args) {
      const builtIn = own.get(tool);
      if (builtIn !== undefined) return { kind: "built_in", tool: builtIn, args };
      if (tool === READ_TOOL || (tool === WRITE_TOOL && readOnlyBy === undefined)) {
        return await openEnvelope(tool, args, finder);
      }
      return undefined;
    },
    async explain(name) {
      const tool = shortName(name);
      if (tool === WRITE_TOOL && readOnlyBy !== undefined) {
        return `Tool "${tool}" is not available: ${NO_CHANGES[readOnlyBy]}`;
      }
      const endpoint = await catalogue.find(name);
      if (endpoint !== undefined) {
        const envelope = endpoint.facts.kind === "read" ? READ_TOOL : WRITE_TOOL;
        return `Tool "${tool}" is called through ${envelope}, as {"tool": "${endpoint.tool}", "arguments": {…}}`;
      }
      if (tool.startsWith("webex_")) {
        return `Unknown tool "${tool}"${guessText(definitions.map((known) => known.name))}`;
      }
      const { message, nearest } = await finder.explain(name);
      return `${message}${guessText(nearest)}`;
    },
  };
}
