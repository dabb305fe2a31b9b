/**
 * Makes well-formed schemas out of untrusted ones.
 *
 * @module
 */

import { isRecord, type Json } from "../core/json.ts";
import { type Checker, describe, type Fields } from "./check.ts";
import type { Schema } from "./endpoint.ts";

/** The most levels of a schema; deeper ones would overflow the stack of whoever walks them. */
const MAX_DEPTH = 64;

const TYPES = ["string", "number", "integer", "boolean", "array", "object", "null"];
const TEXTS: readonly ("description" | "title" | "format")[] = ["description", "title", "format"];
const FLAGS: readonly ("nullable" | "readOnly" | "deprecated" | "uniqueItems")[] = [
  "nullable",
  "readOnly",
  "deprecated",
  "uniqueItems",
];
const BOUNDS: readonly ("minimum" | "maximum")[] = ["minimum", "maximum"];
const COUNTS: readonly ("minLength" | "maxLength" | "minItems" | "maxItems")[] = [
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
];
const EXCLUSIVE: readonly ("exclusiveMinimum" | "exclusiveMaximum")[] = ["exclusiveMinimum", "exclusiveMaximum"];
const VALUES: readonly ("const" | "default" | "example" | "examples")[] = ["const", "default", "example", "examples"];
const CHOICES: readonly ("allOf" | "anyOf" | "oneOf")[] = ["allOf", "anyOf", "oneOf"];

/** What copying a file's schemas notes down. */
export interface SchemaNotes {
  readonly check: Checker;
  /** Where each reference was first seen, by reference. */
  readonly refs: Map<string, string>;
}

/**
 * Copies a schema, keyword by keyword.
 *
 * Unknown keywords are left out. So are bounds and annotations that make no sense: without them the schema only accepts
 * more. Keywords that give a schema its structure (`type`, `properties`, `items`, `enum` …) must make sense. The boolean
 * schemas of OpenAPI 3.1 become empty ones.
 *
 * @param value The untrusted schema.
 * @param place Where it is, for messages.
 * @param notes Receives problems and references.
 * @param depth How many schemas it is inside of.
 * @returns A schema of the declared type, with nothing of `value` that other code could change by mistake except
 *   the values of `const`, `default`, `enum` and examples.
 */
export function copySchema(value: unknown, place: string, notes: SchemaNotes, depth = 0): Schema {
  if (typeof value === "boolean") return {};
  if (!isRecord(value)) {
    notes.check.expected(place, "a schema", value);
    return {};
  }
  if (depth > MAX_DEPTH) {
    notes.check.problem(place, `expected at most ${MAX_DEPTH} levels of schemas, got more`);
    return {};
  }
  const schema: Schema = {};
  const at = `${place}.`;
  copyReference(value, at, notes, schema);
  copyType(value, at, notes.check, schema);
  copyValues(value, at, notes.check, schema);
  copyBounds(value, schema);
  copyAnnotations(value, schema);
  copyParts(value, at, notes, depth + 1, schema);
  return schema;
}

function copyReference(value: Fields, at: string, notes: SchemaNotes, into: Schema): void {
  const ref = notes.check.text(value.$ref, at, "$ref");
  if (ref === undefined) return;
  into.$ref = ref;
  if (!notes.refs.has(ref)) notes.refs.set(ref, `${at}$ref`);
}

function copyType(value: Fields, at: string, check: Checker, into: Schema): void {
  const type = value.type ?? undefined;
  if (type === undefined) return;
  // Swagger 2.0 and careless 3.0 documents write a file so.
  if (type === "file") {
    into.type = "string";
    into.format = "binary";
    return;
  }
  const known: string[] = [];
  const members: readonly unknown[] = Array.isArray(type) ? type : [type];
  for (const name of members) {
    if (typeof name === "string" && TYPES.includes(name)) known.push(name);
    else check.problem(`${at}type`, `expected one of "${TYPES.join('", "')}", got ${describe(name)}`);
  }
  const names = [...new Set(known)];
  if (Array.isArray(type) && names.length > 0) into.type = names;
  else if (names[0] !== undefined) into.type = names[0];
}

function copyValues(value: Fields, at: string, check: Checker, into: Schema): void {
  for (const key of VALUES) {
    const member = value[key];
    if (isJson(member)) into[key] = member;
  }
  const members = check.list(value.enum, at, "enum").filter((member) => isJson(member));
  if (members.length > 0) into.enum = [...new Set(members)];
}

function isJson(value: unknown, depth = 0): value is Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth > MAX_DEPTH) return false;
  return Object.values(value).every((member) => isJson(member, depth + 1));
}

function copyBounds(value: Fields, into: Schema): void {
  for (const key of BOUNDS) {
    const bound = value[key];
    if (isBound(bound)) into[key] = bound;
  }
  for (const key of EXCLUSIVE) {
    const bound = value[key];
    if (isBound(bound) || typeof bound === "boolean") into[key] = bound;
  }
  for (const key of COUNTS) {
    const bound = value[key];
    if (isBound(bound) && Number.isSafeInteger(bound) && bound >= 0) into[key] = bound;
  }
  if (isBound(value.multipleOf) && value.multipleOf > 0) into.multipleOf = value.multipleOf;
  if (typeof value.pattern === "string" && isPattern(value.pattern)) into.pattern = value.pattern;
}

function isBound(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** Patterns of other dialects (`\A`, `(?i)`) are common, and JSON Schema knows only that of ECMAScript. */
function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

function copyAnnotations(value: Fields, into: Schema): void {
  for (const key of TEXTS) {
    const text = value[key];
    if (typeof text === "string") into[key] = text;
  }
  for (const key of FLAGS) {
    const flag = value[key];
    if (typeof flag === "boolean") into[key] = flag;
  }
  // OpenAPI 3.1 says so what 3.0 says with the format "binary".
  if (into.type === "string" && value.contentMediaType === "application/octet-stream") into.format ??= "binary";
}

function copyParts(value: Fields, at: string, notes: SchemaNotes, depth: number, into: Schema): void {
  const { check } = notes;
  const properties = check.record(value.properties, at, "properties");
  if (properties !== undefined) {
    // Object.fromEntries() makes own members also of names such as "__proto__".
    into.properties = Object.fromEntries(
      Object.entries(properties).map((
        [name, part],
      ) => [name, copySchema(part, `${at}properties.${name}`, notes, depth)]),
    );
  }
  // Draft 3 of JSON Schema marked the property itself; where that is still written it says nothing here.
  if (typeof value.required !== "boolean") {
    const required = check.texts(value.required, at, "required");
    if (required !== undefined) into.required = [...new Set(required)];
  }
  if ((value.items ?? undefined) !== undefined) into.items = copySchema(value.items, `${at}items`, notes, depth);
  const rest = value.additionalProperties ?? undefined;
  if (typeof rest === "boolean") into.additionalProperties = rest;
  else if (rest !== undefined) {
    into.additionalProperties = copySchema(rest, `${at}additionalProperties`, notes, depth);
  }
  for (const key of CHOICES) {
    const parts = check.list(value[key], at, key);
    if (parts.length === 0) continue;
    into[key] = parts.map((part, index) => copySchema(part, `${at}${key}[${index}]`, notes, depth));
  }
}
