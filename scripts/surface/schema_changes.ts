/**
 * Finds what changed between two input schemas, and whether a call that was right before can be wrong now.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.ts";
import { changedText } from "./changed_text.ts";

/** One change. */
export interface Detail {
  readonly text: string;
  /** A caller who relied on what was there before can fail. */
  readonly breaking: boolean;
}

const LOWER_BOUNDS: ReadonlySet<string> = new Set(["minimum", "exclusiveMinimum", "minLength", "minItems"]);
const UPPER_BOUNDS: ReadonlySet<string> = new Set(["maximum", "exclusiveMaximum", "maxLength", "maxItems"]);

/** What is compared by a rule of its own. */
const STRUCTURE: ReadonlySet<string> = new Set([
  "type",
  "enum",
  "description",
  "properties",
  "required",
  "items",
  "anyOf",
  "additionalProperties",
]);

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** The members of a list that another lacks. */
function without(list: readonly Json[], other: readonly Json[]): readonly Json[] {
  const known = new Set(other.map((value) => JSON.stringify(value)));
  return list.filter((value) => !known.has(JSON.stringify(value)));
}

function written(values: readonly Json[]): string {
  return values.map((value) => typeof value === "string" ? value : JSON.stringify(value)).join(", ");
}

/** A map, since a property may be called as a member of every object is. */
function propertiesOf({ properties }: JsonObject): ReadonlyMap<string, JsonObject> {
  const entries = isJsonObject(properties) ? Object.entries(properties) : [];
  return new Map(entries.flatMap(([name, schema]) => isJsonObject(schema) ? [[name, schema]] : []));
}

function requiredOf({ required }: JsonObject): ReadonlySet<Json> {
  return new Set(listOf(required));
}

function typesOf({ type }: JsonObject): string {
  return type === undefined ? "any" : written(listOf(type));
}

function typeChanges(place: string, before: JsonObject, after: JsonObject): Detail[] {
  if (typesOf(before) === typesOf(after)) return [];
  // Every integer is a number.
  const taken = listOf(after.type).includes("number") ? [...listOf(after.type), "integer"] : listOf(after.type);
  const narrower = before.type === undefined || without(listOf(before.type), taken).length > 0;
  const text = `${place}: type ${typesOf(before)} → ${typesOf(after)}`;
  return [{ text, breaking: after.type !== undefined && narrower }];
}

function enumChanges(place: string, before: JsonObject, after: JsonObject): Detail[] {
  const [old, now] = [listOf(before.enum), listOf(after.enum)];
  const [gone, come] = [without(old, now), without(now, old)];
  if (gone.length + come.length === 0) return [];
  if (after.enum === undefined) return [{ text: `${place}: any value instead of ${written(gone)}`, breaking: false }];
  if (before.enum === undefined) return [{ text: `${place}: only ${written(come)}`, breaking: true }];
  return [
    ...(gone.length === 0 ? [] : [{ text: `${place}: value removed: ${written(gone)}`, breaking: true }]),
    ...(come.length === 0 ? [] : [{ text: `${place}: value added: ${written(come)}`, breaking: false }]),
  ];
}

function isTighter(keyword: string, before: Json | undefined, after: Json | undefined): boolean {
  if (typeof after !== "number") return false;
  if (LOWER_BOUNDS.has(keyword)) return typeof before !== "number" || after > before;
  return UPPER_BOUNDS.has(keyword) && (typeof before !== "number" || after < before);
}

/** Bounds, formats, defaults and whatever else there is. */
function keywordChanges(place: string, before: JsonObject, after: JsonObject): Detail[] {
  const keywords = new Set([...Object.keys(before), ...Object.keys(after)]).difference(STRUCTURE);
  return [...keywords].sort().flatMap((keyword): Detail[] => {
    const [old, now] = [before[keyword], after[keyword]];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    const text = `${place}: ${keyword} ${JSON.stringify(old) ?? "none"} → ${JSON.stringify(now) ?? "none"}`;
    return [{ text, breaking: isTighter(keyword, old, now) }];
  });
}

function descriptionChanges(place: string, before: JsonObject, after: JsonObject): Detail[] {
  const [old, now] = [String(before.description ?? ""), String(after.description ?? "")];
  return old === now ? [] : [{ text: `${place}: ${changedText(old, now)}`, breaking: false }];
}

function memberChanges(place: string, before: JsonObject, after: JsonObject): Detail[] {
  const [old, now] = [propertiesOf(before), propertiesOf(after)];
  const [needed, needs] = [requiredOf(before), requiredOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name): Detail[] => {
    const path = place === "" ? name : `${place}.${name}`;
    const [was, is] = [old.get(name), now.get(name)];
    if (is === undefined) return [{ text: `- ${path}`, breaking: true }];
    const required = needs.has(name);
    if (was === undefined) {
      return [{ text: `+ ${path}: ${typesOf(is)}${required ? ", required" : ""}`, breaking: required }];
    }
    const moved = required === needed.has(name)
      ? []
      : [{ text: `${path}: ${required ? "required now" : "optional now"}`, breaking: required }];
    return [...moved, ...schemaChanges(was, is, path)];
  });
}

function choiceChanges(place: string, { anyOf: before }: JsonObject, { anyOf: after }: JsonObject): Detail[] {
  const [old, now] = [listOf(before), listOf(after)];
  if (old.length !== now.length) {
    const breaking = now.length > 0 && now.length < old.length;
    return [{ text: `${place}: ${old.length} alternatives → ${now.length}`, breaking }];
  }
  return old.flatMap((one, index) => innerChanges(`${place}|${index + 1}`, one, now[index]));
}

/** Schemas that can be absent, or only allow and forbid. */
function innerChanges(place: string, before: Json | undefined, after: Json | undefined): Detail[] {
  if (isJsonObject(before) && isJsonObject(after)) return schemaChanges(before, after, place);
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{
    text: `${place}: ${after === undefined ? "no longer described" : "described otherwise"}`,
    breaking: after === false,
  }];
}

/**
 * Compares two schemas.
 *
 * @param before The schema as it was.
 * @param after The schema as it is.
 * @param place Where it stands, for the texts; nothing for the arguments of a tool.
 * @returns The changes, those of inner schemas with their paths, as `agents[].id`.
 */
export function schemaChanges(before: JsonObject, after: JsonObject, place = ""): Detail[] {
  const here = place === "" ? "arguments" : place;
  return [
    ...typeChanges(here, before, after),
    ...enumChanges(here, before, after),
    ...keywordChanges(here, before, after),
    ...descriptionChanges(here, before, after),
    ...memberChanges(place, before, after),
    ...innerChanges(`${place}[]`, before.items, after.items),
    ...choiceChanges(here, before, after),
    ...innerChanges(`${place}.*`, before.additionalProperties, after.additionalProperties),
  ];
}
