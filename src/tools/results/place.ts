/**
 * Places within a result: how they are written, and where reading goes on.
 *
 * What is left out of an item that was shown in part comes before the items after it, so that whoever follows the places
 * misses nothing.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { sequenceOf } from "./sequence.ts";
import type { Cut, Path } from "./shorten.ts";

/** Where reading goes on. */
export interface ReadingPlace {
  readonly path: Path;
  /** The first part that is read. */
  readonly start: number;
  /** What follows the end of `path` is to be read, too. */
  readonly onward?: true;
}

/** A longer path leads nowhere: it costs more than what it leads to. */
const MAX_PATH = 300;

const STEP_REGEXP = /\[(\d+)\]|(?:^|\.)(?:([A-Za-z_]\w*)|("(?:[^"\\]|\\.)*"))/y;

/**
 * Writes a path as a JMESPath expression.
 *
 * @param path The path.
 * @returns For example `items[0]."Answer time"`; `@` for the content itself.
 */
export function pathText(path: Path): string {
  if (path.length === 0) return "@";
  const steps = path.map((step, index) => {
    if (typeof step === "number") return `[${step}]`;
    const name = /^[A-Za-z_]\w*$/.test(step) ? step : JSON.stringify(step);
    return index === 0 ? name : `.${name}`;
  });
  return steps.join("");
}

/**
 * Finds the list that a reader means who names none.
 *
 * @param content What a result is about.
 * @returns The path of the only or longest array among its members; that of the content itself if it has none.
 */
export function mainPath(content: Json): Path {
  if (!isJsonObject(content)) return [];
  let found: Path = [];
  let most = -1;
  for (const [key, value] of Object.entries(content)) {
    if (!Array.isArray(value) || value.length <= most) continue;
    most = value.length;
    found = [key];
  }
  return found;
}

/**
 * Reads a path that {@linkcode pathText} wrote.
 *
 * @param text Any JMESPath expression.
 * @returns The path; `undefined` for any other expression.
 */
export function pathOf(text: string): Path | undefined {
  if (text === "@") return [];
  const path: (string | number)[] = [];
  const step = new RegExp(STEP_REGEXP);
  while (step.lastIndex < text.length) {
    const [, position, name, quoted] = step.exec(text) ?? [];
    if (position !== undefined) path.push(Number(position));
    else if (name !== undefined) path.push(name);
    else if (quoted === undefined) return undefined;
    else path.push(String(JSON.parse(quoted)));
  }
  return path;
}

function valueAt(content: Json, path: Path): Json | undefined {
  let value: Json | undefined = content;
  for (const step of path) {
    if (Array.isArray(value)) value = typeof step === "number" ? value[step] : undefined;
    else value = isJsonObject(value) && Object.hasOwn(value, step) ? value[String(step)] : undefined;
  }
  return value;
}

/** Which part of the value above it a path's end is. */
function positionOf(content: Json, path: Path): number {
  const [last, above] = [path.at(-1), valueAt(content, path.slice(0, -1))];
  return typeof last === "number" ? last : isJsonObject(above) ? Object.keys(above).indexOf(String(last)) : -1;
}

function sameAs(path: Path, other: Path): boolean {
  return path.length === other.length && path.every((step, index) => step === other[index]);
}

function isWithin(path: Path, outer: Path): boolean {
  return path.length > outer.length && outer.every((step, index) => step === path[index]);
}

/**
 * Finds the first thing that was left out within the parts of a list that are shown.
 *
 * @param content What the result is about.
 * @param cuts What was left out, with paths from the content on.
 * @param list The list's path.
 * @returns The place, from which reading leads on to the rest of the list; `undefined` where the shown parts are whole.
 */
export function firstGap(content: Json, cuts: readonly Cut[], list: Path): ReadingPlace | undefined {
  let place: Path = list;
  for (;;) {
    const within = cuts.filter(({ path }) => isWithin(path, place));
    const steps = within.map(({ path }) => path.slice(0, place.length + 1));
    const [first] = steps.toSorted((a, b) => positionOf(content, a) - positionOf(content, b));
    if (first === undefined) break;
    place = first;
  }
  const cut = cuts.find(({ path }) => sameAs(path, place));
  if (place === list || cut === undefined || pathText(place).length > MAX_PATH) return undefined;
  return { path: place, start: cut.returned, onward: true };
}

/**
 * Finds what follows the end of a place in the whole result, the closest first.
 *
 * @param content What the result is about.
 * @param path The path of the place.
 * @returns The parts after it of what it lies in; `undefined` at the end of the whole, or of its main list.
 */
export function placeAfter(content: Json, path: Path): ReadingPlace | undefined {
  const main = mainPath(content);
  for (let inner = path; inner.length > 0 && !sameAs(inner, main); inner = inner.slice(0, -1)) {
    const above = inner.slice(0, -1);
    // The body's other members are no part of what was read.
    if (above.length === 0 && main.length > 0) break;
    const start = positionOf(content, inner) + 1;
    const total = sequenceOf(valueAt(content, above) ?? null)?.total ?? 0;
    if (start < total) return sameAs(above, main) ? { path: above, start } : { path: above, start, onward: true };
  }
  return undefined;
}

/**
 * Writes a place as arguments of the tool that reads results.
 *
 * @param content What the result is about.
 * @param place The place.
 * @returns `{path?, start, onward?}`; the path of the main list is left out.
 */
export function placeArguments(content: Json, { path, start, onward }: ReadingPlace): JsonObject {
  const isMain = sameAs(path, mainPath(content));
  return { ...(isMain ? {} : { path: pathText(path) }), start, ...(onward === undefined ? {} : { onward }) };
}
