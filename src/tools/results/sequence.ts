/**
 * Values as sequences of whole parts: the items of an array, the members of an object, the rows of a text.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";

/** What the parts are. */
export type Unit = "items" | "members" | "lines" | "characters";

/** A value that can be shown in part. */
export interface Sequence {
  readonly unit: Unit;
  /** How many parts there are. */
  readonly total: number;
  /** The JSON value of one part, for weighing and filtering; that of a member is an object of one. */
  part(index: number): Json;
  /**
   * Puts parts together.
   *
   * @param start The first part.
   * @param end After the last one.
   * @returns The same kind of value; a text with a header row keeps it.
   */
  slice(start: number, end: number): Json;
  /** Where a part is in the whole value, if parts before it were left out. */
  position(index: number): number;
  /** Puts parts together that need not be neighbours. */
  pick(indexes: readonly number[]): Json;
}

/** A table names its columns in the first row. */
const HEADER_REGEXP = /^[^\n{[<]*[,;\t][^\n]*$/;

/** Every page repeats the header; a longer one is a row like others. */
const MAX_HEADER = 5_000;

/** The ends of the rows: after each line break, save those within quotes where `quoted`. */
function rowEnds(text: string, quoted: boolean): number[] | undefined {
  const ends: number[] = [];
  let open = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (quoted && code === 34) open = !open;
    else if (code === 10 && !open) ends.push(index + 1);
  }
  if (open) return undefined;
  if (text.length > 0 && ends.at(-1) !== text.length) ends.push(text.length);
  return ends;
}

function same(index: number): number {
  return index;
}

function linesOf(text: string): Sequence {
  const first = text.slice(0, Math.min(text.indexOf("\n"), MAX_HEADER));
  const hasHeader = first.length < MAX_HEADER && HEADER_REGEXP.test(first.trimEnd());
  // A quote that never ends is no quote.
  const ends = (hasHeader ? rowEnds(text, true) : undefined) ?? rowEnds(text, false) ?? [];
  const skipped = hasHeader ? ends.shift() ?? 0 : 0;
  const header = text.slice(0, skipped);
  const from = (index: number) => index === 0 ? skipped : ends[index - 1] ?? text.length;
  return {
    unit: "lines",
    total: ends.length,
    part: (index) => text.slice(from(index), ends[index]),
    position: same,
    slice: (start, end) => header + (end > start ? text.slice(from(start), from(end)) : ""),
    pick: (indexes) => header + indexes.map((index) => text.slice(from(index), ends[index])).join(""),
  };
}

function charactersOf(text: string): Sequence {
  return {
    unit: "characters",
    total: text.length,
    part: (index) => text.charAt(index),
    position: same,
    slice: (start, end) => text.slice(start, end),
    pick: (indexes) => indexes.map((index) => text.charAt(index)).join(""),
  };
}

function itemsOf(items: readonly Json[]): Sequence {
  return {
    unit: "items",
    total: items.length,
    part: (index) => items[index] ?? null,
    position: same,
    slice: (start, end) => items.slice(start, end),
    pick: (indexes) => indexes.map((index) => items[index] ?? null),
  };
}

function membersOf(object: JsonObject): Sequence {
  const keys = Object.keys(object);
  const gather = (names: readonly string[]) => Object.fromEntries(names.map((key) => [key, object[key] ?? null]));
  return {
    unit: "members",
    total: keys.length,
    part: (index) => gather(keys.slice(index, index + 1)),
    position: same,
    slice: (start, end) => gather(keys.slice(start, end)),
    pick: (indexes) => gather(indexes.flatMap((index) => keys[index] ?? [])),
  };
}

/**
 * Leaves parts out of a sequence.
 *
 * @param parts All parts.
 * @param chosen The positions of those that stay.
 * @returns The rest, in the same form.
 */
export function subsequence(parts: Sequence, chosen: readonly number[]): Sequence {
  const at = (index: number) => chosen[index] ?? parts.total;
  return {
    unit: parts.unit,
    total: chosen.length,
    part: (index) => parts.part(at(index)),
    position: (index) => parts.position(at(index)),
    slice: (start, end) => parts.pick(chosen.slice(start, end)),
    pick: (indexes) => parts.pick(indexes.map(at)),
  };
}

/**
 * Sees a value as a sequence.
 *
 * @param value The value.
 * @returns Its parts; `undefined` for a number, a boolean and `null`.
 */
export function sequenceOf(value: Json): Sequence | undefined {
  if (Array.isArray(value)) return itemsOf(value);
  if (isJsonObject(value)) return membersOf(value);
  if (typeof value !== "string") return undefined;
  const lineBreak = value.indexOf("\n");
  return lineBreak >= 0 && lineBreak < value.length - 1 ? linesOf(value) : charactersOf(value);
}
