/**
 * Kept results as MCP resources.
 *
 * @module
 */

import type { Resource } from "@modelcontextprotocol/server";
import { isJsonObject, type Json } from "../../core/json.ts";
import { fit, type ResultLimit } from "../../tools/results/fit.ts";
import { type KeptResult, RESULT_URI, type ResultStore } from "../../tools/results/result_store.ts";
import { MAX_RESOURCE_CHARACTERS } from "./content.ts";

const RESOURCE_LIMIT: ResultLimit = { tokens: Number.POSITIVE_INFINITY, characters: MAX_RESOURCE_CHARACTERS };

/** The form of results' addresses (RFC 6570). */
export const RESULT_TEMPLATE: string = `${RESULT_URI}{id}`;

/**
 * Describes a kept result.
 *
 * @param kept The result.
 */
export function resultResource({ uri, tool, bytes, keptAt, expiresAt }: KeptResult): Resource {
  const until = new Date(expiresAt).toISOString();
  return {
    uri,
    name: `${tool} ${new Date(keptAt).toISOString()}`,
    description: `The whole result of ${tool}, until ${until}`,
    mimeType: "application/json",
    size: bytes,
  };
}

/**
 * Gives a kept result.
 *
 * @param store Where the results are.
 * @param uri Its address.
 * @returns The text as it is, or its first whole items with an announcement of the rest; `undefined` if there is none.
 */
export function resultText(store: ResultStore, uri: string): string | undefined {
  const kept = uri.startsWith(RESULT_URI) ? store.get(uri) : undefined;
  if (kept === undefined || kept.text.length <= MAX_RESOURCE_CHARACTERS) return kept?.text;
  const value: Json = JSON.parse(kept.text);
  return isJsonObject(value) ? JSON.stringify(fit(value, RESOURCE_LIMIT, () => kept)) : kept.text;
}
