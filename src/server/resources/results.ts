/**
 * Kept results as MCP resources.
 *
 * @module
 */

import type { Resource } from "@modelcontextprotocol/server";
import { isJsonObject, type Json } from "../../core/json.ts";
import { StoreError } from "../../store/store_error.ts";
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
 * Describes all kept results.
 *
 * @param store Where the results are.
 * @returns The newest first; none where the store can't be asked, since all else can be listed without it.
 */
export async function resultResources(store: ResultStore): Promise<readonly Resource[]> {
  try {
    return (await store.list()).map(resultResource);
  } catch (error) {
    if (error instanceof StoreError) return [];
    throw error;
  }
}

/**
 * Gives a kept result.
 *
 * @param store Where the results are.
 * @param uri Its address.
 * @returns The text as it is, or its first whole items with an announcement of the rest; `undefined` if there is none.
 * @throws {StoreError} If the store can't be asked.
 */
export async function resultText(store: ResultStore, uri: string): Promise<string | undefined> {
  const kept = uri.startsWith(RESULT_URI) ? await store.get(uri) : undefined;
  if (kept === undefined || kept.text.length <= MAX_RESOURCE_CHARACTERS) return kept?.text;
  const value: Json = JSON.parse(kept.text);
  if (!isJsonObject(value)) return kept.text;
  return JSON.stringify(await fit(value, RESOURCE_LIMIT, () => Promise.resolve(kept)));
}
