/**
 * Says which tools a wrong name may have meant.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import { PROGRAM } from "../core/version.ts";
import type { Catalogue } from "../tools/catalogue.ts";

/**
 * Makes the error for a tool that isn't in the catalogue.
 *
 * @param tool The name.
 * @param catalogue The tools that are selected.
 * @returns The error; its message lists the nearest names.
 */
export function unknownTool(tool: string, catalogue: Catalogue): UsageError {
  const nearest = catalogue.nearest(tool);
  const guess = nearest.length === 0 ? "" : `; did you mean ${nearest.map((name) => `"${name}"`).join(" or ")}?`;
  return new UsageError(`Cannot find tool ${JSON.stringify(tool)}${guess}`, {
    code: "unknown_tool",
    guidance: `Run "${PROGRAM} tools" to list the tools; --features and --read-only leave some out.`,
    details: { nearest },
  });
}
