/**
 * JSON values as this program passes them around.
 *
 * @module
 */

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [key: string]: Json;
}

/**
 * Tells whether `value` is an object with string keys, so neither `null` nor an array.
 *
 * @param value Any value.
 * @returns Whether its members can be read by name.
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Tells whether `value` is a JSON object.
 *
 * @param value A JSON value, or `undefined`.
 * @returns Whether it is neither a scalar nor an array.
 */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return isRecord(value);
}

/**
 * Tells whether a value is nested beyond a limit, without being overwhelmed by it.
 *
 * @param value Any value.
 * @param limit How many levels of lists and objects are allowed.
 * @returns Whether there are more.
 */
export function isDeeperThan(value: Json, limit: number): boolean {
  const isContainer = (item: Json) => typeof item === "object" && item !== null;
  let level = [value].filter(isContainer);
  for (let levels = 1; level.length > 0; levels++) {
    if (levels > limit) return true;
    level = level.flatMap((item) => Object.values(item ?? {})).filter(isContainer);
  }
  return false;
}
