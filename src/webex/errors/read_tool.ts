/**
 * Finds the read that tells whether a change was made.
 *
 * @module
 */

import { argumentsOf } from "../../collection/arguments.ts";
import type { Endpoint } from "../../collection/endpoint.ts";
import type { JsonObject } from "../../core/json.ts";

type Index = ReadonlyMap<string, Endpoint>;

const indices = new WeakMap<readonly Endpoint[], Index>();

/** The names of path parameters differ between endpoints of the same path, and some paths end in a slash. */
function keyOf(path: string): string {
  return path.replace(/\{[^}]*\}/g, "{}").replace(/\/+$/, "");
}

function indexOf(endpoints: readonly Endpoint[]): Index {
  let index = indices.get(endpoints);
  if (index === undefined) {
    const reads = endpoints.filter(({ method, facts }) => method === "GET" && facts.kind === "read");
    // The last of several wins: one that goes on being supported.
    const sorted = reads.toSorted((a, b) => Number(b.deprecated) - Number(a.deprecated));
    index = new Map(sorted.map((read) => [keyOf(read.path), read]));
    indices.set(endpoints, index);
  }
  return index;
}

/** No read shows a PIN. */
const SECRET_REGEXP = /\/(passcode|pin)$|\/resetPin\//i;
const CALLS_REGEXP = /^(\/telephony\/(calls|conference|voiceMessages)\/members\/[^/]+)\/[^/]+$/;

/** The same thing under another path: beside `/telephony/config/people/{}` there is `/people/{}/features`. */
function twins(path: string): string[] {
  return [
    `${path}s`,
    path.replace(/^\/telephony\/config\/(people|workspaces)\/\{\}\/(?:features\/)?/, "/$1/{}/features/"),
    path.replace(CALLS_REGEXP, "$1/$2"),
    // Of what each location has, there is a list for the whole organization.
    path.replace("/locations/{}/", "/"),
  ];
}

/** What a path is a part of, the closest first: up to the object above it, or up to the object's list. */
function holders(path: string): string[] {
  const segments = path.split("/");
  const found: string[] = [];
  for (let end = segments.length - 1; end > 1; end--) {
    found.push(segments.slice(0, end).join("/"));
    if (segments[end - 1] === "{}") break;
  }
  return found;
}

/** The paths whose reading can show the effect, the closest first. */
function candidates({ path }: Endpoint): string[] {
  const own = keyOf(path);
  if (SECRET_REGEXP.test(own)) return [own];
  const acted = own.replace(/\/actions(\/.*)?$/, "");
  return [own, acted, ...twins(acted), ...holders(acted)];
}

/**
 * Finds the endpoint whose answer shows what a write did.
 *
 * It is the GET of the same path; else of the object that an action belongs to, of the organization's list of such
 * objects, of the list that an object is in, or of what a setting is a part of.
 *
 * @param endpoint The write.
 * @param endpoints All endpoints; an index of them is kept as long as the array is.
 * @returns The read, or `undefined` where none is known.
 */
export function readToolFor(endpoint: Endpoint, endpoints: readonly Endpoint[]): Endpoint | undefined {
  const index = indexOf(endpoints);
  return candidates(endpoint).map((path) => index.get(path)).find((found) => found !== undefined);
}

/**
 * Finds the arguments that such a read shares with a call: ids in the path, and those that a list can be filtered by.
 *
 * @param from The call's arguments.
 * @param read The read.
 * @returns The read's arguments, as far as the call tells them.
 */
export function readArguments(from: JsonObject, read: Endpoint): JsonObject {
  const isId = (name: string) => /Id$/.test(name) && typeof from[name] === "string";
  const shared = argumentsOf(read).filter(({ name, place }) => place === "path" || (place === "query" && isId(name)));
  return Object.fromEntries(shared.flatMap(({ name }) => {
    const value = from[name];
    return value === undefined ? [] : [[name, value]];
  }));
}
