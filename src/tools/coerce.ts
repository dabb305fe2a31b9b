/**
 * Takes the string forms of values that some clients send for what they mean.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import type { InputSchema, PlainSchema } from "./definitions/input_schema.ts";

const NUMBER_REGEXP = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function typesOf(schema: PlainSchema): readonly string[] {
  return schema.type === undefined ? [] : [schema.type].flat();
}

function parsed(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** A whole number beyond 2^53 loses digits as a number. */
function isExact(value: number): boolean {
  return Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value));
}

/** A string where the schema has no string: its number, boolean, array or object. */
function fromString(text: string, types: readonly string[]): Json {
  const trimmed = text.trim();
  const numeric = types.includes("number") || types.includes("integer");
  if (numeric && NUMBER_REGEXP.test(trimmed) && isExact(Number(trimmed))) return Number(trimmed);
  if (types.includes("boolean") && /^(true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === "true";
  if (types.includes("null") && trimmed === "null") return null;
  if (types.includes("array") && trimmed.startsWith("[")) return parsed(trimmed) ?? text;
  if (types.includes("object") && trimmed.startsWith("{")) return parsed(trimmed) ?? text;
  return text;
}

function coerceObject(value: JsonObject, schema: PlainSchema): JsonObject {
  const properties = schema.properties ?? {};
  const entries = Object.entries(value).map(([name, member]): [string, Json] => {
    const own = Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties;
    return [name, typeof own === "object" ? coerceValue(member, own) : member];
  });
  return Object.fromEntries(entries);
}

/**
 * Coerces one value.
 *
 * @param value What the client sent.
 * @param schema What is expected.
 * @returns The value in the expected type where its text says it without doubt, else the value as it was.
 */
export function coerceValue(value: Json, schema: PlainSchema): Json {
  const types = typesOf(schema);
  let result = value;
  if (typeof value === "string" && !types.includes("string")) result = fromString(value, types);
  const text = types.length > 0 && types.every((type) => type === "string" || type === "null");
  if (typeof value === "number" && text && isExact(value)) result = String(value);
  if (Array.isArray(result)) {
    const { items } = schema;
    return items === undefined ? result : result.map((item) => coerceValue(item, items));
  }
  return isJsonObject(result) ? coerceObject(result, schema) : result;
}

/**
 * Coerces the arguments of a call.
 *
 * @param args What the client sent.
 * @param schema The tool's input schema.
 * @returns A copy in the declared types as far as the texts allow.
 */
export function coerceArguments(args: JsonObject, schema: InputSchema): JsonObject {
  return coerceObject(args, schema);
}
