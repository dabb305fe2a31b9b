/**
 * Reads a collection of any format out of a file's text.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import { isRecord } from "../core/json.ts";
import { readCollectionFile } from "./collection_file.ts";
import type { Collection } from "./endpoint.ts";
import { readOpenApi } from "./openapi.ts";
import { parseText } from "./syntax.ts";

const MAX_NAMESPACE_LENGTH = 16;

/**
 * Reads a collection.
 *
 * @param text The file's text: this program's own format, or OpenAPI 3.0 or 3.1, in JSON or YAML.
 * @param source The file's name, for messages.
 * @param namespace The prefix of its tools; empty for none.
 * @returns The collection.
 * @throws {UsageError} If the text is malformed; the message tells where and what was expected.
 */
export async function parseCollection(text: string, source: string, namespace: string): Promise<Collection> {
  const root = await parseText(text, source);
  if (isRecord(root) && (root.openapi !== undefined || root.swagger !== undefined)) {
    return readOpenApi(root, source, { namespace });
  }
  if (isRecord(root) && root.endpoints !== undefined) return readCollectionFile(root, source, { namespace });
  throw new UsageError(
    `Cannot read collection ${
      JSON.stringify(source)
    }: expected a collection file with "endpoints", or an OpenAPI document`,
    { code: "bad_collection" },
  );
}

/**
 * Makes a namespace out of a file's name.
 *
 * @param path The file's path or address, for example `/x/Webex-Admin.v2.json`.
 * @returns A name such as `webex_admin_v2`: `^[a-z][a-z0-9_]*$`, at most 16 characters. Of a longer name the first
 *   words stay that fit.
 */
export function namespaceOf(path: string): string {
  const file = path.split(/[/\\]/).findLast((part) => part !== "") ?? "";
  const text = file.replace(/(.)\.(?:json|ya?ml)$/i, "$1").normalize("NFKD").replace(/\p{M}/gu, "")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase();
  const words = text.match(/[a-z0-9]+/g) ?? ["collection"];
  if (/^\d/.test(words[0] ?? "")) words.unshift("c");
  let name = (words.shift() ?? "").slice(0, MAX_NAMESPACE_LENGTH);
  for (const word of words) {
    if (name.length + 1 + word.length > MAX_NAMESPACE_LENGTH) break;
    name += `_${word}`;
  }
  return name;
}
