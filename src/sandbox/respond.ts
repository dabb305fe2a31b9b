/**
 * Chooses the documented success answer of an endpoint and fills it.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import type { Answer } from "./answer.ts";
import type { Face } from "./face.ts";
import { filterItems, pageOf } from "./lists.ts";
import { listShapeOf, successOf } from "./success.ts";
import { type Call, pathOf, placeOf } from "./world.ts";

/** What an answer is filled with. */
export interface Filling {
  readonly given?: Json;
  readonly scope: Readonly<Record<string, Face>>;
  readonly key?: string;
  readonly name?: string;
  readonly lean?: boolean;
  /** The status, where several are documented. */
  readonly status?: number;
}

/**
 * Answers with the documented shape.
 *
 * @param call The request.
 * @param filling What is known of the answer.
 */
export function respond(call: Call, filling: Filling): Answer {
  const { status, shape } = successOf(call.endpoint, filling.status);
  const { schema, contentType } = shape;
  if (schema === undefined) return { status };
  if (contentType !== undefined && !/json/.test(contentType)) {
    return { status, text: "Simulated content\n", headers: { "content-type": contentType } };
  }
  const place = placeOf(call, filling.scope, {
    key: filling.key ?? pathOf(call.segments),
    name: filling.name ?? "",
    lean: filling.lean ?? false,
  });
  return { status, body: withEcho(call, call.world.shaper.shape(schema, filling.given, place), filling.given) };
}

/** Adds what a request has set and the schema doesn't name. */
function withEcho(call: Call, shaped: Json | undefined, given: Json | undefined): Json | undefined {
  if (!isJsonObject(shaped) || !isJsonObject(given) || call.endpoint.method !== "GET") return shaped;
  for (const name of call.plan.echo) {
    const value = given[name];
    if (value !== undefined && value !== null && shaped[name] === undefined) shaped[name] = value;
  }
  return shaped;
}

/** One entry of a list before it is shaped. */
export interface Entry {
  readonly key: string;
  readonly given?: Json;
  readonly lean?: boolean;
}

/**
 * Answers with a list: shapes the entries, filters, sorts and pages them.
 *
 * @param call The request.
 * @param entries What is known of each item.
 * @param facts The objects on the path, what the items are, and what is known around the list.
 */
export function respondList(
  call: Call,
  entries: readonly Entry[],
  facts: { scope: Readonly<Record<string, Face>>; name?: string; around?: JsonObject },
): Answer {
  const { world, endpoint, url } = call;
  const { name: member, items: schema, around } = listShapeOf(endpoint) ?? { name: "items", items: {}, around: {} };
  const name = facts.name ?? member ?? "";
  const shaped = entries.flatMap((entry, index) => {
    const place = { ...placeOf(call, facts.scope, { key: entry.key, name, lean: entry.lean ?? false }), index };
    const item = world.shaper.shape(schema, entry.given, place);
    return item === undefined ? [] : [thinItem(call, item, entry.given)];
  });
  const { items, headers } = pageOf(filterItems(shaped, endpoint.parameters, url.searchParams), endpoint, url);
  if (member === undefined) return { status: successOf(endpoint).status, body: items, headers };
  const place = placeOf(call, facts.scope, {
    key: pathOf(call.segments),
    name: "",
    lean: call.plan.role !== "settings",
  });
  const outer = world.shaper.shape(around, facts.around, place);
  return {
    status: successOf(endpoint).status,
    body: { ...(isJsonObject(outer) ? outer : {}), [member]: items },
    headers,
  };
}

/** Some lists document hardly more than a name; the service shows what was set all the same. */
function thinItem(call: Call, item: Json, given: Json | undefined): Json {
  return isJsonObject(item) && Object.keys(item).length <= 2 ? withEcho(call, item, given) ?? item : item;
}
