/**
 * What the simulated organization remembers: collections of objects, and documents such as settings.
 *
 * @module
 */

import type { JsonObject } from "../core/json.ts";
import { type Face, faceOf, part, text } from "./face.ts";
import { normalId } from "./ids.ts";

/** One object of a collection. */
export interface Item {
  readonly id: string;
  /** The last literal segment of the collection's path. */
  readonly kind: string;
  /** The concrete path of the collection. */
  readonly collection: string;
  /** Made by a request, so that nothing below it exists from the start. */
  readonly created: boolean;
  readonly doc: JsonObject;
}

const LOCATION_PATH_REGEXP = /^\/locations\/([^/]+)/;

/**
 * Lays members over others: objects are merged, everything else is replaced.
 *
 * @param onto What is there; changed in place.
 * @param from What comes.
 * @returns `onto`.
 */
export function merge(onto: JsonObject, from: JsonObject): JsonObject {
  for (const [name, value] of Object.entries(from)) {
    if (name === "__proto__") continue;
    const mine = part(onto, name);
    const theirs = part(from, name);
    onto[name] = mine !== undefined && theirs !== undefined ? merge({ ...mine }, theirs) : value;
  }
  return onto;
}

/** Everything that requests can change. */
export class Store {
  readonly #collections = new Map<string, Map<string, Item>>();
  readonly #byId = new Map<string, Item>();
  readonly #byKind = new Map<string, Map<string, Item>>();
  readonly #documents = new Map<string, JsonObject>();
  readonly #deleted = new Set<string>();
  #version = 0;

  /** Tells whether a collection has been filled, if only with nothing. */
  has(collection: string): boolean {
    return this.#collections.has(collection);
  }

  /** The objects of a collection, oldest first. */
  items(collection: string): Item[] {
    return [...this.#open(collection).values()];
  }

  /** The objects of a kind, wherever they are, oldest first. */
  ofKind(kind: string): Item[] {
    return [...this.#byKind.get(kind)?.values() ?? []];
  }

  /** Finds an object anywhere. */
  byId(id: string): Item | undefined {
    return this.#byId.get(normalId(id));
  }

  /** Finds an object in a collection. */
  item(collection: string, id: string): Item | undefined {
    return this.#collections.get(collection)?.get(normalId(id));
  }

  /** Tells whether an object was there once. */
  isDeleted(collection: string, id: string): boolean {
    return this.#deleted.has(`${collection}/${normalId(id)}`);
  }

  /** Adds an object; its document gets the identifier as `id`. */
  add(collection: string, kind: string, id: string, doc: JsonObject, created = false): Item {
    const item: Item = { id: normalId(id), kind, collection, created, doc: { ...doc, id } };
    this.#open(collection).set(item.id, item);
    // People keep their identifiers in other roles; the identifier goes on meaning the person.
    if (!this.#byId.has(item.id)) this.#byId.set(item.id, item);
    let kin = this.#byKind.get(kind);
    if (kin === undefined) this.#byKind.set(kind, kin = new Map());
    kin.set(`${collection}/${item.id}`, item);
    this.#version++;
    this.#deleted.delete(`${collection}/${item.id}`);
    return item;
  }

  /** Lays members over an object; its identifier stays. */
  change(item: Item, members: JsonObject): void {
    merge(item.doc, members);
    item.doc.id = item.id;
    this.#version++;
  }

  /** Grows with every change of an object. */
  get version(): number {
    return this.#version;
  }

  /** Removes an object with everything below it. */
  remove(item: Item): void {
    this.#version++;
    const path = `${item.collection}/${item.id}`;
    this.#collections.get(item.collection)?.delete(item.id);
    if (this.#byId.get(item.id) === item) this.#byId.delete(item.id);
    this.#byKind.get(item.kind)?.delete(path);
    this.#deleted.add(path);
    // A schedule's type stands between its collection and its identifier.
    const isBelow = (name: string) => name.startsWith(`${item.collection}/`) && name.includes(`/${item.id}/`);
    for (const [name, items] of this.#collections) {
      if (isBelow(name)) { for (const child of items.values()) this.remove(child); }
    }
    for (const name of this.#documents.keys()) if (isBelow(name)) this.#documents.delete(name);
  }

  /** Makes sure that a collection counts as filled. */
  open(collection: string): void {
    this.#open(collection);
  }

  /** What was written to a path that is no object of a collection. */
  document(path: string): JsonObject | undefined {
    return this.#documents.get(path);
  }

  /** Lays members over a document. */
  write(path: string, members: JsonObject): JsonObject {
    const doc = merge(this.#documents.get(path) ?? {}, members);
    this.#documents.set(path, doc);
    return doc;
  }

  /** Forgets a document. */
  forget(path: string): void {
    this.#documents.delete(path);
  }

  /** What others repeat of an object. */
  face(item: Item): Face {
    const named = text(item.doc, "locationId") ?? text(part(item.doc, "location"), "id");
    const id = named ?? LOCATION_PATH_REGEXP.exec(item.collection)?.[1];
    const location = item.kind === "locations" || id === undefined ? undefined : this.byId(id)?.doc;
    return faceOf(item.kind, item.doc, location);
  }

  #open(collection: string): Map<string, Item> {
    let items = this.#collections.get(collection);
    if (items === undefined) this.#collections.set(collection, items = new Map());
    return items;
  }
}
