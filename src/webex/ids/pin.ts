/**
 * Finds arguments that name another organization than the one that is pinned.
 *
 * Whatever can reach the request is looked at, declared or not, at any depth: an array or an object in the query becomes
 * parameters of its own there.
 *
 * @module
 */

import { argumentsOf } from "../../collection/arguments.ts";
import type { Endpoint } from "../../collection/endpoint.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { decodeId, uuidOf } from "../../core/webex_id.ts";

/** One argument that names, or may name, another organization. */
export interface PinProblem {
  readonly kind: "wrong_organization";
  /** The argument, with the place in it: `address.orgId`. */
  readonly argument: string;
  /** What is wrong with it. */
  readonly message: string;
  /** What was expected, in words. */
  readonly expected: string;
  /** What to do about it: one sentence. */
  readonly guidance: string;
}

/** With every letter small and everything but letters and digits left out; servers read `org_id[0]` as `orgId`, too. */
const NAME_REGEXP = /^(?:org|organi[sz]ation|onbehalfofsubpartnerorg)id\d*$/;
const PLACE_REGEXP = /^workspacelocationid$/;
const ORGANIZATION_TYPE = "ORGANIZATION";

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/**
 * Tells whether a name is one under which Webex takes an organization's id.
 *
 * @param name The name of an argument, of a body's member or of a query parameter.
 */
export function namesOrganization(name: string): boolean {
  return NAME_REGEXP.test(plain(name));
}

/**
 * Tells whether a value leaves the organization open: sent like this, Webex takes the token's own.
 *
 * @param value The value of an argument that names an organization.
 */
export function isOpen(value: Json | undefined): boolean {
  if (typeof value === "string") return value.trim() === "";
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/**
 * Tells whether a value is exactly one organization's id.
 *
 * @param value The value of an argument that names an organization.
 * @param organization The organization's id, encoded or bare.
 */
export function isOrganization(value: Json | undefined, organization: string): boolean {
  if (typeof value !== "string") return false;
  const [given, wanted] = [value.trim(), organization.trim()];
  const type = decodeId(given)?.type ?? ORGANIZATION_TYPE;
  const uuid = uuidOf(given);
  return given === wanted || (type === ORGANIZATION_TYPE && uuid !== undefined && uuid === uuidOf(wanted));
}

function foreign(argument: string): PinProblem {
  return {
    kind: "wrong_organization",
    argument,
    message: `Argument "${argument}" names another organization: expected the one that is pinned`,
    expected: "the pinned organization's id",
    guidance: `Leave "${argument}" out, or use a profile that is for that organization.`,
  };
}

function undeclared(argument: string): PinProblem {
  return {
    ...foreign(argument),
    message: `Argument "${argument}" cannot be sent: the tool has no such argument, and the organization is pinned`,
    guidance: `Leave "${argument}" out.`,
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

function isForeignPlace(value: Json, organization: string): boolean {
  if (Array.isArray(value)) return value.some((member) => isForeignPlace(member, organization));
  if (typeof value !== "string") return false;
  const owners = value.split(",").map((part) => organizationOfPlace(part.trim()));
  return owners.some((owner) => owner !== undefined && !isOrganization(owner, organization));
}

/** A place in the arguments that is still to be looked at. */
interface Place {
  readonly argument: string;
  /** The last name on the way there. */
  readonly name: string;
  readonly value: Json;
}

function inside({ argument, value }: Place): Place[] {
  if (Array.isArray(value)) {
    return value.map((member, index) => ({ argument: `${argument}[${index}]`, name: "", value: member }));
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).map(([name, member]) => ({ argument: `${argument}.${name}`, name, value: member }));
}

function problemAt({ argument, name, value }: Place, organization: string): PinProblem | undefined {
  const isForeign = namesOrganization(name)
    ? !isOpen(value) && !isOrganization(value, organization)
    : PLACE_REGEXP.test(plain(name)) && isForeignPlace(value, organization);
  return isForeign ? foreign(argument) : undefined;
}

/**
 * Finds the arguments that name another organization.
 *
 * @param endpoint What is called.
 * @param args All arguments, undeclared ones too.
 * @param organization The pinned organization's id, encoded or bare.
 * @returns The problems; none where every named organization is the pinned one. What leaves it open is no problem.
 */
export function checkPin(endpoint: Endpoint, args: JsonObject, organization: string): readonly PinProblem[] {
  const declared = new Map(argumentsOf(endpoint).map(({ name, key }) => [name, key === "" ? name : key]));
  const given = Object.entries(args);
  const strays = given.filter(([name, value]) => namesOrganization(name) && !declared.has(name) && !isOpen(value));
  const problems = strays.map(([name]) => undeclared(name));
  const stray = new Set(strays.map(([name]) => name));
  const places = given.filter(([name]) => !stray.has(name)).toReversed()
    .map(([name, value]): Place => ({ argument: name, name: declared.get(name) ?? name, value }));
  // No recursion: how deep arguments are is up to the caller.
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const problem = problemAt(place, organization);
    if (problem !== undefined) problems.push(problem);
    else for (const inner of inside(place).toReversed()) places.push(inner);
  }
  return problems;
}
