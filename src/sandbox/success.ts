/**
 * Reads what an endpoint documents as success: the status, and where a list keeps its items.
 *
 * @module
 */

import type { Endpoint, ResponseShape, Schema } from "../collection/endpoint.ts";
import { resolveSchema } from "../collection/resolve.ts";

/** A documented success answer. */
export interface Success {
  readonly status: number;
  readonly shape: ResponseShape;
}

/** The array that holds a list's items, and the schema around it. */
export interface ListShape {
  /** The array's name; `undefined` if the answer itself is the array. */
  readonly name: string | undefined;
  readonly items: Schema;
  /** The answer's schema without that array and without others that can be absent. */
  readonly around: Schema;
}

const listShapes = new WeakMap<Endpoint, ListShape | undefined>();

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
 * Finds the array that holds a list's items: the one the collection names, else the one that is named like the path,
 * else the only one.
 *
 * @param endpoint The endpoint.
 * @returns The array, or `undefined` if the answer is no list.
 */
export function listShapeOf(endpoint: Endpoint): ListShape | undefined {
  if (!listShapes.has(endpoint)) listShapes.set(endpoint, makeListShape(endpoint));
  return listShapes.get(endpoint);
}

function makeListShape(endpoint: Endpoint): ListShape | undefined {
  const { schemas, facts, path } = endpoint;
  const schema = resolveSchema(successOf(endpoint).shape.schema ?? {}, schemas);
  if (schema.items !== undefined) return { name: undefined, items: schema.items, around: {} };
  const properties = Object.entries(schema.properties ?? {}).map(([name, value]) =>
    [name, resolveSchema(value, schemas)] as const
  );
  const arrays = properties.filter(([, value]) => value.items !== undefined);
  const last = path.slice(path.lastIndexOf("/") + 1);
  const named = arrays.find(([name]) => name === facts.list) ?? arrays.find(([name]) => name === last);
  const [name, array] = named ?? (arrays.length === 1 ? arrays[0] : undefined) ?? [];
  if (name === undefined) return undefined;
  const rest = properties.filter(([key, value]) =>
    key !== name && (value.items === undefined || schema.required?.includes(key))
  );
  const around: Schema = { type: "object", properties: Object.fromEntries(rest) };
  if (schema.required !== undefined) around.required = schema.required;
  return { name, items: array?.items ?? {}, around };
}
