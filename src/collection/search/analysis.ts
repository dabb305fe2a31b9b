/**
 * Reduces the texts of endpoints to terms.
 *
 * @module
 */

import { type Lexicon, termsOf } from "./lexicon.ts";
import { stemOf, wordsOf } from "./words.ts";

/** A text, reduced. Terms are numbered, which makes counting them quick. */
export interface Analysis {
  /** Stems of all words but filler, and all phrases, those inside of longer ones, too. */
  readonly terms: readonly number[];
  /** Pairs of terms that stand close to each other. */
  readonly pairs: readonly number[];
  readonly words: readonly string[];
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

/** Reduces texts, each once: a thousand endpoints have many in common. */
export class Analyser {
  /** The number of each term. */
  readonly numbers = new Map<string, number>();
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

  /**
   * Reduces a text.
   *
   * @param text The text.
   * @returns Its terms, pairs and words.
   */
  analyse(text: string): Analysis {
    let analysis = this.#known.get(text);
    if (analysis === undefined) this.#known.set(text, analysis = this.#reduce(wordsOf(text)));
    return analysis;
  }

  // Loops instead of chains of arrays: a quarter of the time went into collecting garbage.
  #reduce(words: readonly string[]): Analysis {
    const { same, isFiller } = this.#lexicon;
    const stems = words.map(stemOf);
    const terms: number[] = [];
    for (const [index, stem] of stems.entries()) {
      if (!isFiller(words[index] ?? "")) terms.push(this.#number(stem));
      for (const { value } of same.all(stems, index)) terms.push(this.#number(value));
    }
    return { terms, pairs: this.#pairs(termsOf(words, same, isFiller)), words };
  }

  #pairs(row: readonly string[]): number[] {
    const pairs: number[] = [];
    for (let at = 1; at < row.length; at++) {
      for (let before = Math.max(0, at - MOST_APART); before < at; before++) {
        pairs.push(this.#number(pairOf(row[before] ?? "", row[at] ?? "")));
      }
    }
    return pairs;
  }

  #number(term: string): number {
    let number = this.numbers.get(term);
    if (number === undefined) this.numbers.set(term, number = this.numbers.size);
    return number;
  }
}
