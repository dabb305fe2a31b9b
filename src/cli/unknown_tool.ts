/**
 * Says which tools a wrong name may have meant.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import { commandFor } from "../core/command.ts";
import { guessText } from "../core/guess.ts";
import type { Catalogue } from "../tools/catalogue.ts";
import { SELECTION_GUIDANCE } from "./selection_error.ts";

/**
 * Makes the error for a tool that isn't in the catalogue.
 *
 * @param tool The name.
 * @param catalogue The tools that are selected.
 * @returns The error; its message lists the nearest names.
 */
export async function unknownTool(tool: string, catalogue: Catalogue): Promise<UsageError> {
  const reason = await catalogue.absence(tool);
  if (reason !== undefined) {
    return new UsageError(`Cannot use tool ${JSON.stringify(tool)}: ${reason.text.replace("server", "program")}`, {
      code: "unknown_tool",
      guidance: SELECTION_GUIDANCE,
    });
  }
  const nearest = catalogue.nearest(tool);
  return new UsageError(`Cannot find tool ${JSON.stringify(tool)}${guessText(nearest, ";")}`, {
    code: "unknown_tool",
    guidance: `Run "${commandFor("tools")}" to list the tools.`,
    details: { nearest },
  });
}
