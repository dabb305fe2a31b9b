/**
 * Makes arguments fit for the trail where `--audit-values` asks for them: without secrets, and short.
 *
 * @module
 */

import type { Json, JsonObject } from "../core/json.ts";
import { isSecretArgument, REDACTED } from "../core/redaction.ts";
import type { Secrets } from "../core/secrets.ts";
import { safeText } from "./text.ts";

const MAX_TEXT = 500;
const MAX_MEMBERS = 50;
const MAX_DEPTH = 6;
/** The most characters of all values of a call together. */
const MAX_TOTAL = 16_000;

const CUT = "…";

/** These say it wherever they stand in a name. */
const SECRET_REGEXP = /token|secret|password|passphrase|passcode|credential|authorization|base64/i;
/** These say it as a word of their own: `hostPin`, not `shippingCode`. */
const SECRET_WORD_REGEXP = /\b(?:pins?|(?:api|private|encryption|recovery) ?key|(?:access|activation|auth) ?codes?)\b/;

/** A file's content, in whatever member it stands. */
const ENCODED_REGEXP = /^(?:data:[^,]{0,100},|[A-Za-z0-9+/_-]{256,}={0,2}$)/;

/** Stricter than for a log: here a value too few does no harm. */
function isSecret(name: string): boolean {
  if (isSecretArgument(name) || SECRET_REGEXP.test(name)) return true;
  const words = name.slice(0, 200).replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[_\W]+/g, " ").toLowerCase();
  return SECRET_WORD_REGEXP.test(words);
}

/** What is left of the room for one call's values. */
interface Room {
  left: number;
  readonly secrets: Secrets;
}

function safeString(text: string, room: Room): string {
  if (room.left <= 0) return CUT;
  const safe = ENCODED_REGEXP.test(text) ? REDACTED : safeText(text, MAX_TEXT, room.secrets);
  room.left -= safe.length;
  return safe;
}

function safeValue(value: Json, room: Room, depth: number): Json {
  room.left -= 4;
  if (typeof value === "string") return safeString(value, room);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAX_DEPTH || room.left <= 0) return CUT;
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_MEMBERS).map((item) => safeValue(item, room, depth + 1));
    return value.length > MAX_MEMBERS ? [...items, CUT] : items;
  }
  return safeMembers(value, room, depth);
}

function safeMembers(value: JsonObject, room: Room, depth: number): JsonObject {
  const members = Object.entries(value);
  const kept = members.slice(0, MAX_MEMBERS).map(([name, member]): [string, Json] => [
    safeText(name, 100, room.secrets),
    isSecret(name) ? REDACTED : safeValue(member, room, depth + 1),
  ]);
  if (members.length > MAX_MEMBERS) kept.push([CUT, `${members.length - MAX_MEMBERS} more`]);
  return Object.fromEntries(kept);
}

/**
 * Takes secrets and files out of arguments, and cuts what is long.
 *
 * @param values The arguments as they were given.
 * @param secrets What must not be written.
 * @returns A copy: values of members whose name says that they are secret, and encoded files, are `[redacted]`.
 */
export function safeValues(values: JsonObject, secrets: Secrets): JsonObject {
  return safeMembers(values, { left: MAX_TOTAL, secrets }, 0);
}
