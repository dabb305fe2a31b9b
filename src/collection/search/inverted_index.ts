/**
 * BM25F: finds endpoints by terms, weighing the fields in which the terms stand.
 *
 * The frequencies of all fields are weighed, normalised by the field's length and added before they are saturated once
 * (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009): a term in three fields of
 * one endpoint is one strong match, not three.
 *
 * @module
 */

import type { Analyser, Analysis } from "./analysis.ts";
import type { FieldName, FieldTexts } from "./fields.ts";
import { type Lexicon, termsOf } from "./lexicon.ts";
import { wordsOf } from "./words.ts";

/** Where a term stands: where it is told what an endpoint is about, or only in explanations of its parts. */
export type Standing = "told" | "noted";

/** How much a field counts, and how much a long field is held against its terms. */
interface FieldRule {
  readonly weight: number;
  readonly length: number;
  readonly standing: Standing;
  /** Its terms are no pairs. What stands together in a saying is matched as a whole. */
  readonly unpaired?: boolean;
}

const RULES: Readonly<Record<FieldName, FieldRule>> = {
  title: { weight: 5, length: 0.5, standing: "told" },
  feature: { weight: 1.6, length: 0.2, standing: "told" },
  path: { weight: 3, length: 0.4, standing: "told" },
  purpose: { weight: 1.3, length: 0.5, standing: "told" },
  everyday: { weight: 2.2, length: 0.25, standing: "told" },
  sayings: { weight: 0.5, length: 0.25, standing: "told", unpaired: true },
  parameters: { weight: 0.8, length: 0.6, standing: "noted" },
  members: { weight: 0.7, length: 0.6, standing: "noted" },
  answers: { weight: 0.5, length: 0.6, standing: "noted" },
  notes: { weight: 0.2, length: 0.6, standing: "noted" },
};

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
export interface InvertedIndex {
  /** How many endpoints there are. */
  readonly size: number;
  postings(term: string): Postings | undefined;
  /** What each title is about: its terms without filler, each once. */
  readonly titles: readonly (readonly string[])[];
  /** What each path is about, its owner left out. */
  readonly subjects: readonly (readonly string[])[];
  /** The words of names and descriptions as they are written, with how often they are. */
  readonly words: ReadonlyMap<string, number>;
}

class Entry {
  readonly places: number[] = [];
  readonly frequencies: number[] = [];
  /** How many endpoints are told to be about the term. */
  told = 0;
  #toldPlace = -1;

  add(place: number, frequency: number, standing: Standing): void {
    const last = this.places.length - 1;
    if (this.places[last] === place) this.frequencies[last] = (this.frequencies[last] ?? 0) + frequency;
    else {
      this.places.push(place);
      this.frequencies.push(frequency);
    }
    if (standing === "noted") return;
    if (this.#toldPlace === place) return;
    this.#toldPlace = place;
    this.told++;
  }
}

function finish(entry: Entry, size: number): Postings {
  const noted = entry.told === 0;
  const holders = noted ? entry.places.length : entry.told;
  const rarity = Math.log(1 + (size - holders + 0.5) / (holders + 0.5));
  const capped = Math.min(rarity, noted ? MOST_NOTED_RARITY : MOST_RARITY);
  return {
    rarity: capped,
    standing: noted ? "noted" : "told",
    places: Uint32Array.from(entry.places),
    scores: Float64Array.from(entry.frequencies, (found) => capped * found * (SATURATION + 1) / (SATURATION + found)),
  };
}

const FIELD_NAMES: readonly FieldName[] = [
  "title",
  "feature",
  "path",
  "purpose",
  "everyday",
  "sayings",
  "parameters",
  "members",
  "answers",
  "notes",
];

type Reduced = readonly (readonly Analysis[])[];

/** How many terms each field has on average. */
function averages(documents: readonly Reduced[]): readonly number[] {
  return FIELD_NAMES.map((_, field) => {
    const total = documents.reduce((sum, document) => sum + lengthOf(document[field] ?? []), 0);
    return Math.max(1, total / Math.max(1, documents.length));
  });
}

function lengthOf(texts: readonly Analysis[]): number {
  return texts.reduce((sum, { terms }) => sum + terms.length, 0);
}

function enterAll(documents: readonly Reduced[], analyser: Analyser): Entry[] {
  const average = averages(documents);
  const entries: Entry[] = [];
  const enter = (number: number, place: number, frequency: number, standing: Standing) => {
    (entries[number] ??= new Entry()).add(place, frequency, standing);
  };
  for (const [place, document] of documents.entries()) {
    for (const [field, texts] of document.entries()) {
      const { weight, length, standing, unpaired = standing === "noted" } = RULES[FIELD_NAMES[field] ?? "notes"];
      const frequency = weight / (1 - length + length * lengthOf(texts) / (average[field] ?? 1));
      for (const { terms, row } of texts) {
        for (const number of terms) enter(number, place, frequency, standing);
        if (unpaired) continue;
        for (const number of analyser.pairs(row)) enter(number, place, frequency, standing);
      }
    }
  }
  return entries;
}

function countWords(documents: readonly Reduced[], words: readonly string[]): Map<string, number> {
  const counts = new Uint32Array(words.length);
  for (const document of documents) {
    for (const [field, texts] of document.entries()) {
      if (RULES[FIELD_NAMES[field] ?? "notes"].standing === "noted") continue;
      for (const { words } of texts) for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
    }
  }
  return new Map([...counts].flatMap((count, word) => count === 0 ? [] : [[words[word] ?? "", count]]));
}

/** The settings of persons, rooms and sites have the same names; whose they are is weighed elsewhere. */
const OWNER_TERMS: ReadonlySet<string> = new Set(["#person", "#workspace", "#location", "#virtual line", "member"]);

function subjectOf(terms: readonly string[]): readonly string[] {
  const rest = terms.filter((term) => !OWNER_TERMS.has(term));
  return rest.length === 0 ? terms : rest;
}

/**
 * Builds the index.
 *
 * @param documents The texts of each endpoint.
 * @param lexicon The vocabulary.
 * @param analyser Reduces texts by the same vocabulary.
 * @returns The index; endpoints are named by their place.
 */
export function buildInvertedIndex(
  documents: readonly FieldTexts[],
  lexicon: Lexicon,
  analyser: Analyser,
): InvertedIndex {
  const reduced = documents.map((document) =>
    FIELD_NAMES.map((field) => document[field].map((text) => analyser.analyse(text)))
  );
  const entries = enterAll(reduced, analyser);
  // The analyser knows every text; only its numbers are kept.
  const { numbers } = analyser;
  const finished: (Postings | undefined)[] = [];
  const aboutOf = (text = "", isFiller = lexicon.isFiller) => [
    ...new Set(termsOf(wordsOf(text), lexicon.same, isFiller)),
  ];
  return {
    size: documents.length,
    postings: (term) => {
      const number = numbers.get(term);
      const entry = number === undefined ? undefined : entries[number];
      if (number === undefined || entry === undefined) return undefined;
      return finished[number] ??= finish(entry, documents.length);
    },
    titles: documents.map(({ title }) => aboutOf(title[0], lexicon.isTitleFiller)),
    subjects: documents.map(({ path }) => subjectOf(aboutOf(path[0]))),
    words: countWords(reduced, analyser.words),
  };
}
