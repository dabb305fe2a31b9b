/**
 * Refuses identifiers of the wrong kind or organization before anything is sent.
 *
 * @module
 */

import { argumentsOf } from "../../collection/arguments.ts";
import type { Endpoint } from "../../collection/endpoint.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { decodeId, isSameId, kindOf, uuidOf } from "./id.ts";
import { ID_KINDS, kindsInside, kindsOf } from "./id_kinds.ts";

/** One identifier that cannot be right. */
export interface IdProblem {
  readonly kind: "wrong_id" | "wrong_organization";
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

const ORGANIZATION_REGEXP = /^(orgId|organizationId|onBehalfOfSubPartnerOrgId)$/i;
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
): IdProblem | undefined {
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

/** The organization in a workspace location's id, `<uuid>#<number>`, however that is encoded. */
function organizationOfPlace(value: string): string | undefined {
  const forms = [value, decodeId(value)?.value ?? ""];
  try {
    forms.push(atob(value.replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    // It isn't base64, so the other forms are all there are.
  }
  return forms.map((form) => /([0-9a-f-]{36})#\d+$/i.exec(form)?.[1]).find((found) => found !== undefined);
}

function wrongOrganization(argument: string, value: string, organization: string): IdProblem | undefined {
  const [name = ""] = argument.split(/[.[]/).slice(-1);
  const owner = /^workspaceLocationId$/i.test(name)
    ? organizationOfPlace(value)
    : ORGANIZATION_REGEXP.test(name)
    ? value
    : undefined;
  if (owner === undefined || owner.trim() === "" || isSameId(owner, organization)) return undefined;
  const [given, pinned] = [uuidOf(owner), uuidOf(organization)];
  if (given !== undefined && given === pinned) return undefined;
  return {
    kind: "wrong_organization",
    argument,
    message: `Argument "${argument}" names another organization: expected the one that is pinned`,
    expected: "the pinned organization's id",
    guidance: `Leave "${argument}" out, or use a profile that is for that organization.`,
  };
}

/** Looks at a value, and into it. */
function inspect(
  argument: string,
  value: Json | undefined,
  kinds: readonly string[] | undefined,
  options: IdCheckOptions,
  depth = 0,
): IdProblem[] {
  if (depth > MAX_DEPTH || value === undefined) return [];
  if (Array.isArray(value)) {
    return value.flatMap((member, index) => inspect(`${argument}[${index}]`, member, kinds, options, depth + 1));
  }
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([name, member]) =>
      inspect(`${argument}.${name}`, member, kindsInside(name), options, depth + 1)
    );
  }
  if (typeof value !== "string") return [];
  return value.split(",").map((part) => part.trim()).flatMap((part) => {
    const wrong = (kinds === undefined ? undefined : wrongKind(argument, part, kinds, options.toolOf)) ??
      (options.organization === undefined ? undefined : wrongOrganization(argument, part, options.organization));
    return wrong === undefined ? [] : [wrong];
  });
}

/**
 * Checks the identifiers among the arguments of a call.
 *
 * Only what is certain is refused: a value that doesn't tell its kind passes, and so does any value of an argument that
 * takes several kinds.
 *
 * @param endpoint What is called.
 * @param args The arguments.
 * @param options The pinned organization, and where tools' names come from.
 * @returns The problems, in the order of the endpoint's arguments; none when all is well.
 */
export function checkIds(endpoint: Endpoint, args: JsonObject, options: IdCheckOptions = {}): readonly IdProblem[] {
  return argumentsOf(endpoint).flatMap(({ name, key, place, file }) => {
    if (file) return [];
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    return inspect(name, value, place === "body" ? undefined : kindsOf(endpoint, key), options);
  });
}
