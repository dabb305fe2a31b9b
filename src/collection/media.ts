/**
 * Chooses among the media types of a request or an answer.
 *
 * @module
 */

import { isRecord } from "../core/json.ts";
import type { Fields } from "./check.ts";

const TYPE_REGEXP = /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+$/;
const JSON_TYPE = "application/json";

/** One media type with what the file says of it. */
export interface Media {
  /** Lower case, without parameters, for example `application/json`. */
  readonly type: string;
  /** The key under which the file has it. */
  readonly key: string;
  readonly fields: Fields;
}

/** The bare type; a range such as `application/*` leaves the choice to this program, and that is JSON. */
function bareType(text: string): string | undefined {
  const type = text.replace(/;.*$/s, "").trim().toLowerCase();
  if (!TYPE_REGEXP.test(type)) return undefined;
  return type.includes("*") ? JSON_TYPE : type;
}

/**
 * Tells whether content of a media type is JSON text.
 *
 * @param type The media type, in lower case and without parameters.
 * @returns Whether it is `application/json` or one of the `+json` types (RFC 6839).
 */
export function isJsonType(type: string): boolean {
  return type === JSON_TYPE || type.endsWith("+json");
}

function rank(type: string, key: string): number {
  if (type === JSON_TYPE) return key.includes("*") ? 2 : 0;
  if (isJsonType(type)) return 1;
  if (type === "multipart/form-data") return 3;
  return type === "application/x-www-form-urlencoded" ? 4 : 5;
}

/**
 * Chooses the media type that suits this program best.
 *
 * JSON is preferred, then the other JSON types, then forms with files, then plain forms, then the first one named.
 *
 * @param content What a file has by media type.
 * @returns The choice, or `undefined` when no key is a media type.
 */
export function chooseMedia(content: Fields): Media | undefined {
  const json = content[JSON_TYPE];
  if (isRecord(json)) return { type: JSON_TYPE, key: JSON_TYPE, fields: json };
  let best: Media | undefined;
  let bestRank = Infinity;
  for (const key of Object.keys(content)) {
    const value = content[key];
    const type = bareType(key);
    if (type === undefined) continue;
    const itsRank = rank(type, key);
    if (itsRank >= bestRank) continue;
    bestRank = itsRank;
    best = { type, key, fields: isRecord(value) ? value : {} };
  }
  return best;
}
