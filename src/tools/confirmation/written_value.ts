/**
 * Writes values as text for the question before a change.
 *
 * @module
 */

import { isJsonObject, type Json } from "../../core/json.ts";
import { hiddenText, type Secrecy, secrecyOf } from "./masked.ts";
import { quoted, visible } from "./visible_text.ts";

/** One text may be so long. */
export const MAX_TEXT = 60;

/** What is gathered on one line may be so long. */
const MAX_LINE = 120;

/** Of a list of texts or numbers, each may be somebody's phone number: more of them are shown. */
const MAX_LIST = 2_000;

const MAX_NAME = 60;

/** How much of the line is left; whatever is written takes of it. */
interface Room {
  left: number;
}

function took(text: string, room: Room): string {
  room.left -= text.length;
  return text;
}

/** Every level takes room, so that nesting ends with it. */
function write(value: Json, secrecy: Secrecy, room: Room): string {
  if (secrecy === "secret") return took(hiddenText(value), room);
  if (typeof value === "string") return took(quoted(value, MAX_TEXT), room);
  if (typeof value !== "object" || value === null) return took(String(value), room);
  if (Array.isArray(value)) {
    const items = all(value, room, (item) => write(item, secrecy, room));
    return `[${items}]`;
  }
  const members = all(Object.entries(value), room, ([name, member]) => {
    const key = took(nameText(name), room);
    return `${key}: ${write(member, secrecyOf(name, member, secrecy), room)}`;
  });
  return `{${members}}`;
}

function all<T>(items: readonly T[], room: Room, one: (item: T) => string): string {
  const written: string[] = [];
  for (const item of items) {
    if ((room.left -= 2) <= 0) return [...written, `… and ${items.length - written.length} more`].join(", ");
    written.push(one(item));
  }
  return written.join(", ");
}

/**
 * Makes a member's name visible; in further collections, and where a caller insists, it is any text.
 *
 * @param name The name.
 * @returns The name on one line, cut.
 */
export function nameText(name: string): string {
  return visible(name, MAX_NAME);
}

/**
 * Writes a value on one line.
 *
 * @param value The value.
 * @param secrecy How it is treated.
 * @returns Texts in quotation marks, objects as `{name: value}`, a list after the number of its entries; cut visibly, and what is left out is
 *   counted.
 */
export function valueText(value: Json, secrecy: Secrecy = "open"): string {
  const text = write(value, secrecy, { left: Array.isArray(value) && !isBranch(value) ? MAX_LIST : MAX_LINE });
  if (!Array.isArray(value) || secrecy === "secret") return text;
  return value.length === 0 ? "none" : `${entriesText(value.length)}: ${text.slice(1, -1)}`;
}

/**
 * Counts entries.
 *
 * @param count How many.
 * @returns For example `1 entry`.
 */
export function entriesText(count: number): string {
  return `${count} ${count === 1 ? "entry" : "entries"}`;
}

/** A value that is shown on a line of its own. */
export interface Leaf {
  /** For example `incoming.type` or `numberList[0].numbers`. */
  readonly path: string;
  readonly value: Json;
  readonly secrecy: Secrecy;
}

/** What lies deeper is written on the line of what it is in. */
const MAX_LEVELS = 6;

/** An entry of a list that is plain and short needs no line for each of its members. */
function isShort(item: Json): boolean {
  return isJsonObject(item) && !Object.values(item).some(isBranch) && JSON.stringify(item).length < MAX_LINE - 10;
}

function isBranch(value: Json): value is Json[] | { [key: string]: Json } {
  if (Array.isArray(value)) return value.some((item) => typeof item === "object" && item !== null);
  return isJsonObject(value) && Object.keys(value).length > 0;
}

/**
 * Parts a value into those that fit on a line each: members of objects, and of lists that hold more than texts and numbers.
 *
 * @param leaf The value, and where it stands.
 * @returns The parts in their order, one at a time.
 */
export function* leavesOf(leaf: Leaf, level = 0): Generator<Leaf> {
  const { path, value, secrecy } = leaf;
  if (secrecy === "secret" || level >= MAX_LEVELS || !isBranch(value)) {
    yield leaf;
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const entry = { path: `${path}[${index}]`, value: item, secrecy };
      if (isShort(item)) yield entry;
      else yield* leavesOf(entry, level + 1);
    }
  } else {
    for (const [name, member] of Object.entries(value)) {
      const inner = { path: `${path}.${nameText(name)}`, value: member, secrecy: secrecyOf(name, member, secrecy) };
      yield* leavesOf(inner, level + 1);
    }
  }
}
