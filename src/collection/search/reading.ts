/**
 * Reads all texts of all endpoints into numbers, each text once.
 *
 * @module
 */

import { Analyser, type Analysis } from "./analysis.ts";
import { FIELD_RULES, type FieldRule } from "./field_rules.ts";
import type { FieldTexts } from "./fields.ts";
import { type Lexicon, termsOf } from "./lexicon.ts";
import { Rows } from "./rows.ts";
import { wordsOf } from "./words.ts";

/** All texts, read. Endpoints are named by their place, and terms by number. */
export interface Reading {
  /** How many endpoints there are. */
  readonly size: number;
  /** The number of each term. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The terms of each field of each endpoint: field after field, in the order of the rules. */
  readonly terms: Rows;
  /** The pairs of each field, in the same order. */
  readonly pairs: Rows;
  /** Sayings, and titles, which are sayings, too. */
  readonly sentences: Rows;
  /** The endpoint of each of them. */
  readonly speakers: readonly number[];
  /** What each title is about: its terms without filler, each once. */
  readonly titles: readonly (readonly string[])[];
  /** What each path is about, its owner left out. */
  readonly subjects: readonly (readonly string[])[];
  /** The words of names and descriptions as they are written, with how often they are. */
  readonly words: ReadonlyMap<string, number>;
}

/** The settings of persons, rooms and sites have the same names; whose they are is weighed elsewhere. */
const OWNER_TERMS: ReadonlySet<string> = new Set(["#person", "#workspace", "#location", "#virtual line", "member"]);

class Reader {
  readonly terms = new Rows();
  readonly pairs = new Rows();
  readonly sentences = new Rows();
  readonly speakers: number[] = [];
  readonly #analyser: Analyser;

  constructor(private readonly lexicon: Lexicon) {
    this.#analyser = new Analyser(lexicon);
  }

  get numbers(): ReadonlyMap<string, number> {
    return this.#analyser.numbers;
  }

  get words(): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const [word, { told }] of this.#analyser.words) if (told > 0) found.set(word, told);
    return found;
  }

  add(document: FieldTexts, place: number): void {
    for (const rule of FIELD_RULES) {
      const { field } = rule;
      for (const text of document[field]) {
        // No saying is met twice, and what is remembered costs time to keep.
        this.#add(field === "sayings" ? this.#analyser.reduce(text) : this.#analyser.analyse(text), rule, place);
      }
      this.terms.end();
      this.pairs.end();
    }
  }

  #add({ terms, row, sentence, words }: Analysis, { field, standing, paired }: FieldRule, place: number): void {
    this.terms.add(terms);
    if (standing === "noted") return;
    for (const word of words) word.told++;
    if (paired) this.pairs.add(this.#analyser.pairs(row));
    if (field !== "sayings" && field !== "title") return;
    this.sentences.add(sentence);
    this.sentences.end();
    this.speakers.push(place);
  }

  aboutOf(text = "", isFiller = this.lexicon.isFiller): readonly string[] {
    return [...new Set(termsOf(wordsOf(text), this.lexicon.same, isFiller))];
  }
}

function subjectOf(terms: readonly string[]): readonly string[] {
  const rest = terms.filter((term) => !OWNER_TERMS.has(term));
  return rest.length === 0 ? terms : rest;
}

/**
 * Reads the texts of endpoints.
 *
 * @param documents The texts of each endpoint.
 * @param lexicon The vocabulary.
 * @returns All that was read.
 */
export function readDocuments(documents: readonly FieldTexts[], lexicon: Lexicon): Reading {
  const reader = new Reader(lexicon);
  for (const [place, document] of documents.entries()) reader.add(document, place);
  const { terms, pairs, sentences, speakers, numbers, words } = reader;
  return {
    size: documents.length,
    numbers,
    terms,
    pairs,
    sentences,
    speakers,
    words,
    titles: documents.map(({ title }) => reader.aboutOf(title[0], lexicon.isTitleFiller)),
    subjects: documents.map(({ path }) => subjectOf(reader.aboutOf(path[0]))),
  };
}
