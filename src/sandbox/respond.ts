/**
 * Chooses the documented success answer of an endpoint and fills it.
 *
 * @module
 */

import type { Endpoint, ResponseShape, Schema } from "../collection/endpoint.ts";
import { resolveSchema } from "../collection/resolve.ts";
import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import type { Answer } from "./answer.ts";
import type { Face } from "./face.ts";
import { filterItems, pageOf } from "./lists.ts";
import { type Call, pathOf, placeOf } from "./world.ts";

/** A documented success answer. */
export interface Success {
  readonly status: number;
  readonly shape: ResponseShape;
}

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
 * Chooses the documented success answer.
 *
 * @param endpoint The endpoint.
 * @param wanted The status to look for; otherwise the lowest.
 */
export function successOf(endpoint: Endpoint, wanted?: number): Success {
  const statuses = Object.keys(endpoint.responses).filter((status) => /^2/.test(status)).sort();
  const chosen = statuses.find((status) => status === String(wanted)) ?? statuses[0] ?? "default";
  const status = Number(chosen);
  return { status: Number.isNaN(status) ? 200 : status, shape: endpoint.responses[chosen] ?? {} };
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

/** The array that holds a list's items, and the schema around it. */
interface ListShape {
  readonly name: string | undefined;
  readonly items: Schema;
  /** The answer's schema without arrays. */
  readonly around: Schema;
}

const listShapes = new WeakMap<Endpoint, ListShape>();

function listShapeOf(endpoint: Endpoint): ListShape {
  let found = listShapes.get(endpoint);
  if (found === undefined) listShapes.set(endpoint, found = makeListShape(endpoint));
  return found;
}

function makeListShape(endpoint: Endpoint): ListShape {
  const { schemas, facts } = endpoint;
  const schema = resolveSchema(successOf(endpoint).shape.schema ?? {}, schemas);
  if (schema.items !== undefined) return { name: undefined, items: schema.items, around: {} };
  const properties = Object.entries(schema.properties ?? {}).map(([name, value]) => [name, resolveSchema(value, schemas)] as const);
  const name = facts.list ?? properties.find(([, value]) => value.items !== undefined)?.[0] ?? "items";
  const items = properties.find(([key]) => key === name)?.[1].items ?? {};
  const rest = properties.filter(([key, value]) => key !== name && value.items === undefined);
  return { name, items, around: { type: "object", properties: Object.fromEntries(rest), required: schema.required ?? [] } };
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
  const { name: member, items: schema, around } = listShapeOf(endpoint);
  const name = facts.name ?? member ?? "";
  const shaped = entries.flatMap((entry, index) => {
    const place = { ...placeOf(call, facts.scope, { key: entry.key, name, lean: entry.lean ?? false }), index };
    const item = world.shaper.shape(schema, entry.given, place);
    return item === undefined ? [] : [thinItem(call, item, entry.given)];
  });
  const { items, headers } = pageOf(filterItems(shaped, endpoint.parameters, url.searchParams), endpoint, url);
  if (member === undefined) return { status: successOf(endpoint).status, body: items, headers };
  const place = placeOf(call, facts.scope, { key: pathOf(call.segments), name: "" });
  const outer = world.shaper.shape(around, facts.around, place);
  return { status: successOf(endpoint).status, body: { ...(isJsonObject(outer) ? outer : {}), [member]: items }, headers };
}

/** Some lists document hardly more than a name; the service shows what was set all the same. */
function thinItem(call: Call, item: Json, given: Json | undefined): Json {
  return isJsonObject(item) && Object.keys(item).length <= 2 ? withEcho(call, item, given) ?? item : item;
}
