/**
 * Arguments that a tool's schema accepts.
 *
 * @module
 */

import type { Json, JsonObject } from "../../src/core/json.ts";
import type { InputSchema, PlainSchema } from "../../src/tools/definitions/input_schema.ts";

/** Needs escaping in a path as well as in a query. */
const TEXT = "a/b+c d=é&";

function numberOf(schema: PlainSchema, key: string): number | undefined {
  const value = schema[key];
  return typeof value === "number" ? value : undefined;
}

function textOf(schema: PlainSchema): string {
  const least = numberOf(schema, "minLength") ?? 0;
  return TEXT.padEnd(least, "x").slice(0, numberOf(schema, "maxLength") ?? Infinity);
}

/**
 * Samples a value.
 *
 * @param schema What it must fit.
 * @param all Fills in optional members, too.
 * @returns The value.
 */
export function sampleOf(schema: PlainSchema, all: boolean): Json {
  if (Array.isArray(schema["enum"])) return schema["enum"][0] ?? null;
  const [first] = schema.anyOf ?? [];
  if (first !== undefined) return sampleOf(first, all);
  switch ([schema.type].flat()[0]) {
    case "integer":
    case "number":
      return numberOf(schema, "minimum") ?? numberOf(schema, "maximum") ?? 1;
    case "boolean":
      return true;
    case "array": {
      const count = numberOf(schema, "minItems") ?? (all ? 2 : 0);
      return Array.from({ length: count }, () => sampleOf(schema.items ?? { type: "string" }, all));
    }
    case "object":
      return sampleMembers(schema, all);
    default:
      return textOf(schema);
  }
}

function sampleMembers({ properties = {}, required = [] }: PlainSchema, all: boolean): JsonObject {
  const chosen = Object.entries(properties).filter(([name]) => all || required.includes(name));
  return Object.fromEntries(chosen.map(([name, member]) => [name, sampleOf(member, all)]));
}

/**
 * Samples the arguments of a call.
 *
 * @param schema The tool's input schema.
 * @param all Fills in optional arguments and members, too.
 * @returns The arguments.
 */
export function sampleArguments(schema: InputSchema, all: boolean): JsonObject {
  return sampleMembers(schema, all);
}
