/**
 * One tool for each endpoint, and those of the server itself.
 *
 * @module
 */

import { guessText } from "../../core/guess.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Catalogue } from "../catalogue.ts";
import type { BuiltInTool } from "../definitions/built_in.ts";
import { type ListedTool, withPlanId } from "../definitions/definition.ts";
import { failureOfError } from "../results/refusal.ts";
import { splitControls } from "../write_controls.ts";
import { inOrder, type Resolution, shortName, type Surface } from "./surface.ts";

/** What the surface is made of. */
export interface FullSurfaceOptions {
  readonly catalogue: Catalogue;
  readonly builtIns: readonly BuiltInTool[];
  /** Every change has to be confirmed, and every tool that changes something shows how. */
  readonly confirmsAll: boolean;
}

/**
 * Makes the surface.
 *
 * @param options What it is made of.
 * @returns The surface.
 */
export function createFullSurface({ catalogue, builtIns, confirmsAll }: FullSurfaceOptions): Surface {
  const own: ReadonlyMap<string, BuiltInTool> = new Map(builtIns.map((tool) => [tool.definition.name, tool]));
  let definitions: readonly ListedTool[] | undefined;

  async function resolveEndpoint(tool: string, args: JsonObject): Promise<Resolution | undefined> {
    const endpoint = await catalogue.find(tool);
    if (endpoint === undefined) return undefined;
    try {
      const { control, rest } = splitControls(endpoint, args);
      return { kind: "endpoint", endpoint, args: rest, control };
    } catch (error) {
      return { kind: "refused", result: failureOfError(error), endpoint, args };
    }
  }

  return {
    definitions() {
      if (definitions !== undefined) return definitions;
      const listed = catalogue.definitions();
      const endpoints = confirmsAll ? listed.map(withPlanId) : listed;
      return definitions = inOrder([...endpoints, ...builtIns.map(({ definition }) => definition)]);
    },
    async resolve(tool, args) {
      const builtIn = own.get(tool);
      return builtIn === undefined ? await resolveEndpoint(tool, args) : { kind: "built_in", tool: builtIn, args };
    },
    async explain(name) {
      const tool = shortName(name);
      const reason = await catalogue.absence(tool);
      if (reason !== undefined) return `Tool "${tool}" is not available: ${reason.text}`;
      const similar = [...own.keys()].filter((known) => tool.startsWith("webex_") && known !== tool);
      return `Unknown tool "${tool}"${guessText(similar.length > 0 ? similar : catalogue.nearest(tool))}`;
    },
  };
}
