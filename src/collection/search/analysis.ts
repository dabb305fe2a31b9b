/**
 * Reduces the texts of endpoints to terms.
 *
 * @module
 */

import type { Lexicon } from "./lexicon.ts";
import { stemOf, wordsOf } from "./words.ts";

/** A text, reduced. Terms are numbered, which makes counting them quick. */
export interface Analysis {
  /** Stems of all words but filler, and all phrases, those inside of longer ones, too. */
  readonly terms: readonly number[];
  /** The longest phrases, and the stems of all words that are in none, but filler, in their order. */
  readonly row: readonly number[];
  /** The same with all filler that tells something in a sentence, as "who", "off" and "get" do. */
  readonly sentence: readonly number[];
  readonly words: readonly KnownWord[];
}

/** What is known of a word. */
export interface KnownWord {
  /** How often it stands where it is told what an endpoint is about; whoever reads it there counts. */
  told: number;
  readonly stem: string;
  readonly term: number;
  readonly filler: boolean;
  readonly empty: boolean;
  /** A phrase begins with it. */
  readonly begins: boolean;
}

/**
 * The term for two terms that stand close to each other, in either order.
 *
 * @param first The one.
 * @param second The other.
 * @returns A term that no word is equal to.
 */
export function pairOf(first: string, second: string): string {
  return first < second ? `${first} ${second}` : `${second} ${first}`;
}

/** Terms that are further apart are no pair. */
const MOST_APART = 3;

/** Reduces texts and words, each once: a thousand endpoints have many in common. */
export class Analyser {
  /** The number of each term. */
  readonly numbers = new Map<string, number>();
  readonly #terms: string[] = [];
  readonly #words = new Map<string, KnownWord>();
  readonly #known = new Map<string, Analysis>();
  readonly #lexicon: Lexicon;

  /**
   * Makes an analyser.
   *
   * @param lexicon The vocabulary.
   */
  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon;
  }

  /** All words that were met. */
  get words(): ReadonlyMap<string, KnownWord> {
    return this.#words;
  }

  /**
   * Reduces a text that may be met again.
   *
   * @param text The text.
   * @returns Its terms and words.
   */
  analyse(text: string): Analysis {
    let analysis = this.#known.get(text);
    if (analysis === undefined) this.#known.set(text, analysis = this.reduce(text));
    return analysis;
  }

  /**
   * Reduces a text, without remembering it.
   *
   * @param text The text.
   * @returns Its terms and words.
   */
  reduce(text: string): Analysis {
    const known = wordsOf(text).map((word) => this.#word(word));
    const terms: number[] = [];
    const row: number[] = [];
    const sentence: number[] = [];
    let stems: readonly string[] | undefined;
    let next = 0;
    // A loop instead of chains of arrays: a quarter of the time went into collecting garbage.
    for (let index = 0; index < known.length; index++) {
      const word = known[index];
      if (word === undefined) continue;
      if (!word.filler) terms.push(word.term);
      let { term } = word;
      let longest = 0;
      if (word.begins) {
        stems ??= known.map(({ stem }) => stem);
        for (const { value, length } of this.#lexicon.same.all(stems, index)) {
          terms.push(term = this.#number(value));
          longest = length;
        }
      }
      if (index < next) continue;
      next = index + Math.max(1, longest);
      if (longest > 0 || !word.filler) row.push(term);
      if (longest > 0 || !word.empty) sentence.push(term);
    }
    return { terms, row, sentence, words: known };
  }

  /**
   * Pairs terms that stand close to each other.
   *
   * @param row Terms in their order.
   * @returns The terms of the pairs.
   */
  pairs(row: readonly number[]): number[] {
    const pairs: number[] = [];
    for (let at = 1; at < row.length; at++) {
      for (let before = Math.max(0, at - MOST_APART); before < at; before++) {
        pairs.push(this.#number(pairOf(this.#terms[row[before] ?? 0] ?? "", this.#terms[row[at] ?? 0] ?? "")));
      }
    }
    return pairs;
  }

  #word(text: string): KnownWord {
    let known = this.#words.get(text);
    if (known === undefined) {
      const { same, isFiller, isEmpty } = this.#lexicon;
      const stem = stemOf(text);
      const term = this.#number(stem);
      const [filler, empty, begins] = [isFiller(text), isEmpty(text), same.begins(stem)];
      this.#words.set(text, known = { told: 0, stem, term, filler, empty, begins });
    }
    return known;
  }

  #number(term: string): number {
    let number = this.numbers.get(term);
    if (number === undefined) {
      this.numbers.set(term, number = this.numbers.size);
      this.#terms.push(term);
    }
    return number;
  }
}
