/**
 * The definitions of the embedded collection's tools, made when the collection was built.
 *
 * @module
 */

import { embeddedToolsText } from "../../collection/embedded_tools.ts";
import type { ToolDefinition } from "./definition.ts";

/**
 * Reads the prepared definitions.
 *
 * @param readOnly Leave out the tools that change anything.
 * @returns One definition for each endpoint of the embedded collection, in the order of their names; the same that
 *   {@linkcode defineTool} makes.
 */
export function preparedDefinitions(readOnly: boolean): readonly ToolDefinition[] {
  const definitions: ToolDefinition[] = JSON.parse(embeddedToolsText());
  return readOnly ? definitions.filter(({ annotations }) => annotations.readOnlyHint) : definitions;
}
