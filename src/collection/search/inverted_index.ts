/**
 * BM25F: finds endpoints by terms, weighing the fields in which the terms stand.
 *
 * The frequencies of all fields are weighed, normalised by the field's length and added before they are saturated once
 * (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009): a term in three fields of
 * one endpoint is one strong match, not three.
 *
 * @module
 */

import { FIELD_RULES, type Standing } from "./field_rules.ts";
import type { Reading } from "./reading.ts";
import type { Rows } from "./rows.ts";

const SATURATION = 1.4;
/** The most that a term can weigh which stands in explanations only. */
const MOST_NOTED_RARITY = 2.5;
const MOST_RARITY = 5.5;

/** The endpoints that have a term, and how well it fits each. */
export interface Postings {
  readonly rarity: number;
  readonly standing: Standing;
  readonly places: Uint32Array;
  readonly scores: Float64Array;
}

/** Terms with the endpoints that have them. */
export interface InvertedIndex extends Pick<Reading, "size" | "titles" | "subjects" | "words"> {
  postings(term: string): Postings | undefined;
}

/** The endpoints of all terms in one row: those of term `t` from `starts[t]` to `starts[t + 1]`. */
interface Entries {
  readonly starts: Uint32Array;
  readonly places: Uint32Array;
  readonly frequencies: Float64Array;
  /** How many endpoints are told to be about each term. */
  readonly told: Uint32Array;
}

/** Gives every number of some rows that have one for each field of each endpoint. */
function each({ numbers, starts, size }: Rows, give: (term: number, place: number, field: number) => void): void {
  const all = numbers;
  const count = FIELD_RULES.length;
  for (let row = 0; row < size; row++) {
    const place = Math.floor(row / count);
    const end = starts[row + 1] ?? 0;
    for (let at = starts[row] ?? 0; at < end; at++) give(all[at] ?? 0, place, row % count);
  }
}

/** How often a term counts that stands once in a field, by the field's row. */
function frequenciesOf({ starts, size }: Rows): Float64Array {
  const count = FIELD_RULES.length;
  const lengths = Float64Array.from({ length: size }, (_, row) => (starts[row + 1] ?? 0) - (starts[row] ?? 0));
  const totals = new Float64Array(count);
  for (const [row, length] of lengths.entries()) totals[row % count] = (totals[row % count] ?? 0) + length;
  return lengths.map((found, row) => {
    const { weight = 0, length = 0 } = FIELD_RULES[row % count] ?? {};
    const average = Math.max(1, (totals[row % count] ?? 0) * count / size);
    return weight / (1 - length + length * found / average);
  });
}

/** Counts the endpoints that have each term, and those that are told to be about it. */
function count({ terms, pairs, numbers }: Reading): Pick<Entries, "starts" | "told"> {
  const starts = new Uint32Array(numbers.size + 1);
  const told = new Uint32Array(numbers.size);
  const lastPlace = new Int32Array(numbers.size).fill(-1);
  const lastTold = lastPlace.slice();
  const see = (term: number, place: number, field: number) => {
    if (lastPlace[term] !== place) {
      lastPlace[term] = place;
      starts[term + 1] = (starts[term + 1] ?? 0) + 1;
    }
    if (lastTold[term] === place || FIELD_RULES[field]?.standing !== "told") return;
    lastTold[term] = place;
    told[term] = (told[term] ?? 0) + 1;
  };
  each(terms, see);
  each(pairs, see);
  for (let term = 0; term < numbers.size; term++) starts[term + 1] = (starts[term + 1] ?? 0) + (starts[term] ?? 0);
  return { starts, told };
}

/** Enters all terms; they are counted first, so that nothing has to grow. */
function enterAll(reading: Reading): Entries {
  const { starts, told } = count(reading);
  const total = starts.at(-1) ?? 0;
  const places = new Uint32Array(total);
  const frequencies = new Float64Array(total);
  const next = starts.slice();
  const lastPlace = new Int32Array(reading.numbers.size).fill(-1);
  const rowFrequencies = frequenciesOf(reading.terms);
  const enter = (term: number, place: number, field: number) => {
    if (lastPlace[term] !== place) {
      lastPlace[term] = place;
      const at = next[term] ?? 0;
      places[at] = place;
      next[term] = at + 1;
    }
    const at = (next[term] ?? 0) - 1;
    frequencies[at] = (frequencies[at] ?? 0) + (rowFrequencies[place * FIELD_RULES.length + field] ?? 0);
  };
  each(reading.terms, enter);
  each(reading.pairs, enter);
  return { starts, told, places, frequencies };
}

function finish({ starts, told, places, frequencies }: Entries, term: number, size: number): Postings {
  const [start, end] = [starts[term] ?? 0, starts[term + 1] ?? 0];
  const noted = (told[term] ?? 0) === 0;
  const holders = noted ? end - start : told[term] ?? 0;
  const rarity = Math.log(1 + (size - holders + 0.5) / (holders + 0.5));
  const capped = Math.min(rarity, noted ? MOST_NOTED_RARITY : MOST_RARITY);
  return {
    rarity: capped,
    standing: noted ? "noted" : "told",
    places: places.subarray(start, end),
    scores: frequencies.slice(start, end).map((found) => capped * found * (SATURATION + 1) / (SATURATION + found)),
  };
}

/**
 * Builds the index.
 *
 * @param reading The texts of each endpoint.
 * @returns The index; endpoints are named by their place.
 */
export function buildInvertedIndex(reading: Reading): InvertedIndex {
  const { numbers, size, titles, subjects, words } = reading;
  const entries = enterAll(reading);
  const finished: (Postings | undefined)[] = [];
  return {
    size,
    titles,
    subjects,
    words,
    postings: (term) => {
      const number = numbers.get(term);
      // Phrases have numbers before anything has them.
      if (number === undefined || entries.starts[number] === entries.starts[number + 1]) return undefined;
      return finished[number] ??= finish(entries, number, size);
    },
  };
}
