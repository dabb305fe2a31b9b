/**
 * Writes query strings the way each endpoint wants them.
 *
 * @module
 */

import type { Parameter } from "../../collection/endpoint.ts";
import { isJsonObject, type Json } from "../../core/json.ts";

/**
 * Writes a scalar as text.
 *
 * @param value Any JSON value.
 * @returns Text without quotes; objects and arrays as JSON.
 */
export function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A lone surrogate cannot be encoded; it travels as U+FFFD, as `URLSearchParams` would write it. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/**
 * Encodes one query parameter.
 *
 * @param parameter The parameter; `explode` decides between `a=1&a=2` and `a=1,2`.
 * @param value Its value.
 * @returns `name=value` pairs; none for an empty array.
 */
export function queryPairs(parameter: Parameter, value: Json): string[] {
  const name = encode(parameter.name);
  if (parameter.json === true) return [`${name}=${encode(JSON.stringify(value))}`];
  if (Array.isArray(value)) {
    const members = value.map((member) => encode(textOf(member)));
    if (members.length === 0) return [];
    return parameter.explode ? members.map((member) => `${name}=${member}`) : [`${name}=${members.join(",")}`];
  }
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([key, member]) => [encode(key), encode(textOf(member))]);
    if (parameter.explode || members.length === 0) return members.map((pair) => pair.join("="));
    return [`${name}=${members.flat().join(",")}`];
  }
  return [`${name}=${encode(textOf(value))}`];
}
