/**
 * The prepared definitions of the embedded collection's tools.
 *
 * They are apart from the collection, which takes a good part of a start to load and is not needed before the first call.
 *
 * @module
 */

import tools from "../../data/webex_tools.json" with { type: "text" };

/**
 * Gives the prepared definitions, as the build wrote them.
 *
 * @returns JSON text: an array in the order of the tools' names.
 */
export function embeddedToolsText(): string {
  return tools;
}
