/**
 * Reduces the specification's schemas to facts: no prose, no references, no examples without a format.
 *
 * @module
 */

import type { Schema } from "../../src/collection/endpoint.ts";
import type { Json } from "../../src/core/json.ts";

type Components = Readonly<Record<string, Schema>>;

const NUMERIC = ["minimum", "maximum"] as const;
const LENGTHS = ["minLength", "maxLength"] as const;
const COUNTS = ["minItems", "maxItems"] as const;

/** An example is kept where it shows how to write a value: a number, an address, a time. */
const FORMAT_REGEXP =
  /^(\+\d{7,15}|\d{4}-\d\d-\d\d([T ].*)?|\d{1,2}:\d\d(:\d\d)?|([0-9A-Fa-f]{2}[:-]?){6}|[\w.+-]+@[\w.-]+|P(T?\d+[DHMS])+|[a-z]{2}_[a-z]{2}|[A-Z][a-z]+\/[A-Z][A-Za-z_]+)$/;

/** The name of the component that a reduced schema came from; it names what is shared later. */
export const componentNames: WeakMap<Schema, string> = new WeakMap();

function isFormatted(value: Json | undefined): value is string {
  return typeof value === "string" && FORMAT_REGEXP.test(value);
}

/** The specification puts sentences and wrong types into `default`; only real values are facts. */
function isRealDefault(value: Json | undefined, schema: Schema): value is Json {
  if (schema.enum !== undefined) return schema.enum.includes(value ?? null);
  switch (schema.type) {
    case "boolean":
      return typeof value === "boolean";
    case "number":
    case "integer":
      return typeof value === "number";
    case "string":
      return typeof value === "string" && !/\s/.test(value) && value !== "";
    default:
      return false;
  }
}

function copyBounds(from: Schema, to: Schema): void {
  const numeric = from.type === "number" || from.type === "integer";
  for (const key of NUMERIC) if (numeric && from[key] !== undefined) to[key] = from[key];
  for (const key of LENGTHS) if (from.type === "string" && from[key] !== undefined) to[key] = from[key];
  for (const key of COUNTS) if (from.type === "array" && from[key] !== undefined) to[key] = from[key];
}

function copyScalars(from: Schema, to: Schema): void {
  if (from.type !== undefined) to.type = from.type;
  if (from.format !== undefined) to.format = from.format;
  if (from.enum !== undefined && from.type !== "array") to.enum = [...new Set(from.enum)];
  copyBounds(from, to);
  if (isRealDefault(from.default, from)) to.default = from.default;
  if (isFormatted(from.example)) to.example = from.example;
  if (from.nullable) to.nullable = true;
}

function merge(parts: readonly Schema[]): Schema {
  const merged: Schema = { type: "object" };
  for (const part of parts) {
    Object.assign(merged, part, {
      properties: { ...merged.properties, ...part.properties },
      required: [...(merged.required ?? []), ...(part.required ?? [])],
    });
  }
  if (merged.required?.length === 0) delete merged.required;
  return merged;
}

/**
 * Reduces a schema, with everything it refers to in place.
 *
 * @param schema The specification's schema.
 * @param components The schemas that its references name.
 * @param stack The references being followed.
 * @returns A schema of its own, free of references.
 * @throws {Error} If the schema contains itself; the official specification has no such case.
 */
export function reduceSchema(schema: Schema, components: Components, stack: readonly string[] = []): Schema {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
    const target = components[name];
    if (target === undefined) throw new Error(`Cannot reduce a schema: "${schema.$ref}" does not exist`);
    if (stack.includes(name)) throw new Error(`Cannot reduce a schema: "${name}" contains itself`);
    const reduced = reduceSchema(target, components, [...stack, name]);
    componentNames.set(reduced, name);
    return reduced;
  }
  if (schema.allOf !== undefined) {
    const own: Schema = { ...schema };
    delete own.allOf;
    return merge([...schema.allOf, own].map((part) => reduceSchema(part, components, stack)));
  }
  const reduced: Schema = {};
  copyScalars(schema, reduced);
  if (schema.properties !== undefined) {
    reduced.type = "object";
    reduced.properties = {};
    for (const [name, property] of Object.entries(schema.properties)) {
      reduced.properties[name] = reduceSchema(property, components, stack);
    }
    const required = [...new Set(schema.required)].filter((name) => reduced.properties?.[name]);
    if (required.length > 0) reduced.required = required;
  }
  if (schema.items !== undefined) {
    reduced.type = "array";
    reduced.items = reduceSchema(schema.items, components, stack);
    // The specification sometimes puts an array's choices beside its items.
    if (schema.enum !== undefined && reduced.items.enum === undefined) reduced.items.enum = [...new Set(schema.enum)];
  }
  return reduced;
}
