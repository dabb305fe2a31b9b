/**
 * Kept results as MCP resources.
 *
 * @module
 */

import { ResourceNotFoundError, type Server } from "@modelcontextprotocol/server";
import { isJsonObject, type Json } from "../core/json.ts";
import { fit, type ResultLimit } from "../tools/results/fit.ts";
import { type KeptResult, RESULT_URI, type ResultStore } from "../tools/results/result_store.ts";

const MIME_TYPE = "application/json";

/** A client of this protocol refuses a result of more than a megabyte; a resource is not for a model's eyes alone. */
const RESOURCE_LIMIT: ResultLimit = { tokens: Number.POSITIVE_INFINITY, characters: 1_000_000 };

/** Results come and go with every call, and belong to whoever made it. */
const CACHE = { ttlMs: 0, cacheScope: "private" } as const;

const TEMPLATE = {
  uriTemplate: `${RESULT_URI}{id}`,
  name: "result",
  title: "Long result",
  description: "A result that was too long to be shown whole, for half an hour after it was last read",
  mimeType: MIME_TYPE,
};

function resourceOf({ uri, tool, bytes, keptAt, expiresAt }: KeptResult) {
  const until = new Date(expiresAt).toISOString();
  return {
    uri,
    name: `${tool} ${new Date(keptAt).toISOString()}`,
    description: `The whole result of ${tool}, until ${until}`,
    mimeType: MIME_TYPE,
    size: bytes,
  };
}

/** The text as it is, or its first whole items with an announcement of the rest. */
function shownText(store: ResultStore, uri: string): string {
  const kept = uri.startsWith(RESULT_URI) ? store.get(uri) : undefined;
  if (kept === undefined) throw new ResourceNotFoundError(uri, `There is no result "${uri.slice(0, 80)}" any more`);
  if (kept.text.length <= RESOURCE_LIMIT.characters) return kept.text;
  const value: Json = JSON.parse(kept.text);
  return isJsonObject(value) ? JSON.stringify(fit(value, RESOURCE_LIMIT, () => kept)) : kept.text;
}

/**
 * Answers `resources/list`, `resources/templates/list` and `resources/read`.
 *
 * @param server A server that has declared the capability `resources` and is not connected yet.
 * @param store Where the results are.
 */
export function registerResources(server: Server, store: ResultStore): void {
  server.setRequestHandler("resources/list", () => ({ resources: store.list().map(resourceOf), ...CACHE }));
  server.setRequestHandler("resources/templates/list", () => ({ resourceTemplates: [TEMPLATE], ...CACHE }));
  server.setRequestHandler("resources/read", ({ params: { uri } }) => ({
    contents: [{ uri, mimeType: MIME_TYPE, text: shownText(store, uri) }],
    ...CACHE,
  }));
}
