/**
 * Finds the reads that tell what the ids of a change mean: whose setting it is, at which location it happens.
 *
 * @module
 */

import { argumentsOf, objectMembers } from "../../collection/arguments.ts";
import type { Endpoint } from "../../collection/endpoint.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { kindOf } from "../../core/webex_id.ts";
import { ID_KINDS, kindsInside, kindsOf } from "../../webex/ids/id_kinds.ts";
import { nameText } from "./written_value.ts";

/** A read of an object that an id means. */
export interface NamedId {
  /** What it is called in the call, in words: `Location`, `Target location`. */
  readonly label: string;
  readonly read: Endpoint;
  readonly args: JsonObject;
  /** The id stands in the path: the change is made to something of this object. */
  readonly inPath: boolean;
}

/** An id of a call. */
interface GivenId {
  readonly name: string;
  readonly value: string;
  readonly kinds: readonly string[];
  /** Its object's path in the endpoint's own path, such as `/locations/{locationId}`. */
  readonly path?: string;
}

type Reads = ReadonlyMap<string, Endpoint>;

const indices = new WeakMap<readonly Endpoint[], Reads>();

const ID_REGEXP = /Id$/;
const ORGANIZATION_REGEXP = /org(?:anization)?Id$/i;
const MAX_DEPTH = 6;
/** More ids in a body than that are no hint at one object. */
const MAX_INSIDE = 500;
/** An answer with one of these tells what people call the object. */
const NAMES = ["displayName", "name", "label", "firstName"];

/**
 * Makes paths comparable: the names of their parameters differ between endpoints of the same path, and some end in a slash.
 *
 * @param path The path of an endpoint.
 * @returns The path with all parameters named alike.
 */
export function keyOf(path: string): string {
  return path.replace(/\{[^}]*\}/g, "{}").replace(/\/+$/, "");
}

function readsOf(endpoints: readonly Endpoint[]): Reads {
  let reads = indices.get(endpoints);
  if (reads === undefined) {
    const gets = endpoints.filter(({ method, facts }) => method === "GET" && facts.kind === "read");
    reads = new Map(gets.map((read) => [keyOf(read.path), read]));
    indices.set(endpoints, reads);
  }
  return reads;
}

/** `targetLocationId` → `Target location`. */
function labelOf(name: string): string {
  const words = name.replace(ID_REGEXP, "").replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[_-]+/g, " ").toLowerCase();
  return nameText(`${words.charAt(0).toUpperCase()}${words.slice(1)}`);
}

/**
 * Tells whether a path ends in an id, so that it is an object's own.
 *
 * @param path The path of an endpoint.
 */
export function endsInId(path: string): boolean {
  return /\}\/*$/.test(path);
}

/** Ids in the path, the closest to its end first; the object's own is read otherwise. */
function idsInPath(endpoint: Endpoint, args: JsonObject): GivenId[] {
  const { path } = endpoint;
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);
  const holders = endsInId(path) ? names.slice(0, -1) : names;
  const byKey = new Map(
    argumentsOf(endpoint).filter(({ place }) => place === "path").map((one) => [one.key, one.name]),
  );
  return holders.reverse().flatMap((key) => {
    const name = byKey.get(key) ?? key;
    const value = args[name];
    if (!ID_REGEXP.test(key) || typeof value !== "string") return [];
    const end = path.indexOf(`{${key}}`) + key.length + 2;
    return [{ name: key, value, kinds: kindsOf(endpoint, name) ?? [], path: path.slice(0, end) }];
  });
}

function idsBeside(endpoint: Endpoint, args: JsonObject): GivenId[] {
  return argumentsOf(endpoint).flatMap(({ name, key, place }) => {
    const value = args[name];
    if (place === "path" || typeof value !== "string" || !ID_REGEXP.test(key)) return [];
    return [{ name: key, value, kinds: kindsOf(endpoint, name) ?? [] }];
  });
}

function* inside(value: Json, parent: string, depth = 0): Generator<GivenId> {
  if (depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const item of value) yield* inside(item, parent, depth + 1);
  } else if (isJsonObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === "string" && ID_REGEXP.test(name)) {
        yield { name, value: member, kinds: kindsInside(name, parent) ?? [] };
      } else yield* inside(member, name, depth + 1);
    }
  }
}

/** Ids deep in a body; of several by one name none is named, since the question would hide the others. */
function idsInside(endpoint: Endpoint, args: JsonObject): GivenId[] {
  const found = new Map<string, GivenId[]>();
  let count = 0;
  for (const { name, place } of argumentsOf(endpoint)) {
    const value = args[name];
    if ((place !== "field" && place !== "body") || typeof value !== "object") continue;
    for (const id of inside(value, name)) {
      if (++count > MAX_INSIDE) return [];
      found.set(id.name, [...found.get(id.name) ?? [], id]);
    }
  }
  return [...found.values()].flatMap(([first, ...more]) =>
    first !== undefined && more.every(({ value }) => value === first.value) ? [first] : []
  );
}

/** Of several kinds that a place takes, the id itself may tell which it is. */
function kindIn({ kinds, value }: GivenId): string | undefined {
  const own = kindOf(value);
  if (own !== undefined && kinds.includes(own)) return own;
  return kinds.length === 1 ? kinds[0] : undefined;
}

function withOrganization(read: Endpoint, own: JsonObject, { orgId }: JsonObject): JsonObject {
  const takes = argumentsOf(read).some(({ name, place }) => name === "orgId" && place === "query");
  return takes && typeof orgId === "string" ? { ...own, orgId } : own;
}

/** Parameters of one path have several names, so values go by their place. */
function argumentsFor(read: Endpoint, values: readonly string[], args: JsonObject): JsonObject | undefined {
  const keys = [...read.path.matchAll(/\{([^}]*)\}/g)].map(([, key]) => key);
  const known = argumentsOf(read);
  const names = keys.map((key) => known.find((one) => one.place === "path" && one.key === key)?.name);
  const own = Object.fromEntries(names.flatMap((name, index) => {
    const value = values[index];
    return name === undefined || value === undefined ? [] : [[name, value]];
  }));
  const isComplete = known.every(({ name, required }) => !required || own[name] !== undefined);
  return isComplete ? withOrganization(read, own, args) : undefined;
}

function tellsName({ responses, schemas }: Endpoint): boolean {
  const { schema } = responses["200"] ?? {};
  const members = schema === undefined ? undefined : objectMembers(schema, schemas)?.properties;
  return members === undefined || NAMES.some((name) => Object.hasOwn(members, name));
}

class Search {
  constructor(readonly endpoint: Endpoint, readonly args: JsonObject, readonly reads: Reads) {}

  find(id: GivenId): NamedId | undefined {
    return this.#above(id) ?? this.#ofKind(id);
  }

  #named(id: GivenId, read: Endpoint | undefined, values: readonly string[]): NamedId | undefined {
    if (read === undefined) return undefined;
    const args = argumentsFor(read, values, this.args);
    return args === undefined ? undefined : { label: labelOf(id.name), read, args, inPath: id.path !== undefined };
  }

  /** The object as the same part of the interface shows it: whoever may change something of it may mostly read it. */
  #above(id: GivenId): NamedId | undefined {
    const { path } = id;
    const read = path === undefined ? undefined : this.reads.get(keyOf(path));
    if (path === undefined || read === undefined || !tellsName(read)) return undefined;
    const names = argumentsOf(this.endpoint).filter(({ place, key }) => place === "path" && path.includes(`{${key}}`));
    const order = names.toSorted((a, b) => path.indexOf(`{${a.key}}`) - path.indexOf(`{${b.key}}`));
    return this.#named(id, read, order.map(({ name }) => String(this.args[name])));
  }

  #ofKind(id: GivenId): NamedId | undefined {
    const source = ID_KINDS[kindIn(id) ?? ""]?.source;
    const read = source === undefined ? undefined : this.reads.get(`${source.slice("GET ".length)}/{}`);
    return this.#named(id, read, [id.value]);
  }
}

/**
 * Finds the objects that the ids of a change mean, but for the object that is changed.
 *
 * @param endpoint The change.
 * @param args Its arguments.
 * @param endpoints All endpoints of its collection; an index of them is kept as long as the array is.
 * @returns Their reads: of ids in the path the closest to its end first, then of those beside it, then of those in the body.
 */
export function namedIdsOf(endpoint: Endpoint, args: JsonObject, endpoints: readonly Endpoint[]): NamedId[] {
  const search = new Search(endpoint, args, readsOf(endpoints));
  const ids = [...idsInPath(endpoint, args), ...idsBeside(endpoint, args), ...idsInside(endpoint, args)];
  return ids.filter(({ name }) => !ORGANIZATION_REGEXP.test(name))
    .flatMap((id) => search.find(id) ?? []);
}
