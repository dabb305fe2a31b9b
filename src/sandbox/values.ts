/**
 * Believable texts and numbers for fields, by their name and schema.
 *
 * @module
 */

import type { Schema } from "../collection/endpoint.ts";
import type { Json } from "../core/json.ts";
import type { Face } from "./face.ts";
import { encodeId, idType } from "./ids.ts";
import { hash, hex, integer, pick, uuid } from "./random.ts";

/** What a value follows from. */
export interface ValueContext {
  /** Unique for this field of this object. */
  readonly key: string;
  readonly name: string;
  /** The name of the object or array that the field is in. */
  readonly holder: string;
  readonly person: Face | undefined;
  readonly location: Face | undefined;
}

type Maker = (context: ValueContext) => string;

const PREFERRED = [
  "OK",
  "ACTIVE",
  "Active",
  "active",
  "ACTIVATED",
  "activated",
  "Available",
  "connected",
  "COMPLETED",
  "PEOPLE",
  "en_us",
];
const WORDS = [
  "Support",
  "Sales",
  "Reception",
  "Billing",
  "Service",
  "Field Team",
  "Night Desk",
  "Projects",
  "Logistics",
  "Front Office",
];
const DAY = 86_400_000;
const EPOCH = Date.UTC(2026, 0, 5, 9);

function of(face: Face | undefined, name: string): string | undefined {
  const value = face?.[name];
  return typeof value === "string" ? value : undefined;
}

function moment(key: string): Date {
  return new Date(EPOCH + integer(key, 0, 179) * DAY + integer(`${key}!`, 0, 32_000) * 1000);
}

function fictionalNumber(key: string): string {
  return `+1512555${String(integer(key, 100, 199)).padStart(4, "0")}`;
}

const MAKERS: readonly (readonly [RegExp, Maker])[] = [
  [/(first|given)name$/i, ({ person }) => of(person, "firstName") ?? "Alex"],
  [/(last|family)name$/i, ({ person }) => of(person, "lastName") ?? "Morgan"],
  [
    /^(displayName|ownerName|personName|userName|callerName)$/i,
    ({ person }) => of(person, "displayName") ?? "Alex Morgan",
  ],
  [/^(nickName)$/i, ({ person }) => of(person, "firstName") ?? "Alex"],
  [/e-?mails?(address)?$/i, ({ person }) => of(person, "email") ?? "alex.morgan@example.com"],
  [/^location(name)?$/i, ({ location }) => of(location, "name") ?? "Headquarters"],
  [/timezone$/i, ({ location }) => of(location, "timeZone") ?? "America/Chicago"],
  [/language(code)?$/i, () => "en_us"],
  [/extension$/i, ({ person, key }) => of(person, "extension") ?? String(integer(key, 1000, 9999))],
  [
    /routingPrefix|dialingCode|enterprise/i,
    ({ location, person }) => of(person, "routingPrefix") ?? of(location, "routingPrefix") ?? "8100",
  ],
  [/^esn$/i, ({ person }) => of(person, "esn") ?? "81001000"],
  [/^(destination|forwardTo|elin)$|(transfer|fax|mobile|custom|charge)_?number$/i, ({ key }) => fictionalNumber(key)],
  [
    /(phone|direct|external|caller|callerId|callback|main|line)_?numbers?$|^(numbers?|external|phone)$/i,
    ({ person, key }) => of(person, "phoneNumber") ?? fictionalNumber(key),
  ],
  [/mac(address)?$/i, ({ key }) => `AC7E8A${hex(key, 6).toUpperCase()}`],
  [/^ip(address)?$/i, ({ key }) => `10.20.${integer(key, 1, 30)}.${integer(`${key}!`, 2, 250)}`],
  [/(url|uri|link|avatar)s?$/i, ({ name, key }) => `https://example.com/${name}/${hex(key, 8)}`],
  [/country(code)?$/i, () => "US"],
  [/^(city|locality)$/i, () => "Austin"],
  [/^(state|region|stateorprovince)$/i, () => "TX"],
  [/region(code|id)?$/i, () => "US"],
  [/^(zip|postalcode)/i, () => "78701"],
  [/^(address1|streetaddress|street)/i, ({ key }) => `${integer(key, 100, 999)} Congress Avenue`],
  [/^address2$/i, ({ key }) => `Floor ${integer(key, 2, 19)}`],
  [/(passcode|pin|password)$/i, ({ key }) => String(integer(key, 100_000, 999_999))],
  [/version$/i, ({ key }) => `${integer(key, 1, 4)}.${integer(`${key}!`, 0, 9)}`],
  [/model|product$/i, () => "DMS Cisco 8845"],
  [/manufacturer/i, () => "Cisco"],
  [/serial/i, ({ key }) => `FCH${hex(key, 8).toUpperCase()}`],
  [/file(name)?$/i, ({ key }) => `greeting-${hex(key, 4)}.wav`],
  [/digit|pattern|prefix$|code$/i, ({ key }) => String(integer(key, 10, 99))],
  [/domain$/i, () => "calling.example.com"],
  [/level/i, () => "LOCATION"],
  [/(title|name|label|topic|department)s?$/i, ({ key }) => pick(key, WORDS) ?? "Support"],
];

/** A date or time in the notation of the schema's example. */
function timeLike(example: string, key: string): string | undefined {
  const iso = moment(key).toISOString();
  if (/^\d{4}-\d\d-\d\d$/.test(example)) return iso.slice(0, 10);
  if (/^\d{4}-\d\d-\d\dT.*Z$/.test(example)) return example.includes(".") ? iso : `${iso.slice(0, 19)}Z`;
  if (/^\d{4}-\d\d-\d\d /.test(example)) return iso.slice(0, 19).replace("T", " ");
  if (/^\d{1,2}:\d\d/.test(example)) return example;
  return undefined;
}

function fromFormat(schema: Schema, key: string): string | undefined {
  switch (schema.format) {
    case "date-time":
      return moment(key).toISOString();
    case "date":
      return moment(key).toISOString().slice(0, 10);
    case "uuid":
      return uuid(key);
    case "uri":
    case "url":
      return `https://example.com/${hex(key, 8)}`;
    case "email":
      return "alex.morgan@example.com";
    default:
      return undefined;
  }
}

function identifier({ name, holder, key }: ValueContext): string | undefined {
  if (/^(\w*uuid|sessionId|trackingId|correlationId)$/i.test(name)) return uuid(key);
  const kind = /^id$/i.test(name) ? holder : /^(.+)Ids?$/.exec(name)?.[1];
  return kind === undefined ? undefined : encodeId(idType(kind === "" ? "object" : kind), uuid(key));
}

function bounded(text: string, { minLength = 0, maxLength = Infinity }: Schema): string {
  return text.padEnd(minLength, "0").slice(0, maxLength);
}

/**
 * Makes a text.
 *
 * @param schema The field's schema, without reference.
 * @param context What it follows from.
 */
export function textValue(schema: Schema, context: ValueContext): string {
  const { name, key } = context;
  const example = typeof schema.example === "string" ? schema.example : undefined;
  const stamp = (example === undefined ? undefined : timeLike(example, key)) ?? fromFormat(schema, key);
  if (stamp !== undefined) return stamp;
  if (schema.pattern !== undefined && example !== undefined) return example;
  if (/(time|date|created|modified|lastUpdated|At)$/.test(name) && example === undefined) {
    return moment(key).toISOString();
  }
  const made = identifier(context) ?? MAKERS.find(([pattern]) => pattern.test(name))?.[1](context);
  return bounded(made ?? example ?? `${pick(key, WORDS)} ${integer(key, 1, 99)}`, schema);
}

/**
 * Makes a number.
 *
 * @param schema The field's schema, without reference.
 * @param context What it follows from.
 */
export function numberValue(schema: Schema, { name, key }: ValueContext): number {
  const least = typeof schema.exclusiveMinimum === "number" ? schema.exclusiveMinimum + 1 : schema.minimum;
  const most = typeof schema.exclusiveMaximum === "number" ? schema.exclusiveMaximum - 1 : schema.maximum;
  const usual = /timer|seconds|duration|timeout/i.test(name) ? 30 : /size|bytes/i.test(name) ? 48_000 : 10;
  const from = least ?? Math.min(1, most ?? 1);
  return integer(key, Math.ceil(from), Math.max(Math.ceil(from), Math.floor(Math.min(most ?? Infinity, from + usual))));
}

/**
 * Chooses one of a schema's allowed values; a healthy state is preferred.
 *
 * @param choices The allowed values.
 * @param key What the choice follows from.
 */
export function enumValue(choices: readonly Json[], key: string): Json {
  const healthy = choices.find((choice) => typeof choice === "string" && PREFERRED.includes(choice));
  return healthy ?? choices[hash(key) % Math.max(1, choices.length)] ?? null;
}
