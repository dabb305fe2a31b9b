/**
 * Lays an endpoint's parameters and body fields side by side as the flat arguments of a tool.
 *
 * @module
 */

import type { Body, Endpoint, Parameter, Schema } from "./endpoint.ts";
import { resolveSchema } from "./resolve.ts";

/** One argument of a tool, and where its value goes. */
export interface Argument {
  /** The argument's name: `[A-Za-z0-9_.-]{1,64}`, unique in the tool. */
  readonly name: string;
  /** `field` is a member of the body, `body` the whole of it. */
  readonly place: "path" | "query" | "header" | "field" | "body";
  /** The name there; empty for the whole body. */
  readonly key: string;
  readonly required: boolean;
  readonly schema: Schema;
  readonly description: string;
  /** The parameter, for its encoding. */
  readonly parameter?: Parameter;
  /** The value is a file: a field of a multipart body, or a binary body. */
  readonly file: boolean;
}

const MAX_KEY_LENGTH = 64;
const cache = new WeakMap<Endpoint, readonly Argument[]>();

/** Several clients refuse other characters in the names of properties, and validators skip `__proto__`. */
function legal(name: string): string {
  const text = name.replace(/[^A-Za-z0-9_.-]+/g, "_").slice(0, MAX_KEY_LENGTH) || "value";
  return text === "__proto__" ? "proto" : text;
}

/**
 * What a caller can ask of the server itself for any change: only to show the request, or to make it as planned. An operation
 * that has an argument of such a name must not take that away.
 */
export const RESERVED_ARGUMENTS = ["dry_run", "plan_id"] as const;

function isReserved(name: string): boolean {
  return RESERVED_ARGUMENTS.some((reserved) => reserved === name);
}

/** Clashes: the later place yields and gets its place as a prefix. */
function freeName(name: string, prefix: string, taken: ReadonlySet<string>): string {
  const clashes = taken.has(legal(name)) || isReserved(legal(name));
  let free = clashes ? legal(`${prefix}_${name}`) : legal(name);
  for (let number = 2; taken.has(free); number++) free = legal(`${prefix}_${number}_${name}`);
  return free;
}

function isBinary(schema: Schema): boolean {
  return schema.format === "binary";
}

/**
 * Gathers the members of an object schema, those of its `allOf` parts included.
 *
 * @param schema Any schema.
 * @param schemas What its references name.
 * @returns Properties and required names, or `undefined` where the schema isn't an object of known members.
 */
export function objectMembers(
  schema: Schema,
  schemas: Readonly<Record<string, Schema>>,
  depth = 0,
): { properties: Record<string, Schema>; required: ReadonlySet<string> } | undefined {
  const own = resolveSchema(schema, schemas);
  if (own.oneOf !== undefined || own.anyOf !== undefined || depth > 16) return undefined;
  const properties: Record<string, Schema> = { ...own.properties };
  const required = new Set(own.required);
  for (const part of own.allOf ?? []) {
    const members = objectMembers(part, schemas, depth + 1);
    if (members === undefined) return undefined;
    Object.assign(properties, members.properties);
    for (const name of members.required) required.add(name);
  }
  return Object.keys(properties).length === 0 ? undefined : { properties, required };
}

function parameterArguments(parameters: readonly Parameter[], taken: Set<string>): Argument[] {
  const order = ["path", "query", "header"] as const;
  return order.flatMap((place) => parameters.filter((parameter) => parameter.in === place)).map((parameter) => {
    const name = freeName(parameter.name, parameter.in, taken);
    taken.add(name);
    return {
      name,
      place: parameter.in,
      key: parameter.name,
      required: parameter.required,
      schema: parameter.schema,
      description: parameter.description ?? parameter.schema.description ?? "",
      parameter,
      file: false,
    };
  });
}

function bodyArguments(endpoint: Endpoint, body: Body, taken: Set<string>): Argument[] {
  const schema = resolveSchema(body.schema, endpoint.schemas);
  const members = objectMembers(schema, endpoint.schemas);
  if (members === undefined) {
    const name = freeName("body", "body", taken);
    return [{
      name,
      place: "body",
      key: "",
      required: body.required,
      schema,
      description: schema.description ?? "The request's body",
      file: isBinary(schema),
    }];
  }
  // A body is rarely marked required, though it has required members: only a DELETE can do without.
  const needed = body.required || endpoint.method !== "DELETE";
  return Object.entries(members.properties).map(([key, property]) => {
    const name = freeName(key, "body", taken);
    taken.add(name);
    const resolved = resolveSchema(property, endpoint.schemas);
    return {
      name,
      place: "field",
      key,
      required: needed && members.required.has(key),
      schema: property,
      description: property.description ?? resolved.description ?? "",
      file: body.contentType === "multipart/form-data" && isBinary(resolved),
    };
  });
}

/**
 * Lists the arguments of an endpoint: path, query and header parameters, then the fields of its body.
 *
 * A body that isn't an object of known members is one argument named `body`.
 *
 * @param endpoint The endpoint.
 * @returns Its arguments; the same list for the same endpoint.
 */
export function argumentsOf(endpoint: Endpoint): readonly Argument[] {
  const known = cache.get(endpoint);
  if (known !== undefined) return known;
  const taken = new Set<string>();
  const list = parameterArguments(endpoint.parameters, taken);
  if (endpoint.body !== undefined) list.push(...bodyArguments(endpoint, endpoint.body, taken));
  cache.set(endpoint, list);
  return list;
}
