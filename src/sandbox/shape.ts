/**
 * Brings what is known of an object into the shape that an endpoint documents, and invents the rest.
 *
 * @module
 */

import type { Schema } from "../collection/endpoint.ts";
import { resolveSchema } from "../collection/resolve.ts";
import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import { type Cast, kindOfField, kindOfIdField } from "./cast.ts";
import type { Face } from "./face.ts";
import { hash } from "./random.ts";
import { enumValue, numberValue, textValue, type ValueContext } from "./values.ts";

/** Where a value stands, and how much of it may be invented. */
export interface Place {
  /** What inventions follow from; unique for this place. */
  readonly key: string;
  readonly name: string;
  readonly holder: string;
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Only what the schema requires is invented. */
  readonly lean: boolean;
  /** The object that the request is about, so that fields of the same meaning repeat it. */
  readonly scope: Readonly<Record<string, Face>>;
  readonly person?: Face;
  readonly depth: number;
  /** The position in an array. */
  readonly index?: number;
}

const MAX_DEPTH = 8;

/** Fields that make an object speak of one person. */
const PERSONAL = ["firstName", "lastName", "displayName", "personId", "email", "emails"];

/** The first type of a schema, taken from its members where it isn't declared. */
function typeOf(schema: Schema): string | undefined {
  const declared = Array.isArray(schema.type) ? schema.type.find((type) => type !== "null") : schema.type;
  return declared ?? (schema.properties ? "object" : schema.items ? "array" : undefined);
}

function isNullable(schema: Schema): boolean {
  return schema.nullable === true || (Array.isArray(schema.type) && schema.type.includes("null"));
}

/** Shapes values by schemas. */
export class Shaper {
  readonly #cast: Cast;

  /** @param cast The objects that fields can speak of. */
  constructor(cast: Cast) {
    this.#cast = cast;
  }

  /**
   * Shapes a value.
   *
   * @param schema What it should look like.
   * @param given What is known of it; `undefined` if nothing is.
   * @param place Where it stands.
   * @returns The value, or `undefined` if what is known has no place in the schema.
   */
  shape(schema: Schema, given: Json | undefined, place: Place): Json | undefined {
    const flat = this.#flatten(schema, place);
    if (given === null && isNullable(flat)) return null;
    const known = given === null ? undefined : given;
    switch (typeOf(flat)) {
      case "object":
        return this.#object(flat, known, place);
      case "array":
        return this.#array(flat, known, place);
      case undefined:
        return known ?? this.#scalar(flat, undefined, place);
      default:
        return this.#scalar(flat, known, place);
    }
  }

  /** Follows references, merges `allOf` and takes the first of several choices. */
  #flatten(schema: Schema, place: Place): Schema {
    const target = resolveSchema(schema, place.schemas);
    const choice = target.oneOf?.[0] ?? target.anyOf?.[0];
    if (choice !== undefined) return this.#flatten(choice, place);
    if (target.allOf === undefined) return target;
    const merged: Schema = { ...target, properties: { ...target.properties }, required: [...target.required ?? []] };
    delete merged.allOf;
    for (const part of target.allOf) {
      const flat = this.#flatten(part, place);
      const type = merged.type ?? flat.type;
      Object.assign(merged, type === undefined ? {} : { type }, {
        properties: { ...merged.properties, ...flat.properties },
        required: [...merged.required ?? [], ...flat.required ?? []],
      });
    }
    return merged;
  }

  #object(schema: Schema, given: Json | undefined, place: Place): Json | undefined {
    const known = asObject(given, schema);
    if (given !== undefined && known === undefined) return undefined;
    const subject = this.#subject(schema, known, place);
    const person = (subject?.type === undefined ? undefined : subject) ?? place.person ??
      (PERSONAL.some((name) => schema.properties?.[name]) ? this.#cast.choose("people", place.key) : undefined);
    const inner = { ...place, holder: place.name, depth: place.depth + 1, ...(person === undefined ? {} : { person }) };
    const shaped: JsonObject = {};
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const required = schema.required?.includes(name) ?? false;
      const at = { ...inner, name, key: `${place.key}.${name}` };
      const value = this.#member(property, known?.[name], subject?.[name], required, at);
      if (value !== undefined) shaped[name] = value;
    }
    return schema.properties === undefined ? known ?? {} : shaped;
  }

  /** A member of an object: what was given, what the object it speaks of says, or an invention. */
  #member(
    schema: Schema,
    given: Json | undefined,
    told: Json | undefined,
    required: boolean,
    place: Place,
  ): Json | undefined {
    if (given === null && !required) return isNullable(this.#flatten(schema, place)) ? null : undefined;
    if (given !== undefined && given !== null) {
      const value = this.shape(schema, given, place);
      if (value !== undefined) return value;
    }
    if (told !== undefined) {
      const value = this.shape(schema, told, place);
      if (value !== undefined) return value;
    }
    if (!required && (place.lean || place.depth > MAX_DEPTH)) return undefined;
    return this.shape(schema, undefined, place);
  }

  /** The object of the organization that a nested object speaks of. */
  #subject(schema: Schema, known: JsonObject | undefined, place: Place): Face | undefined {
    const id = known?.id;
    if (typeof id === "string") return this.#cast.known(id);
    const kind = kindOfField(place.name);
    const names = schema.properties ?? {};
    if (known !== undefined || kind === undefined || (names.id === undefined && names.name === undefined)) {
      return undefined;
    }
    return place.scope[kind] ?? this.#cast.choose(kind, place.key.replace(/\[\d+\]$/, ""), place.index ?? 0);
  }

  #array(schema: Schema, given: Json | undefined, place: Place): Json | undefined {
    const items = schema.items ?? {};
    const at = (index: number, lean: boolean): Place => ({
      ...place,
      key: `${place.key}[${index}]`,
      index,
      lean,
      depth: place.depth + 1,
    });
    if (given !== undefined) {
      const known = Array.isArray(given) ? given : [given];
      const fitting = known.map((item, index) => this.shape(items, item, at(index, true))).filter((item) =>
        item !== undefined
      );
      return fitting.length === 0 && known.length > 0 ? undefined : fitting;
    }
    const least = schema.minItems ?? 0;
    const usual = place.lean || place.depth > MAX_DEPTH ? least : Math.max(least, 1 + (hash(place.key) % 2));
    const choices = this.#flatten(items, place).enum;
    const count = Math.min(usual, schema.maxItems ?? Infinity, choices?.length ?? Infinity);
    const made: Json[] = [];
    for (let index = 0; index < count; index++) {
      const value = choices === undefined ? this.shape(items, undefined, at(index, place.lean)) : choices[index];
      if (value !== undefined) made.push(value);
    }
    return made;
  }

  #scalar(schema: Schema, given: Json | undefined, place: Place): Json | undefined {
    if (given !== undefined) return fit(schema, given);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return enumValue(schema.enum, place.key);
    if (schema.default !== undefined) return schema.default;
    switch (typeOf(schema)) {
      case "boolean":
        return hash(place.key) % 2 === 0;
      case "integer":
      case "number":
        return numberValue(schema, this.#context(place));
      case "null":
        return null;
      default:
        return this.#reference(place) ?? textValue(schema, this.#context(place));
    }
  }

  /** The identifier of an object that exists, for fields such as `locationId`. */
  #reference({ name, key, scope, person }: Place): string | undefined {
    if (/^(org|organization|sourceCustomer|targetCustomer|customer)Id$/i.test(name)) return this.#cast.organizationId;
    const kind = kindOfIdField(name);
    if (kind === undefined) return undefined;
    const told = kind === "people" && person?.type === "PEOPLE"
      ? person.id
      : kind === "locations"
      ? person?.locationId
      : undefined;
    const id = scope[kind]?.id ?? told ?? this.#cast.choose(kind, key)?.id;
    return typeof id === "string" ? id : undefined;
  }

  #context({ key, name, holder, person, scope }: Place): ValueContext {
    const home = typeof person?.locationId === "string" ? this.#cast.known(person.locationId) : undefined;
    return { key, name, holder, person, location: scope.locations ?? home };
  }
}

/** Reads a known value as an object: an identifier or a name stands for one. */
function asObject(given: Json | undefined, schema: Schema): JsonObject | undefined {
  if (isJsonObject(given)) return given;
  if (Array.isArray(given)) return isJsonObject(given[0]) ? given[0] : undefined;
  if (typeof given !== "string") return undefined;
  for (const name of ["id", "name", "code"]) if (schema.properties?.[name]) return { [name]: given };
  return undefined;
}

/** Fits a known scalar to the declared type. */
function fit(schema: Schema, given: Json): Json | undefined {
  if (schema.enum !== undefined && !schema.enum.includes(given)) return undefined;
  const types = [schema.type ?? "string"].flat();
  if (types.includes(typeof given)) return given;
  if (types.includes("integer") && typeof given === "number") return given;
  if (typeof given === "number" && types.includes("string")) return String(given);
  if (typeof given === "string" && given.trim() !== "" && (types.includes("number") || types.includes("integer"))) {
    return Number.isNaN(Number(given)) ? undefined : Number(given);
  }
  if (types.includes("string") && isJsonObject(given)) {
    const name = given.name ?? given.id;
    return typeof name === "string" ? name : undefined;
  }
  return undefined;
}
