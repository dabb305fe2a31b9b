/**
 * Stands in an example for an identifier that only the organization itself knows.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";

/** Deeper than any real body. */
const MAX_DEPTH = 12;

/**
 * Writes the placeholder of a place.
 *
 * @param place Where it stands: `locationId`, `agents[].id`.
 * @returns Text that says what belongs there: `<agents[].id>`.
 */
export function placeholderOf(place: string): string {
  return `<${place}>`;
}

function placesIn(value: Json, place: string, depth: number): string[] {
  if (depth > MAX_DEPTH) return [];
  if (typeof value === "string") return place !== "" && value.trim() === placeholderOf(place) ? [place] : [];
  if (Array.isArray(value)) {
    // A list of plain ids stands under its own name, one of objects under its items'.
    return value.flatMap((item) => placesIn(item, typeof item === "string" ? place : `${place}[]`, depth + 1));
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    placesIn(member, place === "" ? name : `${place}.${name}`, depth + 1)
  );
}

/**
 * Finds placeholders that a caller has copied out of an example.
 *
 * @param args The arguments of a call.
 * @returns The places where they stand, each once.
 */
export function placeholdersIn(args: JsonObject): string[] {
  return [...new Set(placesIn(args, "", 0))];
}
