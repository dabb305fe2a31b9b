/**
 * Finds the items of a list in the answers of Webex, which call them by dozens of names.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";

/** The items of an answer. */
export interface ListBody {
  /** The member that holds them; absent where the body itself is the list. */
  readonly key?: string;
  readonly items: readonly Json[];
}

/** What identifies an item, the first that there is: call records have neither of the usual two. */
const ID_KEYS = ["id", "phoneNumber", "Report ID"] as const;

function listAt(body: JsonObject, key: string): ListBody | undefined {
  const items = Object.hasOwn(body, key) ? body[key] : undefined;
  return Array.isArray(items) ? { key, items } : undefined;
}

/**
 * Finds the items of a first page.
 *
 * @param endpoint What was called.
 * @param body The body.
 * @param hasNext The answer announces another page, so it must be a list.
 * @returns The items under the endpoint's own key, else `items`, else the first array; `undefined` if it is no list.
 */
export function listIn({ facts }: Endpoint, body: Json, hasNext: boolean): ListBody | undefined {
  const { list, paging } = facts;
  if (list === undefined && paging === undefined && !hasNext) return undefined;
  if (Array.isArray(body)) return { items: body };
  if (!isJsonObject(body)) return undefined;
  const keys = [list ?? "items", "items", ...Object.keys(body)];
  return keys.map((key) => listAt(body, key)).find((found) => found !== undefined);
}

/**
 * Finds the items of a later page.
 *
 * @param body The body.
 * @param key Where the first page had them.
 * @returns The items, or `undefined` where the page has none in that place.
 */
export function itemsAt(body: Json, key: string | undefined): readonly Json[] | undefined {
  if (key === undefined) return Array.isArray(body) ? body : undefined;
  return isJsonObject(body) ? listAt(body, key)?.items : undefined;
}

/**
 * Puts other items into a body.
 *
 * @param body The first page's body.
 * @param key Where its items are.
 * @param items The items.
 * @returns The body with them; its other members stay.
 */
export function withItems(body: Json, key: string | undefined, items: readonly Json[]): Json {
  return key === undefined || !isJsonObject(body) ? [...items] : { ...body, [key]: [...items] };
}

/**
 * Names an item.
 *
 * @param item Any item.
 * @returns Its id, else its phone number, else a call record's own id; `undefined` where it has none of them.
 */
export function itemId(item: Json): string | undefined {
  if (!isJsonObject(item)) return undefined;
  const key = ID_KEYS.find((name) => typeof item[name] === "string" && item[name] !== "");
  return key === undefined ? undefined : `${key}:${item[key]}`;
}
