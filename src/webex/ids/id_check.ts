/**
 * Refuses identifiers of the wrong kind or organization before anything is sent.
 *
 * @module
 */

import { argumentsOf } from "../../collection/arguments.ts";
import type { Endpoint } from "../../collection/endpoint.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { kindOf } from "../../core/webex_id.ts";
import { ID_KINDS, kindsInside, kindsOf } from "./id_kinds.ts";
import { checkPin, type PinProblem } from "./pin.ts";

/** One identifier that cannot be right. */
export type IdProblem = PinProblem | WrongId;

/** One identifier of the wrong kind. */
export interface WrongId {
  readonly kind: "wrong_id";
  /** The argument, with the place in it: `numberList[0].locationId`. */
  readonly argument: string;
  /** What was given and what was expected. */
  readonly message: string;
  /** What was expected, in words: `a person's (PEOPLE)`. */
  readonly expected: string;
  /** Where such identifiers come from: one sentence. */
  readonly guidance: string;
}

/** What the check may know. */
export interface IdCheckOptions {
  /** The only organization that may be named: its id, encoded or bare. */
  readonly organization?: string | undefined;
  /** Finds the tool of an endpoint, `METHOD /path`; its name is used in advice. */
  readonly toolOf?: ((methodPath: string) => string | undefined) | undefined;
}

/** Deeper than any real body. */
const MAX_DEPTH = 12;

function words(kinds: readonly string[]): string {
  const each = kinds.map((type) => `${ID_KINDS[type]?.words ?? "an"} (${type})`);
  return each.length < 2 ? each.join("") : `${each.slice(0, -1).join(", ")} or ${each.at(-1)}`;
}

function sourceOf(kinds: readonly string[], argument: string, toolOf: IdCheckOptions["toolOf"]): string {
  const [first = ""] = kinds;
  const source = ID_KINDS[first]?.source;
  const where = source === undefined ? undefined : toolOf?.(source) ?? source;
  if (first === "JOB_ID") return "A job's id is in the answer that started the job.";
  if (where === undefined) return `List the objects that "${argument}" names again, and take the id from there.`;
  return first === "ORGANIZATION"
    ? `Leave "${argument}" out for the token's own organization; ${where} shows its id.`
    : `Take the id from ${where}.`;
}

function wrongKind(
  argument: string,
  value: string,
  kinds: readonly string[],
  toolOf: IdCheckOptions["toolOf"],
): WrongId | undefined {
  const type = kindOf(value);
  // A type that isn't known for certain may be another name for the right one.
  if (type === undefined || kinds.includes(type) || ID_KINDS[type] === undefined) return undefined;
  const expected = words(kinds);
  return {
    kind: "wrong_id",
    argument,
    message: `Argument "${argument}" is a ${type} id: expected ${expected}`,
    expected,
    guidance: sourceOf(kinds, argument, toolOf),
  };
}

/** The name that a place ends with: `agents` in `agents[0]`. */
function nameOf(argument: string): string {
  return /([^.[\]]*)(?:\[\d+\])*$/.exec(argument)?.[1] ?? "";
}

/** Looks at a value, and into it. */
function inspect(
  argument: string,
  value: Json | undefined,
  kinds: readonly string[] | undefined,
  toolOf: IdCheckOptions["toolOf"],
  depth = 0,
): WrongId[] {
  if (depth > MAX_DEPTH || value === undefined) return [];
  if (Array.isArray(value)) {
    return value.flatMap((member, index) => inspect(`${argument}[${index}]`, member, kinds, toolOf, depth + 1));
  }
  if (isJsonObject(value)) {
    const parent = nameOf(argument);
    return Object.entries(value).flatMap(([name, member]) =>
      inspect(`${argument}.${name}`, member, kindsInside(name, parent), toolOf, depth + 1)
    );
  }
  if (typeof value !== "string" || kinds === undefined) return [];
  return value.split(",").flatMap((part) => wrongKind(argument, part.trim(), kinds, toolOf) ?? []);
}

/**
 * Checks the identifiers among the arguments of a call.
 *
 * Only what is certain is refused: a value that doesn't tell its kind passes, and so does any value of an argument that
 * takes several kinds. Where an organization is pinned, undeclared arguments are looked at, too.
 *
 * @param endpoint What is called.
 * @param args The arguments.
 * @param options The pinned organization, and where tools' names come from.
 * @returns The problems, those with the organization first; none when all is well.
 */
export function checkIds(endpoint: Endpoint, args: JsonObject, options: IdCheckOptions = {}): readonly IdProblem[] {
  const { organization, toolOf } = options;
  const pin = organization === undefined ? [] : checkPin(endpoint, args, organization);
  const told = new Set(pin.map(({ argument }) => argument));
  const wrong = argumentsOf(endpoint).flatMap(({ name, key, place, file }) => {
    if (file || !Object.hasOwn(args, name)) return [];
    return inspect(name, args[name], place === "body" ? undefined : kindsOf(endpoint, key), toolOf);
  });
  return [...pin, ...wrong.filter(({ argument }) => !told.has(argument))];
}
