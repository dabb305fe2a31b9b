/**
 * Checks a value against a schema.
 *
 * Own code instead of Ajv: Ajv compiles each schema before its first use, which for all bodies and answers of the
 * collection takes longer than the whole test-suite.
 *
 * @module
 */

import type { Schema } from "../collection/endpoint.ts";
import { resolveSchema } from "../collection/resolve.ts";
import { isRecord } from "../core/json.ts";

type Schemas = Readonly<Record<string, Schema>>;

const MAX_DEPTH = 40;

function isOfType(value: unknown, type: string): boolean {
  const plain: string = typeof value;
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isRecord(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return plain === type;
  }
}

function allowsNull(schema: Schema): boolean {
  return schema.nullable === true || [schema.type ?? []].flat().includes("null");
}

function numberProblem(value: number, schema: Schema): string | undefined {
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below } = schema;
  if (minimum !== undefined && (above === true ? value <= minimum : value < minimum)) return `must be >= ${minimum}`;
  if (maximum !== undefined && (below === true ? value >= maximum : value > maximum)) return `must be <= ${maximum}`;
  if (typeof above === "number" && value <= above) return `must be > ${above}`;
  if (typeof below === "number" && value >= below) return `must be < ${below}`;
  return undefined;
}

function textProblem(value: string, schema: Schema): string | undefined {
  const length = [...value].length;
  if (schema.minLength !== undefined && length < schema.minLength) {
    return `must have at least ${schema.minLength} characters`;
  }
  if (schema.maxLength !== undefined && length > schema.maxLength) {
    return `must have at most ${schema.maxLength} characters`;
  }
  if (schema.pattern === undefined) return undefined;
  try {
    return new RegExp(schema.pattern, "u").test(value) ? undefined : `must match ${schema.pattern}`;
  } catch {
    // A pattern in another dialect can't refuse anything.
    return undefined;
  }
}

function ownProblem(value: unknown, schema: Schema): string | undefined {
  const types = [schema.type ?? []].flat();
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) return `must be ${types.join(" or ")}`;
  if (
    schema.enum !== undefined &&
    !schema.enum.some((choice) => choice === value || JSON.stringify(choice) === JSON.stringify(value))
  ) {
    return `must be one of ${schema.enum.slice(0, 12).join(", ")}`;
  }
  if (schema.const !== undefined && JSON.stringify(schema.const) !== JSON.stringify(value)) {
    return `must be ${JSON.stringify(schema.const)}`;
  }
  if (typeof value === "number") return numberProblem(value, schema);
  if (typeof value === "string") return textProblem(value, schema);
  if (!Array.isArray(value)) return undefined;
  if (schema.minItems !== undefined && value.length < schema.minItems) {
    return `must have at least ${schema.minItems} items`;
  }
  if (schema.maxItems !== undefined && value.length > schema.maxItems) {
    return `must have at most ${schema.maxItems} items`;
  }
  return undefined;
}

/**
 * Checks a value; members that the schema doesn't name are welcome.
 *
 * @param value Any JSON value.
 * @param schema What it should be.
 * @param schemas What references name.
 * @param place Where it is, for the messages; empty for the root.
 * @returns What is wrong with it, each with its place; empty if nothing is.
 */
export function problemsOf(value: unknown, schema: Schema, schemas: Schemas, place = "", depth = 0): string[] {
  const own = resolveSchema(schema, schemas);
  if ((value === null && allowsNull(own)) || depth > MAX_DEPTH) return [];
  const problem = ownProblem(value, own);
  if (problem !== undefined) return [place === "" ? problem : `${place} ${problem}`];
  const within = (inner: Schema) => problemsOf(value, inner, schemas, place, depth + 1);
  const found = (own.allOf ?? []).flatMap(within);
  for (const choices of [own.anyOf, own.oneOf]) {
    const failures = choices?.map(within) ?? [];
    if (failures.length > 0 && failures.every((failure) => failure.length > 0)) found.push(...failures[0] ?? []);
  }
  const at = (name: string | number) => place === "" ? String(name) : `${place}.${name}`;
  const { items } = own;
  if (Array.isArray(value) && items !== undefined) {
    value.forEach((item, index) => found.push(...problemsOf(item, items, schemas, at(index), depth + 1)));
  }
  if (!isRecord(value)) return found;
  for (const name of own.required ?? []) if (value[name] === undefined) found.push(`${at(name)} is required`);
  for (const [name, member] of Object.entries(own.properties ?? {})) {
    if (value[name] !== undefined) found.push(...problemsOf(value[name], member, schemas, at(name), depth + 1));
  }
  return found;
}
