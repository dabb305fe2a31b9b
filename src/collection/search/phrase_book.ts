/**
 * Finds phrases in a row of words.
 *
 * @module
 */

import { stemOf, wordsOf } from "./words.ts";

interface Node<T> {
  readonly next: Map<string, Node<T>>;
  value?: T;
}

/** A phrase that was found. */
export interface Found<T> {
  readonly value: T;
  /** How many words it takes. */
  readonly length: number;
}

/** Phrases with a value each. Plural and tense don't matter. */
export class PhraseBook<T> {
  readonly #root: Node<T> = { next: new Map() };
  readonly #words = new Set<string>();

  /** The words of all phrases, as they are written there. */
  get words(): ReadonlySet<string> {
    return this.#words;
  }

  /**
   * Adds phrases that have one value.
   *
   * A phrase of several words is found when it is written as one, too. What was added first stays.
   *
   * @param said The phrases, divided by bars.
   * @param value The value.
   */
  add(said: string, value: T): void {
    for (const phrase of said.split("|")) {
      const words = wordsOf(phrase);
      if (words.length === 0) continue;
      this.#put(words, value);
      const joined = words.join("");
      if (words.length === 2 && joined.length > 6) this.#put([joined], value);
    }
  }

  #put(words: readonly string[], value: T): void {
    let node = this.#root;
    for (const word of words) {
      this.#words.add(word);
      const stem = stemOf(word);
      let next = node.next.get(stem);
      if (next === undefined) node.next.set(stem, next = { next: new Map() });
      node = next;
    }
    node.value ??= value;
  }

  /**
   * Tells whether any phrase begins with a word; most words begin none, and need not be looked at again.
   *
   * @param stem The stem of the word.
   * @returns Whether one does.
   */
  begins(stem: string): boolean {
    return this.#root.next.has(stem);
  }

  /**
   * Finds the longest phrase that begins at a word.
   *
   * @param stems The stems of all words.
   * @param at The index of the word.
   * @returns The phrase, or `undefined` if none begins there.
   */
  longest(stems: readonly string[], at: number): Found<T> | undefined {
    let found: Found<T> | undefined;
    let node = this.#root.next.get(stems[at] ?? "");
    for (let length = 1; node !== undefined; length++) {
      if (node.value !== undefined) found = { value: node.value, length };
      node = node.next.get(stems[at + length] ?? "");
    }
    return found;
  }

  /**
   * Finds every phrase that begins at a word.
   *
   * @param stems The stems of all words.
   * @param at The index of the word.
   * @returns The phrases, the shortest first.
   */
  all(stems: readonly string[], at: number): Found<T>[] {
    const found: Found<T>[] = [];
    let node = this.#root.next.get(stems[at] ?? "");
    for (let length = 1; node !== undefined; length++) {
      if (node.value !== undefined) found.push({ value: node.value, length });
      node = node.next.get(stems[at + length] ?? "");
    }
    return found;
  }
}
