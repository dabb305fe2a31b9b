/**
 * Hides secrets in what a person is shown of a change.
 *
 * @module
 */

import { isJsonObject, type Json } from "../../core/json.ts";
import { isSecretArgument } from "../../core/redaction.ts";

/** Deeper than any real body; a hostile one must not exhaust the stack. */
export const MAX_DEPTH = 64;

/** In rules about secrets, such as how long a passcode lasts, these are no secret. */
const COUNT_REGEXP = /^(?:number|max|min|days)/i;

/** How much of a value is hidden. */
export type Secrecy = "open" | "secret" | "within";

/**
 * Tells how a member has to be treated.
 *
 * @param name The member's name.
 * @param value Its value.
 * @param outer How what it is a member of is treated.
 * @returns `secret` where the value must not be shown, `within` where that is so of what is in it, else `open`.
 */
export function secrecyOf(name: string, value: Json, outer: Secrecy): Secrecy {
  if (outer === "open" && !isSecretArgument(name)) return "open";
  // Whether something is set, or on, is no secret.
  if (typeof value === "boolean" || value === null || value === "") return "open";
  if (isJsonObject(value)) return "within";
  return outer === "within" && typeof value === "number" && COUNT_REGEXP.test(name) ? "open" : "secret";
}

/**
 * Says that something is hidden, and how long it is: enough to notice a slip.
 *
 * @param value The secret.
 * @returns For example `(hidden, 6 characters)`.
 */
export function hiddenText(value: Json): string {
  const [length, unit] = Array.isArray(value)
    ? [value.length, value.length === 1 ? "entry" : "entries"]
    : [String(value).length, String(value).length === 1 ? "character" : "characters"];
  return `(hidden, ${length} ${unit})`;
}

/**
 * Copies a value without its secrets.
 *
 * @param value Any value.
 * @returns The copy: members whose name says that they are secret hold what {@linkcode hiddenText} says of them, at any
 *   depth; what is nested deeper than {@linkcode MAX_DEPTH} levels is left out.
 */
export function masked(value: Json): Json {
  return copy(value, "open", 0);
}

function copy(value: Json, secrecy: Secrecy, depth: number): Json {
  if (secrecy === "secret") return hiddenText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAX_DEPTH) return "…";
  if (Array.isArray(value)) return value.map((item) => copy(item, secrecy, depth + 1));
  const members = Object.entries(value).map(([name, member]): [string, Json] => [
    name,
    copy(member, secrecyOf(name, member, secrecy), depth + 1),
  ]);
  return Object.fromEntries(members);
}
