/**
 * What a caller can ask of the server itself, beside the arguments of an operation: fields, all pages, a number of items.
 *
 * @module
 */

import { argumentsOf } from "../collection/arguments.ts";
import type { Endpoint } from "../collection/endpoint.ts";
import { RefusedError } from "../core/errors.ts";
import type { Json, JsonObject } from "../core/json.ts";
import type { PlainSchema } from "./definitions/input_schema.ts";

/** What was asked for. */
export interface CallOptions {
  /** A JMESPath expression that is applied to the body. */
  readonly fields?: string;
  /** Read all pages of a list. */
  readonly allPages: boolean;
  /** Read pages until there are this many items. */
  readonly maxItems?: number;
}

/** The options' names and schemas; terse, since hundreds of tools carry them. */
export const OPTION_SCHEMAS = {
  fields: { type: "string", description: "JMESPath of the body" },
  all_pages: { type: "boolean", description: "Read all pages" },
  max_items: { type: "integer", minimum: 1, description: "Read pages up to this many" },
} as const satisfies Record<string, PlainSchema>;

type OptionName = keyof typeof OPTION_SCHEMAS;

const MAX_ITEMS = 200_000;

/**
 * Names the options that a tool offers: what its result has a use for, unless the operation has an argument of that name.
 *
 * @param endpoint The tool's endpoint.
 * @returns Schemas by name; every tool takes `fields`, and only lists show it.
 */
export function listedOptions(endpoint: Endpoint): Record<string, PlainSchema> {
  const { list, paging, kind } = endpoint.facts;
  if (kind !== "read" || list === undefined) return {};
  const names: OptionName[] = paging === undefined ? ["fields"] : ["fields", "all_pages", "max_items"];
  const own = new Set(argumentsOf(endpoint).map(({ name }) => name));
  return Object.fromEntries(names.filter((name) => !own.has(name)).map((name) => [name, { ...OPTION_SCHEMAS[name] }]));
}

function refuse(name: OptionName, value: Json, expected: string): never {
  throw new RefusedError(`Argument "${name}" is ${JSON.stringify(value).slice(0, 80)}: expected ${expected}`, {
    code: "invalid_argument",
    details: [{ kind: "invalid", argument: name, expected }],
    guidance: `Pass "${name}" as ${expected}, or leave it out.`,
  });
}

function readBoolean(value: Json): boolean {
  if (typeof value === "boolean") return value;
  return value === "true" || (value !== "false" && refuse("all_pages", value, "true or false"));
}

function readCount(value: Json): number {
  const number = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number) && number >= 1 && number <= MAX_ITEMS) return number;
  return refuse("max_items", value, `a whole number from 1 to ${MAX_ITEMS}`);
}

/**
 * Parts the options from the arguments of the operation.
 *
 * @param own The names of the operation's own arguments; an option of such a name is the operation's.
 * @param args All arguments.
 * @returns The options, and the arguments without them.
 * @throws {RefusedError} If an option has the wrong type.
 */
export function splitOptions(own: ReadonlySet<string>, args: JsonObject): { options: CallOptions; rest: JsonObject } {
  const taken = (name: OptionName): Json | undefined => own.has(name) ? undefined : args[name];
  const [fields, allPages, maxItems] = [taken("fields"), taken("all_pages"), taken("max_items")];
  if (fields !== undefined && typeof fields !== "string") refuse("fields", fields, "a JMESPath expression as text");
  const isOption = (name: string): boolean => Object.hasOwn(OPTION_SCHEMAS, name) && !own.has(name);
  return {
    options: {
      ...(fields === undefined || fields.trim() === "" ? {} : { fields }),
      allPages: allPages === undefined ? false : readBoolean(allPages),
      ...(maxItems === undefined ? {} : { maxItems: readCount(maxItems) }),
    },
    rest: Object.fromEntries(Object.entries(args).filter(([name]) => !isOption(name))),
  };
}

/**
 * Parts the options from the arguments of an endpoint's call.
 *
 * @param endpoint The endpoint.
 * @param args All arguments.
 * @returns The options, and the arguments without them.
 * @throws {RefusedError} If an option has the wrong type.
 */
export function optionsOf(endpoint: Endpoint, args: JsonObject): { options: CallOptions; rest: JsonObject } {
  return splitOptions(new Set(argumentsOf(endpoint).map(({ name }) => name)), args);
}
