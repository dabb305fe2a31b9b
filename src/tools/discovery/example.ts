/**
 * Makes the arguments of a plausible call of a tool.
 *
 * @module
 */

import { type Argument, argumentsOf } from "../../collection/arguments.ts";
import type { Endpoint } from "../../collection/endpoint.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import type { InputSchema, PlainSchema } from "../definitions/input_schema.ts";
import { exampleText } from "./example_texts.ts";
import { isIdName } from "./id_sources.ts";

/** Where a value stands. */
interface Place {
  /** For example `agents[].id`. */
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  /** Which of several in a list. */
  readonly index: number;
}

/** Of what isn't required, so much is shown. */
const MAIN_FIELDS = 3;
/** Below it, only what is required is shown. */
const SHALLOW = 2;
const MAX_DEPTH = 8;
/** The most items that a list's lower bound gets. */
const MAX_ITEMS = 10;

const IGNORED_REGEXP = /^(deprecated|read-only)/i;
const OFF_REGEXP = /^(delete|purge|remove|reset|clear)|ForAll$|^deleteAll/i;
/** Usual companions of what is created, though the schema requires none of them. */
const COMPANIONS = ["displayName", "extension"];
/** A change takes one of these, and the specification leaves open which. */
const ALTERNATIVES = [["personId", "workspaceId"], ["phoneNumber", "extension"]];

function numberOf(schema: PlainSchema, key: string): number | undefined {
  const value = schema[key];
  return typeof value === "number" ? value : undefined;
}

function typeOf(schema: PlainSchema): string {
  const types = [schema.type ?? "string"].flat();
  const preferred = ["string", "object", "array"].find((type) => types.includes(type));
  return (types.length > 3 ? preferred : types.find((type) => type !== "null")) ?? "null";
}

/** The default is what is usual; the example of a change shows something else where it can. */
function choiceOf(values: readonly Json[], schema: PlainSchema, index: number): Json {
  const usual = schema["default"];
  if (index === 0 && usual !== undefined && values.includes(usual)) return usual;
  const known = values.filter((value) => value !== null);
  return known[index % Math.max(1, known.length)] ?? null;
}

function textOf(schema: PlainSchema, { path, name, index }: Place): string {
  const { description = "" } = schema;
  const format = typeof schema["format"] === "string" ? schema["format"] : "";
  const text = isIdName(name) && format !== "uuid"
    ? `<${path}>`
    : exampleText({ place: path, name, description, format, index });
  const filled = text.padEnd(numberOf(schema, "minLength") ?? 0, "0");
  return filled.slice(0, numberOf(schema, "maxLength") ?? Infinity);
}

/** Seconds and minutes are often bounded in words only; their lower bound is first. */
function numberIn(schema: PlainSchema, { index }: Place): number {
  const usual = schema["default"];
  const range = /(?<![\d.])(\d+)-(\d+)(?![\d.])/.exec(schema.description ?? "");
  const above = numberOf(schema, "exclusiveMinimum");
  const below = numberOf(schema, "exclusiveMaximum");
  const least = numberOf(schema, "minimum") ?? (above === undefined ? undefined : Math.floor(above) + 1);
  const most = numberOf(schema, "maximum") ?? (below === undefined ? undefined : Math.ceil(below) - 1);
  const plain = typeof usual === "number" ? usual : (least ?? (range === null ? 1 : Number(range[1]))) + index;
  const step = numberOf(schema, "multipleOf") ?? 0;
  const bounded = Math.min(Math.max(plain, least ?? -Infinity), most ?? Infinity);
  return step > 0 ? Math.ceil(bounded / step) * step : bounded;
}

function arrayOf(schema: PlainSchema, place: Place): Json[] {
  const count = Math.min(Math.max(1, numberOf(schema, "minItems") ?? 1), numberOf(schema, "maxItems") ?? 1, MAX_ITEMS);
  const { items = {} } = schema;
  const least = Math.max(count, Math.min(numberOf(schema, "minItems") ?? 0, MAX_ITEMS));
  const scalar = items.properties === undefined && items.items === undefined;
  return Array.from({ length: least }, (_, index) =>
    valueOf(items, {
      ...place,
      path: scalar ? place.path : `${place.path}[]`,
      depth: place.depth + 1,
      index,
    }));
}

/** The members to show: those required, else the first few. */
function chosen({ properties = {}, required = [] }: PlainSchema, depth: number): [string, PlainSchema][] {
  const all = Object.entries(properties);
  const needed = all.filter(([name]) => required.includes(name));
  if (needed.length > 0 || depth > SHALLOW) return needed;
  return all.filter(([, member]) => !IGNORED_REGEXP.test(member.description ?? "")).slice(0, MAIN_FIELDS);
}

function objectOf(schema: PlainSchema, place: Place): JsonObject {
  const members = place.depth > MAX_DEPTH ? [] : chosen(schema, place.depth);
  return Object.fromEntries(members.map(([name, member]) => [
    name,
    valueOf(member, { ...place, path: `${place.path}.${name}`, name, depth: place.depth + 1 }),
  ]));
}

function valueOf(schema: PlainSchema, place: Place): Json {
  if (schema["const"] !== undefined) return schema["const"];
  const values = schema["enum"];
  if (Array.isArray(values)) return choiceOf(values, schema, place.index);
  const [choice] = schema.anyOf ?? [];
  if (choice !== undefined && schema.properties === undefined) return valueOf(choice, place);
  switch (typeOf(schema)) {
    case "integer":
    case "number":
      return numberIn(schema, place);
    case "boolean":
      return !OFF_REGEXP.test(place.name);
    case "array":
      return arrayOf(schema, place);
    case "object":
      return objectOf(schema, place);
    case "null":
      return null;
    default:
      return textOf(schema, place);
  }
}

/** What makes a call of an endpoint meaningful beyond what it requires. */
function mainFields(endpoint: Endpoint, fields: readonly Argument[]): string[] {
  const usable = fields.filter(({ required, description, name, file }) =>
    !required && !file && name !== "orgId" && !IGNORED_REGEXP.test(description)
  ).map(({ name }) => name);
  const taken = fields.filter(({ required }) => required).map(({ name }) => name);
  if (taken.length === 0) return usable.slice(0, MAIN_FIELDS);
  if (endpoint.method !== "POST") return [];
  const one = ALTERNATIVES.filter((group) => !group.some((name) => taken.includes(name)))
    .flatMap((group) => group.filter((name) => usable.includes(name)).slice(-1));
  const picks = new Set([...COMPANIONS.filter((name) => usable.includes(name)), ...one]);
  return [...picks];
}

function fileOf(endpoint: Endpoint, { key }: Argument): JsonObject {
  const accepted = endpoint.body?.encoding?.[key]?.contentType ?? "audio/wav";
  const name = accepted.includes("image/") ? "background.png" : accepted.includes("audio/") ? "greeting.wav" : "file.txt";
  return { path: `/home/alex/${name}` };
}

/**
 * Makes an example of a tool's arguments: those required, and the few without which a call would say nothing.
 *
 * Identifiers are their places in angle brackets, such as `<locationId>`: the local check lets them pass, and everyone
 * sees that they have to be replaced.
 *
 * @param endpoint The tool's endpoint.
 * @param schema Its input schema.
 * @returns Arguments that the schema accepts.
 */
export function exampleOf(endpoint: Endpoint, schema: InputSchema): JsonObject {
  const all = argumentsOf(endpoint);
  const fields = all.filter(({ place }) => place === "field" || place === "body");
  const extra = new Set(mainFields(endpoint, fields));
  const shown = all.filter(({ name, required }) => required || extra.has(name));
  return Object.fromEntries(shown.flatMap((argument): [string, Json][] => {
    const { name, key, file } = argument;
    const member = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    if (member === undefined) return [];
    const place = { path: name, name: key === "" ? name : key, depth: 0, index: 0 };
    return [[name, file ? fileOf(endpoint, argument) : valueOf(member, place)]];
  }));
}
