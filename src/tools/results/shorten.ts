/**
 * Shortens a value to whole parts.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import type { Meter } from "./meter.ts";
import { type Sequence, sequenceOf, type Unit } from "./sequence.ts";

/** The way to a value: names of members and positions of items. */
export type Path = readonly (string | number)[];

/** A place where something was left out. */
export interface Cut {
  readonly path: Path;
  readonly unit: Unit;
  /** How many parts are shown. Where none is whole, the first is shown in part and has a cut of its own. */
  readonly returned: number;
  readonly total: number;
}

/** A value that was shortened. */
export interface Shortened {
  readonly value: Json;
  /** What it weighs, or a little less. */
  readonly weight: number;
  readonly cuts: readonly Cut[];
}

/** Members that could each have less than this share of the limit are shown whole or not at all. */
const MIN_SHARE = 0.02;

/** Deeper values are left out. */
const MAX_DEPTH = 100;

function leftOut(value: Json, path: Path, meter: Meter): Shortened {
  const parts = sequenceOf(value);
  if (parts === undefined) return { value, weight: meter.text(JSON.stringify(value)), cuts: [] };
  const { unit, total } = parts;
  const rest = typeof value === "string" ? `[${value.length} characters left out]` : Array.isArray(value) ? [] : {};
  const cut: Cut = typeof value === "string"
    ? { path, unit: "characters", returned: 0, total: value.length }
    : { path, unit, returned: 0, total };
  return { value: rest, weight: meter.text(JSON.stringify(rest)), cuts: [cut] };
}

/** Where the first part of a sequence lies. */
function inner(parts: Sequence, start: number, path: Path): { value: Json; path: Path; key?: string } {
  const part = parts.part(start);
  if (parts.unit === "items") return { value: part, path: [...path, parts.position(start)] };
  const [entry] = isJsonObject(part) ? Object.entries(part) : [];
  return entry === undefined ? { value: part, path } : { value: entry[1], path: [...path, entry[0]], key: entry[0] };
}

/** The first part alone is too heavy: some of it is better than nothing, and the next page goes on after it. */
function firstInPart(parts: Sequence, start: number, path: Path, budget: number, meter: Meter): Shortened {
  const { value, path: at, key } = inner(parts, start, path);
  const own = meter.text(JSON.stringify(key ?? "")) + meter.text("{}");
  const isTight = own > budget / 2;
  // A name that is too long can't be shown, so neither can the member.
  if (isTight && key !== undefined) return { value: {}, weight: meter.text("{}"), cuts: [] };
  const { value: short, weight, cuts } = isTight ? leftOut(value, at, meter) : shorten(value, at, budget - own, meter);
  return { value: key === undefined ? [short] : Object.fromEntries([[key, short]]), weight: weight + own, cuts };
}

/** How many characters of a text fit; never half of a pair. */
function charactersThatFit(parts: Sequence, start: number, end: number, budget: number, meter: Meter): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (meter.value(parts.slice(start, middle), budget) <= budget) low = middle;
    else high = middle - 1;
  }
  const last = String(parts.part(low - 1)).charCodeAt(0);
  const splits = low < parts.total && low > start + 1 && last >= 0xd800 && last < 0xdc00;
  return splits ? low - 1 : low;
}

/**
 * Takes as many whole parts as fit.
 *
 * @param parts The parts.
 * @param range The first part, and the one after the last.
 * @param path Where the parts are.
 * @param budget What may be spent, in shares of the limit.
 * @param meter Weighs.
 * @returns The parts; the first cut is that of the sequence itself and counts what is shown from `start` on.
 */
export function takeParts(
  parts: Sequence,
  { start, end }: { readonly start: number; readonly end: number },
  path: Path,
  budget: number,
  meter: Meter,
): Shortened {
  const { unit, total } = parts;
  const cut = (stop: number): Cut => ({ path, unit, returned: stop - start, total });
  if (unit === "characters") {
    const stop = charactersThatFit(parts, start, end, budget, meter);
    const value = parts.slice(start, stop);
    return { value, weight: meter.text(JSON.stringify(value)), cuts: [cut(stop)] };
  }
  const comma = meter.text(",");
  let weight = meter.text(JSON.stringify(parts.slice(start, start))) + comma;
  let stop = start;
  while (stop < end) {
    const more = meter.value(parts.part(stop), budget - weight) + comma;
    if (weight + more > budget) break;
    weight += more;
    stop++;
  }
  if (stop > start || start >= end || unit === "lines") {
    return { value: parts.slice(start, stop), weight, cuts: [cut(stop)] };
  }
  const first = firstInPart(parts, start, path, budget - comma, meter);
  return { ...first, cuts: [cut(start + 1), ...first.cuts] };
}

/** Shares the budget fairly: what needs less than its share is whole, and the rest of its share goes to the others. */
function shareOut(object: JsonObject, path: Path, budget: number, meter: Meter): Shortened | undefined {
  const comma = meter.text(",");
  const members = Object.entries(object).map(([key, value]) => {
    const name = meter.value(key, budget) + 2 * comma;
    return { key, value, name, weight: name + meter.value(value, budget) };
  }).sort((a, b) => a.weight - b.weight);
  let left = budget - meter.text("{}");
  const shown = new Map<string, Json>();
  const cuts: Cut[] = [];
  for (const [index, { key, value, name, weight }] of members.entries()) {
    const share = left / (members.length - index);
    if (weight <= share) {
      shown.set(key, value);
      left -= weight;
      continue;
    }
    if (share < MIN_SHARE || name > share / 2) return undefined;
    const short = shorten(value, [...path, key], share - name, meter);
    shown.set(key, short.value);
    cuts.push(...short.cuts);
    left -= short.weight + name;
  }
  const entries = Object.keys(object).map((key): [string, Json] => [key, shown.get(key) ?? null]);
  return { value: Object.fromEntries(entries), weight: budget - left, cuts };
}

/**
 * Shortens a value to whole parts of it, wherever it is longest: the items that are shown are whole.
 *
 * @param value The value; never changed.
 * @param path Where it is.
 * @param budget What may be spent, in shares of the limit.
 * @param meter Weighs.
 * @returns The value itself if it fits; else what is left of it, and what was left out where.
 */
export function shorten(value: Json, path: Path, budget: number, meter: Meter): Shortened {
  const weight = meter.value(value, budget);
  if (weight <= budget) return { value, weight, cuts: [] };
  const parts = path.length > MAX_DEPTH ? undefined : sequenceOf(value);
  if (parts === undefined || parts.unit === "characters") return leftOut(value, path, meter);
  const shared = isJsonObject(value) ? shareOut(value, path, budget, meter) : undefined;
  if (shared !== undefined) return shared;
  const taken = takeParts(parts, { start: 0, end: parts.total }, path, budget, meter);
  return parts.unit === "lines" && taken.cuts[0]?.returned === 0 ? leftOut(value, path, meter) : taken;
}
