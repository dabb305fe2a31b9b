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
import { placeholderOf } from "./placeholder.ts";

/** Where a value stands. */
interface Place {
  /** For example `agents[].id`. */
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  /** Which of several in a list. */
  readonly index: number;
  /** The path of the operation. */
  readonly of: string;
  /** How many more values the example may have. */
  readonly budget: { left: number };
}

/** Of what isn't required, so much is shown. */
const MAIN_FIELDS = 3;
/** Below it, only what is required is shown. */
const SHALLOW = 2;
const MAX_DEPTH = 8;
/** The most items that a list's lower bound gets. */
const MAX_ITEMS = 10;
/** More than any operation of Webex requires; the lists and objects of another API can multiply. */
const MAX_VALUES = 300;

/** No lower bound of a text is near it. */
const MAX_PADDING = 200;

const IGNORED_REGEXP = /^(deprecated|read-only)/i;
/** An example that is sent as it is must not hit everything. */
const OFF_REGEXP = /^(delete|purge|remove|reset|clear)|All$/;
/** Values that ask for nothing else; others often want a further member. */
const UNCONDITIONAL_REGEXP = /^(ANY|DEFAULT|SYSTEM)/;
const AT_LEAST_REGEXP = /^at least (\d)\b/i;

/** What belongs to a sensible call, though the schema requires none of it: for a new thing, and for a setting. */
const COMPANIONS: Readonly<Partial<Record<Endpoint["method"], readonly string[]>>> = {
  POST: ["displayName", "extension"],
  PUT: ["enabled"],
};
/** Where names tell too little. */
const MAIN: Readonly<Record<string, readonly string[]>> = {
  "POST /people": ["firstName", "lastName", "displayName"],
  "PUT /people/{personId}": ["firstName", "lastName"],
  "POST /devices": ["personId"],
  "POST /devices/activationCode": ["personId", "model"],
  "POST /convergedRecordings/softDelete": ["recordingIds"],
  "POST /convergedRecordings/purge": ["recordingIds"],
  "POST /convergedRecordings/restore": ["recordingIds"],
};

/** Numbers that aren't small, or not above zero, by their names. */
const NUMBERS: readonly (readonly [RegExp, number])[] = [
  [/^max$/, 100],
  [/^start$/, 0],
  [/rings$/i, 3],
  [/(seconds|timer|timeout|time)$/i, 30],
  [/^queueSize$/, 25],
  [/^fqdnPort$/, 5061],
];

function numberOf(schema: PlainSchema, key: string): number | undefined {
  const value = schema[key];
  return typeof value === "number" ? value : undefined;
}

function typeOf(schema: PlainSchema): string {
  const types = [schema.type ?? "string"].flat();
  const preferred = ["string", "object", "array"].find((type) => types.includes(type));
  return (types.length > 3 ? preferred : types.find((type) => type !== "null")) ?? "null";
}

/** The default is what is usual. */
function choiceOf(values: readonly Json[], schema: PlainSchema, index: number): Json {
  const usual = schema["default"];
  if (index === 0 && usual !== undefined && values.includes(usual)) return usual;
  const rank = (value: Json) =>
    typeof value === "string" && UNCONDITIONAL_REGEXP.test(value) ? 0 : value === "CUSTOM" ? 2 : 1;
  const known = values.filter((value) => value !== null).toSorted((a, b) => rank(a) - rank(b));
  return known[index % Math.max(1, known.length)] ?? null;
}

function textOf(schema: PlainSchema, { path, name, index, of }: Place): string {
  const { description = "" } = schema;
  const format = typeof schema["format"] === "string" ? schema["format"] : "";
  const text = isIdName(name) && format !== "uuid"
    ? placeholderOf(path)
    : exampleText({ place: path, name, description, format, index, path: of });
  const filled = text.padEnd(Math.min(numberOf(schema, "minLength") ?? 0, MAX_PADDING), "0");
  return filled.slice(0, numberOf(schema, "maxLength") ?? Infinity);
}

/** Seconds and minutes are often bounded in words only; their lower bound is first. */
function numberIn(schema: PlainSchema, { name, index }: Place): number {
  const usual = schema["default"];
  const range = /(?<![\d.])(\d+)-(\d+)(?![\d.])/.exec(schema.description ?? "");
  const above = numberOf(schema, "exclusiveMinimum");
  const below = numberOf(schema, "exclusiveMaximum");
  const least = numberOf(schema, "minimum") ?? (above === undefined ? undefined : Math.floor(above) + 1);
  const most = numberOf(schema, "maximum") ?? (below === undefined ? undefined : Math.ceil(below) - 1);
  const told = range === null ? NUMBERS.find(([pattern]) => pattern.test(name))?.[1] : Number(range[1]);
  const plain = typeof usual === "number" ? usual : (told ?? least ?? 1) + index;
  const step = numberOf(schema, "multipleOf") ?? 0;
  const bounded = Math.min(Math.max(plain, least ?? -Infinity), most ?? Infinity);
  return step > 0 ? Math.ceil(bounded / step) * step : bounded;
}

function arrayOf(schema: PlainSchema, place: Place): Json[] {
  const { items = {} } = schema;
  const told = Number(AT_LEAST_REGEXP.exec(schema.description ?? "")?.[1] ?? 1);
  const least = Math.min(numberOf(schema, "minItems") ?? told, MAX_ITEMS);
  const most = place.budget.left <= 0 ? 0 : numberOf(schema, "maxItems") ?? Infinity;
  const count = Math.max(0, Math.min(Math.max(1, least), most));
  const scalar = items.properties === undefined && items.items === undefined;
  return Array.from({ length: count }, (_, index) =>
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
  const main = all.filter(([, member]) => !IGNORED_REGEXP.test(member.description ?? "")).slice(0, MAIN_FIELDS);
  // Groups of settings are alike, and any one can be left out.
  return main.every(([, member]) => member.properties !== undefined) ? main.slice(0, 1) : main;
}

function objectOf(schema: PlainSchema, place: Place): JsonObject {
  const members = place.depth > MAX_DEPTH || place.budget.left <= 0 ? [] : chosen(schema, place.depth);
  return Object.fromEntries(members.map(([name, member]) => [
    name,
    valueOf(member, { ...place, path: `${place.path}.${name}`, name, depth: place.depth + 1 }),
  ]));
}

function valueOf(schema: PlainSchema, place: Place): Json {
  place.budget.left--;
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
function mainFields({ method, path }: Endpoint, fields: readonly Argument[]): readonly string[] {
  const main = MAIN[`${method} ${path}`];
  if (main !== undefined) return main;
  const usable = fields.filter(({ required, description, name, file }) =>
    !required && !file && name !== "orgId" && !IGNORED_REGEXP.test(description)
  ).map(({ name }) => name);
  const taken = fields.filter(({ required }) => required).map(({ name }) => name);
  const companions = (COMPANIONS[method] ?? []).filter((name) => usable.includes(name));
  return taken.length > 0 ? companions : [...new Set([...companions.slice(0, 1), ...usable])].slice(0, MAIN_FIELDS);
}

function isEmpty(value: Json): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function fileOf(endpoint: Endpoint, { key }: Argument): JsonObject {
  const accepted = endpoint.body?.encoding?.[key]?.contentType ?? "audio/wav";
  const name = accepted.includes("image/")
    ? "background.png"
    : accepted.includes("audio/")
    ? "greeting.wav"
    : "file.txt";
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
  const budget = { left: MAX_VALUES };
  return Object.fromEntries(shown.flatMap((argument): [string, Json][] => {
    const { name, key, file, required } = argument;
    const member = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    if (member === undefined) return [];
    if (file) return [[name, fileOf(endpoint, argument)]];
    const place = { path: name, name: key === "" ? name : key, depth: 0, index: 0, of: endpoint.path, budget };
    const value = valueOf(member, place);
    return isEmpty(value) && !required ? [] : [[name, value]];
  }));
}
