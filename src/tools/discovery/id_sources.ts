/**
 * Finds the tools that supply the identifiers which a tool takes.
 *
 * @module
 */

import { argumentsOf } from "../../collection/arguments.ts";
import type { Endpoint, Schema } from "../../collection/endpoint.ts";
import { resolveSchema } from "../../collection/resolve.ts";
import { ID_KINDS, kindsInside, kindsOf } from "../../webex/ids/id_kinds.ts";
import { WEBEX_HOSTS } from "../../webex/requests/hosts.ts";
import type { InputSchema, PlainSchema } from "../definitions/input_schema.ts";
import { SOURCE_RULES } from "./id_source_rules.ts";

/** A place in the arguments that takes an identifier. */
interface IdPlace {
  /** For example `agents[].id`. */
  readonly place: string;
  readonly name: string;
  /** The name of what it is a member of. */
  readonly parent: string;
  readonly in: "path" | "query" | "header" | "field" | "body";
}

/** The reads of a selection. */
interface Reads {
  /** By path, with all parameters named alike. */
  readonly byPath: ReadonlyMap<string, readonly Endpoint[]>;
  /** Lists by the last word of their path, in lower case and without plural. */
  readonly byNoun: ReadonlyMap<string, readonly Endpoint[]>;
}

/** More than the best few would only cost. */
const MAX_SOURCES = 3;
/** Nested places per tool; a schema of a further collection can have thousands. */
const MAX_PLACES = 100;
const MAX_DEPTH = 12;
/** How deep in an answer the objects of a list may lie. */
const ANSWER_DEPTH = 4;

const ID_REGEXP = /^ids?$|[a-z0-9](Id|ID)s?\d?$/;
/** Names that the rules and the kinds speak of; the rest needs no search there. */
const RULED_REGEXP =
  /ids?\d?$|(numbers?|agents|members|elements|licenses|queues\w*|extensions|originators|targets|value)$/i;
const PARAMETER_REGEXP = /\{[^}]*\}/g;
const WEBEX_ORIGINS: ReadonlySet<string> = new Set(WEBEX_HOSTS.map((host) => `https://${host}`));

const indices = new WeakMap<readonly Endpoint[], Reads>();

/** The names of path parameters differ between endpoints of the same path, and some paths end in a slash. */
function keyOf(path: string): string {
  return path.replace(PARAMETER_REGEXP, "{}").replace(/\/+$/, "");
}

function nounOf(word: string): string {
  return word.toLowerCase().replace(/ies$/, "y").replace(/s$/, "");
}

function indexOf(endpoints: readonly Endpoint[]): Reads {
  let index = indices.get(endpoints);
  if (index === undefined) {
    const reads = endpoints.filter(({ method, facts }) => method === "GET" && facts.kind === "read")
      .toSorted((a, b) => Number(a.deprecated) - Number(b.deprecated));
    const lists = reads.filter(({ facts }) => facts.list !== undefined);
    index = {
      byPath: Map.groupBy(reads, ({ path }) => keyOf(path)),
      byNoun: Map.groupBy(lists, ({ path }) => nounOf(path.split("/").at(-1) ?? "")),
    };
    indices.set(endpoints, index);
  }
  return index;
}

/** Webex has several hosts, and the same identifiers on all of them; another API has its own. */
function serviceOf({ server }: Endpoint): string {
  const origin = server === undefined || !URL.canParse(server) ? undefined : new URL(server).origin;
  return origin === undefined || WEBEX_ORIGINS.has(origin) ? "webex" : origin;
}

function holdsList(schema: Schema, schemas: Endpoint["schemas"], depth: number, seen: Set<Schema>): boolean {
  const own = resolveSchema(schema, schemas);
  if (own.items !== undefined) return true;
  if (depth === 0 || seen.has(own)) return false;
  seen.add(own);
  const parts = [...Object.values(own.properties ?? {}), ...own.allOf ?? [], ...own.oneOf ?? [], ...own.anyOf ?? []];
  return parts.some((part) => holdsList(part, schemas, depth - 1, seen));
}

/** Identifiers can be taken from an answer that has a list of something. */
function supplies(read: Endpoint): boolean {
  if (read.facts.list !== undefined) return true;
  const schemas = Object.entries(read.responses).flatMap(([status, { schema }]) =>
    status.startsWith("2") && schema !== undefined ? [schema] : []
  );
  return schemas.some((schema) => holdsList(schema, read.schemas, ANSWER_DEPTH, new Set()));
}

/** A path and what it is a part of, the closest first. */
function ancestors(path: string): string[] {
  const segments = path.split("/");
  return segments.map((_, index) => segments.slice(0, segments.length - index).join("/")).filter((one) => one !== "");
}

/** What lies above the object that a path parameter names, as paths: its list, the organization's list, its holder. */
function listsAbove(path: string, name: string): string[] {
  const end = path.indexOf(`/{${name}}`);
  const list = keyOf(path.slice(0, end));
  const whole = list.replace(/\/\{\}$/, "");
  const holder = whole.slice(0, whole.lastIndexOf("/"));
  return [list, list.replace("/locations/{}/", "/"), whole, whole.replace("/locations/{}/", "/"), holder];
}

/** The settings that a person or a workspace has are below two paths. */
function twinOf(path: string): string {
  return path.replace(/^\/(people|workspaces)\/\{\}\/features\//, "/telephony/config/$1/{}/")
    .replace(/^\/(people|workspaces)(\/|$)/, "/telephony/config/$1$2");
}

/** Finds the sources for the places of one endpoint. */
class Search {
  readonly #service: string;

  constructor(readonly endpoint: Endpoint, readonly reads: Reads) {
    this.#service = serviceOf(endpoint);
  }

  find(at: IdPlace): readonly Endpoint[] {
    const { endpoint: { method, path } } = this;
    if (this.#service === "webex") {
      const rule = SOURCE_RULES.find((candidate) => candidate.at.test(`${at.place} ${method} ${path}`));
      const ruled = rule?.from.flatMap((source) => this.#ruled(source)) ?? [];
      if (rule !== undefined && (ruled.length > 0 || rule.from.length === 0)) return ruled;
      const kinds = RULED_REGEXP.test(at.name) ? this.#ofKinds(at) : [];
      if (kinds.length > 0) return kinds;
    }
    if (at.in === "path") return this.#above(at);
    return isIdName(at.name) ? this.#elsewhere(at) : [];
  }

  #at(path: string): Endpoint[] {
    const found = this.reads.byPath.get(path)?.find((read) => serviceOf(read) === this.#service);
    return found === undefined ? [] : [found];
  }

  #ruled(source: string): Endpoint[] {
    if (!source.startsWith("./")) return this.#at(source);
    const own = keyOf(this.endpoint.path);
    const paths = [own, twinOf(own)].flatMap(ancestors).filter((path) => path.split("/").length > 2);
    return paths.map((path) => this.#at(path + source.slice(1))).find((found) => found.length > 0) ?? [];
  }

  #ofKinds({ name, parent, in: place }: IdPlace): Endpoint[] {
    const kinds = parent === "" && place !== "body" ? kindsOf(this.endpoint, name) : kindsInside(name, parent);
    return (kinds ?? []).flatMap((kind) => {
      const source = ID_KINDS[kind]?.source;
      return source === undefined ? [] : this.#at(source.slice("GET ".length));
    });
  }

  #above(at: IdPlace): Endpoint[] {
    const paths = listsAbove(this.endpoint.path, at.name);
    const found = paths.flatMap((path) => this.#at(path)).filter(supplies);
    return found.length > 0 ? found.slice(0, 1) : this.#byNoun(at.name);
  }

  /** A list that is named like the object, or the read of what the write changes: it shows the objects of today. */
  #elsewhere(at: IdPlace): Endpoint[] {
    const noun = /^ids?$/i.test(at.name) ? at.parent : at.name;
    const named = this.#byNoun(noun);
    return named.length > 0 ? named : this.#at(keyOf(this.endpoint.path)).filter(supplies);
  }

  #byNoun(name: string): Endpoint[] {
    const noun = nounOf(name.replace(/(Id|ID)s?\d?$/, ""));
    const known = new Set(argumentsOf(this.endpoint).map((argument) => argument.name));
    const strange = ({ parameters }: Endpoint) =>
      parameters.filter((parameter) => parameter.in === "path" && !known.has(parameter.name)).length;
    const lists = (this.reads.byNoun.get(noun) ?? []).filter((read) => serviceOf(read) === this.#service);
    return lists.toSorted((a, b) => strange(a) - strange(b) || a.path.length - b.path.length).slice(0, 1);
  }
}

/** Identifiers are texts, rarely numbers; an array of them is one place. */
function isScalar({ type, items, enum: values }: PlainSchema): boolean {
  if (values !== undefined) return false;
  const types = [type ?? "string"].flat();
  if (types.includes("array") && items !== undefined) return isScalar(items);
  return types.some((one) => one === "string" || one === "integer" || one === "number");
}

function* nested(schema: PlainSchema, place: string, parent: string, at: IdPlace["in"], depth = 0): Generator<IdPlace> {
  if (depth > MAX_DEPTH) return;
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const inner = place === "" ? name : `${place}.${name}`;
    if (isScalar(member)) yield { place: inner, name, parent, in: at };
    else yield* nested(member, inner, name, at, depth + 1);
  }
  if (schema.items !== undefined) yield* nested(schema.items, `${place}[]`, parent, at, depth + 1);
  for (const choice of schema.anyOf ?? []) yield* nested(choice, place, parent, at, depth + 1);
}

/** Every place that takes a text or a number. */
function* placesOf(endpoint: Endpoint, schema: InputSchema): Generator<IdPlace> {
  for (const { name, key, place } of argumentsOf(endpoint)) {
    const member = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    if (member === undefined) continue;
    if (isScalar(member)) yield { place: name, name: key === "" ? name : key, parent: "", in: place };
    else yield* nested(member, name, name, place);
  }
}

/**
 * Tells whether a name is that of an identifier.
 *
 * @param name The name of an argument or member.
 */
export function isIdName(name: string): boolean {
  return ID_REGEXP.test(name);
}

/**
 * Finds for each identifier among a tool's arguments the tools that supply it.
 *
 * @param endpoint The tool's endpoint.
 * @param schema Its input schema.
 * @param endpoints All endpoints that may be called; an index of them is kept as long as the array is.
 * @returns The tools' names by place, such as `agents[].id`, the best first; only places for which there is one.
 */
export function idSourcesOf(
  endpoint: Endpoint,
  schema: InputSchema,
  endpoints: readonly Endpoint[],
): Record<string, string[]> {
  const search = new Search(endpoint, indexOf(endpoints));
  const sources = new Map<string, string[]>();
  for (const at of placesOf(endpoint, schema)) {
    if (at.in !== "path" && !RULED_REGEXP.test(at.name)) continue;
    if (sources.size >= MAX_PLACES) break;
    const found = sources.has(at.place) ? [] : search.find(at).slice(0, MAX_SOURCES);
    if (found.length > 0) sources.set(at.place, [...new Set(found.map(({ tool }) => tool))]);
  }
  return Object.fromEntries(sources);
}
