/**
 * Makes the complete, inline input schema of a tool.
 *
 * @module
 */

import { type Argument, argumentsOf } from "../../collection/arguments.ts";
import type { Endpoint, Schema } from "../../collection/endpoint.ts";
import { resolveSchema } from "../../collection/resolve.ts";
import type { Json, JsonObject } from "../../core/json.ts";

/** A plain JSON Schema (2020-12) without references. */
export interface PlainSchema extends JsonObject {
  type?: string | string[];
  description?: string;
  properties?: Record<string, PlainSchema>;
  items?: PlainSchema;
  required?: string[];
  additionalProperties?: boolean | PlainSchema;
  anyOf?: PlainSchema[];
}

/** The schema of an object. */
export interface ObjectSchema extends PlainSchema {
  type: "object";
  properties: Record<string, PlainSchema>;
}

/** The input schema of a tool. */
export interface InputSchema extends ObjectSchema {
  additionalProperties: false;
}

const KEPT = [
  "enum",
  "const",
  "format",
  "pattern",
  "minimum",
  "maximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "uniqueItems",
  "default",
] as const;

/** Deeper than any real body; what lies below is described as free. */
const MAX_DEPTH = 12;

/** The most schemas in one tool: references to each other multiply with every level. */
const MAX_SCHEMAS = 3_000;

/** The type of a value of which nothing is known. */
const ANY = ["string", "number", "boolean", "object", "array", "null"];

/** A file argument: by path, or in place. */
const FILE_PROPERTIES: Readonly<Record<string, PlainSchema>> = {
  path: { type: "string", description: "File to read" },
  base64: { type: "string", description: "Content instead of path" },
  name: { type: "string", description: "File name" },
  type: { type: "string", description: "Media type, e.g. audio/wav" },
};

type Schemas = Readonly<Record<string, Schema>>;

function typeOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

/** Clients skip tools whose properties lack a type, so one is told from the other keywords. */
function impliedType(schema: Schema): string | string[] {
  if (schema.type !== undefined) return schema.type;
  if (schema.properties !== undefined || typeof schema.additionalProperties === "object") return "object";
  if (schema.items !== undefined) return "array";
  const values = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  return values.length === 0 ? ANY : union(values.map(typeOf));
}

/** All types of a list, each once; a single one stands alone. */
function union(types: readonly string[]): string | string[] {
  const [first, ...others] = new Set(types);
  return first !== undefined && others.length === 0 ? first : [...new Set(types)];
}

/** OpenAPI 3.0's `nullable`, which JSON Schema says with types and values. */
function allowNull(plain: PlainSchema): void {
  if (plain.type !== undefined) plain.type = union([plain.type, "null"].flat());
  if (plain.anyOf !== undefined) plain.anyOf = [...plain.anyOf, { type: "null" }];
  const values = plain["enum"] ?? (plain["const"] === undefined ? undefined : [plain["const"]]);
  if (Array.isArray(values)) plain["enum"] = [...new Set([...values, null])];
  delete plain["const"];
}

function exclusiveBounds(schema: Schema): PlainSchema {
  // OpenAPI 3.0 writes `exclusiveMinimum: true` beside `minimum`; JSON Schema gives the number itself.
  const { exclusiveMinimum: low, exclusiveMaximum: high, minimum, maximum } = schema;
  const lower = low === true ? minimum : low;
  const upper = high === true ? maximum : high;
  return {
    ...(typeof lower === "number" ? { exclusiveMinimum: lower } : {}),
    ...(typeof upper === "number" ? { exclusiveMaximum: upper } : {}),
  };
}

/** Inlines the schemas of one endpoint. */
class Inliner {
  #count = 0;

  constructor(readonly schemas: Schemas) {}

  inline(schema: Schema, description: string, depth: number, stack: readonly Schema[]): PlainSchema {
    const own = resolveSchema(schema, this.schemas);
    const about = description || (schema.description ?? own.description ?? "");
    const free = stack.includes(own) || depth > MAX_DEPTH || ++this.#count > MAX_SCHEMAS;
    const plain = free
      ? { type: impliedType(own), ...(about === "" ? {} : { description: about }) }
      : own.allOf === undefined
      ? this.#single(own, about, depth, [...stack, own])
      : this.#merged(own, about, depth, [...stack, own]);
    if (own.nullable === true) allowNull(plain);
    return plain;
  }

  #single(own: Schema, about: string, depth: number, stack: readonly Schema[]): PlainSchema {
    const choices = (own.oneOf ?? own.anyOf)?.map((choice) => this.inline(choice, "", depth + 1, stack));
    const type = impliedType(own);
    const plain: PlainSchema = {
      type: type === ANY && choices !== undefined ? union(choices.flatMap((choice) => choice.type ?? ANY)) : type,
    };
    if (about !== "") plain.description = about;
    for (const keyword of KEPT) if (own[keyword] !== undefined) plain[keyword] = own[keyword];
    Object.assign(plain, exclusiveBounds(own));
    this.#members(own, plain, depth, stack);
    if (choices !== undefined) plain.anyOf = choices;
    return plain;
  }

  #members(own: Schema, plain: PlainSchema, depth: number, stack: readonly Schema[]): void {
    if (own.items !== undefined) plain.items = this.inline(own.items, "", depth + 1, stack);
    if (own.properties !== undefined) {
      const properties: Record<string, PlainSchema> = {};
      for (const name in own.properties) {
        const property = own.properties[name];
        if (property !== undefined) properties[name] = this.inline(property, "", depth + 1, stack);
      }
      plain.properties = properties;
      if (own.required !== undefined && own.required.length > 0) plain.required = own.required;
    }
    if (typeof own.additionalProperties === "object") {
      plain.additionalProperties = this.inline(own.additionalProperties, "", depth + 1, stack);
    }
  }

  #merged(own: Schema, about: string, depth: number, stack: readonly Schema[]): PlainSchema {
    const { allOf = [], nullable: _nullable, ...rest } = own;
    const parts = [...allOf, rest].map((part) => this.inline(part, "", depth, stack));
    const merged: PlainSchema = Object.assign({}, ...parts);
    // A part that says nothing about the type leaves it to the others.
    merged.type = parts.findLast(({ type }) => type !== ANY)?.type ?? ANY;
    const properties: Record<string, PlainSchema> = Object.assign({}, ...parts.map((part) => part.properties ?? {}));
    const required = [...new Set(parts.flatMap((part) => part.required ?? []))];
    if (Object.keys(properties).length > 0) Object.assign(merged, { type: "object", properties });
    if (required.length > 0) merged.required = required;
    if (about !== "") merged.description = about;
    return merged;
  }
}

function fileSchema(argument: Argument): PlainSchema {
  return { type: "object", description: argument.description || "File to send", properties: { ...FILE_PROPERTIES } };
}

/**
 * Makes a tool's input schema: nested objects, items, enums, bounds, defaults and descriptions in place.
 *
 * @param endpoint The endpoint.
 * @returns A schema whose root is a closed object without composition.
 */
export function inputSchemaOf(endpoint: Endpoint): InputSchema {
  const inliner = new Inliner(endpoint.schemas);
  const properties: Record<string, PlainSchema> = {};
  const required: string[] = [];
  for (const argument of argumentsOf(endpoint)) {
    properties[argument.name] = argument.file
      ? fileSchema(argument)
      : inliner.inline(argument.schema, argument.description, 0, []);
    if (argument.required) required.push(argument.name);
  }
  return {
    type: "object",
    properties,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}
