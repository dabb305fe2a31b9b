/**
 * The collection that comes with the program.
 *
 * @module
 */

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
