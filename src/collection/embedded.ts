/**
 * The collection that comes with the program.
 *
 * @module
 */

import tools from "../../data/webex_tools.json" with { type: "text" };
import text from "../../data/webex_api_collection.json" with { type: "text" };
import { readCollectionFile } from "./collection_file.ts";
import type { Collection } from "./endpoint.ts";

let collection: Collection | undefined;

/**
 * Reads the embedded collection, once.
 *
 * @returns All operations of Webex Calling.
 */
export function embeddedCollection(): Collection {
  return collection ??= readCollectionFile(JSON.parse(text), "the embedded collection", { trusted: true });
}

/**
 * Gives the prepared definitions of the collection's tools, as the build wrote them.
 *
 * @returns JSON text: an array in the order of the tools' names.
 */
export function embeddedToolsText(): string {
  return tools;
}
