/**
 * BM25F: finds endpoints by terms, weighing the fields in which the terms stand.
 *
 * The frequencies of all fields are weighed, normalised by the field's length and added before they are saturated once
 * (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009): a term in three fields of
 * one endpoint is one strong match, not three.
 *
 * @module
 */

import type { FieldName, FieldWords } from "./fields.ts";
import { type Lexicon, termsOf } from "./lexicon.ts";
import { stemOf } from "./words.ts";

/** Where a term stands: in names, in sentences that tell what an endpoint is for, or only in explanations of its parts. */
export type Standing = "named" | "described" | "noted";

/** How much a field counts, and how much a long field is held against its terms. */
interface FieldRule {
  readonly weight: number;
  readonly length: number;
  readonly standing: Standing;
}

const RULES: Readonly<Record<FieldName, FieldRule>> = {
  title: { weight: 5, length: 0.5, standing: "named" },
  feature: { weight: 1.6, length: 0.2, standing: "named" },
  path: { weight: 3, length: 0.4, standing: "named" },
  purpose: { weight: 1.3, length: 0.5, standing: "described" },
  everyday: { weight: 2.2, length: 0.25, standing: "described" },
  parameters: { weight: 0.8, length: 0.6, standing: "noted" },
  members: { weight: 0.7, length: 0.6, standing: "noted" },
  answers: { weight: 0.5, length: 0.6, standing: "noted" },
  notes: { weight: 0.2, length: 0.6, standing: "noted" },
};

const SATURATION = 1.4;
/** The rarity of a term that is in no strong field; it may be a word of an explanation only. */
const MOST_WEAK_RARITY = 2.5;
const MOST_RARITY = 5.5;

/** The endpoints that have a term, and how well it fits each. */
export interface Postings {
  readonly rarity: number;
  /** The most telling of the fields that have the term. */
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
  /** The words of the strong fields as they are written, with the number of endpoints. */
  readonly words: ReadonlyMap<string, number>;
}

/**
 * The term for two terms that follow each other.
 *
 * @param first The first.
 * @param second The second.
 * @returns A term that no word is equal to.
 */
export function pairOf(first: string, second: string): string {
  return `${first} ${second}`;
}

function pairsOf(words: readonly string[], lexicon: Lexicon): string[] {
  const terms = termsOf(words, lexicon.same, lexicon.isFiller);
  return terms.slice(1).map((term, index) => pairOf(terms[index] ?? "", term));
}

/** Every term in a row of words: stems, and all phrases, those inside of longer ones, too. */
function allTerms(words: readonly string[], lexicon: Lexicon): string[] {
  const stems = words.map(stemOf);
  const terms = stems.filter((_, index) => !lexicon.isFiller(words[index] ?? ""));
  for (let index = 0; index < stems.length; index++) {
    for (const { value } of lexicon.same.all(stems, index)) terms.push(value);
  }
  return terms;
}

class Entry {
  readonly places: number[] = [];
  readonly frequencies: number[] = [];
  /** How many endpoints have the term in names or descriptions. */
  strong = 0;
  standing: Standing = "noted";
  #strongPlace = -1;

  add(place: number, frequency: number, standing: Standing): void {
    const last = this.places.length - 1;
    if (this.places[last] === place) this.frequencies[last] = (this.frequencies[last] ?? 0) + frequency;
    else {
      this.places.push(place);
      this.frequencies.push(frequency);
    }
    if (standing === "noted") return;
    if (this.standing !== "named") this.standing = standing;
    if (this.#strongPlace === place) return;
    this.#strongPlace = place;
    this.strong++;
  }
}

function finish(entry: Entry, size: number): Postings {
  const holders = entry.strong === 0 ? entry.places.length : entry.strong;
  const rarity = Math.log(1 + (size - holders + 0.5) / (holders + 0.5));
  const capped = Math.min(rarity, entry.strong === 0 ? MOST_WEAK_RARITY : MOST_RARITY);
  return {
    rarity: capped,
    standing: entry.standing,
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
  "parameters",
  "members",
  "answers",
  "notes",
];

/** The terms of every field, and how long the field is on average. */
function fieldTerms(documents: readonly FieldWords[], lexicon: Lexicon): { terms: string[][]; average: number[] } {
  const average = FIELD_NAMES.map(() => 0);
  const terms = documents.flatMap((document) =>
    FIELD_NAMES.map((field, index) => {
      const found = allTerms(document[field], lexicon);
      average[index] = (average[index] ?? 0) + found.length / documents.length;
      return RULES[field].standing === "noted" ? found : [...found, ...pairsOf(document[field], lexicon)];
    })
  );
  return { terms, average };
}

function enterAll(documents: readonly FieldWords[], lexicon: Lexicon): Map<string, Entry> {
  const { terms, average } = fieldTerms(documents, lexicon);
  const entries = new Map<string, Entry>();
  for (const [slot, found] of terms.entries()) {
    const field = slot % FIELD_NAMES.length;
    const { weight, length, standing } = RULES[FIELD_NAMES[field] ?? "notes"];
    const frequency = weight / (1 - length + length * found.length / Math.max(average[field] ?? 1, 1));
    for (const term of found) {
      let entry = entries.get(term);
      if (entry === undefined) entries.set(term, entry = new Entry());
      entry.add(Math.floor(slot / FIELD_NAMES.length), frequency, standing);
    }
  }
  return entries;
}

function countWords(documents: readonly FieldWords[]): Map<string, number> {
  const words = new Map<string, number>();
  for (const document of documents) {
    for (
      const word of new Set([
        ...document.title,
        ...document.feature,
        ...document.path,
        ...document.purpose,
        ...document.everyday,
      ])
    ) {
      words.set(word, (words.get(word) ?? 0) + 1);
    }
  }
  return words;
}

/** The settings of persons, rooms and sites have the same names; whose they are is weighed elsewhere. */
const OWNER_TERMS: ReadonlySet<string> = new Set(["#person", "#workspace", "#location", "#virtual line", "member"]);

function subjectOf(terms: readonly string[]): readonly string[] {
  const distinct = [...new Set(terms)];
  const rest = distinct.filter((term) => !OWNER_TERMS.has(term));
  return rest.length === 0 ? distinct : rest;
}

/**
 * Builds the index.
 *
 * @param documents The words of each endpoint.
 * @param lexicon The vocabulary.
 * @returns The index; endpoints are named by their place.
 */
export function buildInvertedIndex(documents: readonly FieldWords[], lexicon: Lexicon): InvertedIndex {
  const entries = enterAll(documents, lexicon);
  const finished = new Map<string, Postings>();
  for (const [term, entry] of entries) finished.set(term, finish(entry, documents.length));
  return {
    size: documents.length,
    postings: (term) => finished.get(term),
    titles: documents.map(({ title }) => [...new Set(termsOf(title, lexicon.same, lexicon.isTitleFiller))]),
    subjects: documents.map(({ path }) => subjectOf(termsOf(path, lexicon.same, lexicon.isFiller))),
    words: countWords(documents),
  };
}
