/**
 * The simulated organization as the handlers of requests see it.
 *
 * @module
 */

import type { Endpoint, Schema } from "../collection/endpoint.ts";
import type { Clock } from "../core/clock.ts";
import type { Json, JsonObject } from "../core/json.ts";
import { notFound } from "./answer.ts";
import { type Cast, kindOfIdField } from "./cast.ts";
import type { Face } from "./face.ts";
import { isWellFormedId, makeId, normalId } from "./ids.ts";
import type { NumberPool } from "./number_pool.ts";
import type { CollectionPlan, Plan, Plans } from "./resources.ts";
import { ROLE_KINDS, roleHolders } from "./roles.ts";
import type { Place, Shaper } from "./shape.ts";
import type { Item, Store } from "./store.ts";

/** The organization. */
export interface World {
  readonly store: Store;
  readonly cast: Cast;
  readonly shaper: Shaper;
  readonly plans: Plans;
  readonly clock: Clock;
  readonly numbers: NumberPool;
  /** The person that the token belongs to. */
  readonly me: Item;
  /** Kinds that are known completely: an unknown identifier of such a kind is not found. */
  readonly complete: ReadonlySet<string>;
  /** How often a job is polled until it is complete. */
  readonly jobPolls: number;
}

/** One request that passed all checks. */
export interface Call {
  readonly world: World;
  readonly endpoint: Endpoint;
  readonly plan: Plan;
  readonly params: Readonly<Record<string, string>>;
  readonly url: URL;
  readonly body: Json | undefined;
  /** The segments of the canonical path, with identifiers in normal form. */
  readonly segments: readonly string[];
  /** Counts requests; new identifiers follow from it. */
  readonly serial: number;
}

const AUTO_ITEMS = 2;

/**
 * Writes the canonical path of a request.
 *
 * @param template The canonical template.
 * @param params The path values.
 * @returns Its segments.
 */
export function segmentsOf(template: string, params: Readonly<Record<string, string>>): string[] {
  return template.split("/").slice(1).map((segment) => {
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    return name === undefined ? segment : normalId(params[name] ?? "");
  });
}

/** Joins segments to the path under which the store keeps things. */
export function pathOf(segments: readonly string[]): string {
  return `/${segments.join("/")}`;
}

/** Names the kinds of objects as a person would: `callParks` becomes `Call Park`. */
export function titleOf(kind: string): string {
  const words = kind.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/ies$/, "y").replace(/s$/, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isBelowCreated(world: World, segments: readonly string[]): boolean {
  return segments.some((segment) => world.store.byId(segment)?.created === true);
}

/**
 * Fills a collection when it is first used: below an object that was there from the start there are a few objects of
 * each kind, below a new one there are none.
 *
 * @param world The organization.
 * @param plan The collection.
 * @param segments The segments of its concrete path.
 * @returns The collection's path.
 */
export function openCollection(world: World, plan: CollectionPlan, segments: readonly string[]): string {
  const path = pathOf(segments);
  if (world.store.has(path)) return path;
  world.store.open(path);
  if (world.complete.has(plan.kind) || plan.kind === "jobs" || isBelowCreated(world, segments)) return path;
  if (ROLE_KINDS.has(plan.kind)) {
    for (const { id, doc } of roleHolders(world.store, plan.kind)) addItem(world, plan, path, id, doc);
    return path;
  }
  for (let index = 1; index <= AUTO_ITEMS; index++) {
    const type = plan.types[(index - 1) % Math.max(1, plan.types.length)];
    addItem(world, plan, path, makeId(plan.kind, `${path}#${index}`), {
      name: `${titleOf(plan.kind)} ${index}`,
      ...(type ? { type } : {}),
    });
  }
  return path;
}

function addItem(world: World, plan: CollectionPlan, path: string, id: string, doc: JsonObject): Item {
  return world.store.add(path, plan.kind, id, doc);
}

/**
 * Finds an object, or makes it up: an identifier that is well-formed and of a kind nobody has listed stands for an
 * object that was there all along.
 *
 * @param world The organization.
 * @param plan The object's collection.
 * @param segments The segments of the object's path, its identifier last.
 * @returns The object.
 * @throws {Refusal} 404 if it doesn't exist.
 */
export function findItem(world: World, plan: CollectionPlan, segments: readonly string[]): Item {
  const id = segments.at(-1) ?? "";
  const type = plan.typeParam === undefined ? undefined : segments.at(-2);
  const path = openCollection(world, plan, segments.slice(0, type === undefined ? -1 : -2));
  const found = world.store.item(path, id);
  const missing = notFound(titleOf(plan.kind));
  if (found !== undefined) {
    if (type !== undefined && found.doc.type !== undefined && found.doc.type !== type) throw missing;
    return found;
  }
  const other = world.store.byId(id);
  const isElsewhere = other !== undefined && !(other.kind === "people" && ROLE_KINDS.has(plan.kind));
  const isKnown = world.complete.has(plan.kind) || plan.kind === "jobs" || isElsewhere;
  if (isKnown || !isWellFormedId(id) || world.store.isDeleted(path, id) || isBelowCreated(world, segments)) {
    throw missing;
  }
  const name = ROLE_KINDS.has(plan.kind) ? {} : { name: titleOf(plan.kind) };
  return addItem(world, plan, path, id, { ...name, ...(type === undefined ? {} : { type }) });
}

/**
 * Collects the objects that a request's path goes through.
 *
 * @param call The request.
 * @returns Their faces by kind; `people` can also be the workspace or virtual line that takes a person's place.
 * @throws {Refusal} 404 if one of them doesn't exist.
 */
export function scopeOf(call: Call): Record<string, Face> {
  const { world, plan, params, segments } = call;
  const scope: Record<string, Face> = {};
  for (const { plan: parent, depth } of plan.parents) {
    const item = findItem(world, parent, segments.slice(0, depth));
    scope[item.kind] = world.store.face(item);
  }
  for (const [name, value] of Object.entries(params)) {
    if (!/id$/i.test(name)) continue;
    const item = world.store.byId(value);
    const kind = kindOfIdField(name);
    if (item === undefined && (!isWellFormedId(value) || (kind !== undefined && world.complete.has(kind)))) {
      throw notFound(titleOf(kind ?? name.replace(/Id$/, "")));
    }
    if (item !== undefined) scope[item.kind] ??= world.store.face(item);
  }
  if (/\/me(\/|$)/.test(plan.template)) scope.people ??= world.store.face(world.me);
  const line = scope.people ?? scope.workspaces ?? scope.virtualLines;
  const home = line === undefined ? undefined : world.cast.known(String(line.locationId ?? ""));
  if (home !== undefined) scope.locations ??= home;
  return scope;
}

/**
 * Makes the place of an answer's root.
 *
 * @param call The request.
 * @param scope The objects on its path.
 * @param facts What inventions follow from, the name of the thing, and whether to invent only what is required.
 */
export function placeOf(
  call: Call,
  scope: Readonly<Record<string, Face>>,
  facts: { key: string; name: string; lean?: boolean },
): Place {
  const person = scope.people ?? scope.workspaces ?? scope.virtualLines;
  const schemas: Readonly<Record<string, Schema>> = call.endpoint.schemas;
  return {
    ...facts,
    lean: facts.lean ?? false,
    holder: facts.name,
    schemas,
    scope,
    depth: 0,
    ...(person === undefined ? {} : { person }),
  };
}
