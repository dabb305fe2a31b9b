/**
 * Understands a request: what it is about, what is to be done, and for whom.
 *
 * @module
 */

import type { Deed, Owner } from "./facets.ts";
import type { Lexicon, Meant } from "./lexicon.ts";
import type { Speller } from "./spelling.ts";
import { requestWords, stemOf, type Word } from "./words.ts";

/** More words say nothing new, and each costs time. */
const MOST_WORDS = 60;

/** One thing that is asked for: any one of several rows of terms. */
export interface Topic {
  readonly meant: Meant;
  /** From 0 to 1. */
  readonly weight: number;
  /** The word stands in the plural. */
  readonly plural: boolean;
}

/** A request, understood. */
export interface Request {
  readonly topics: readonly Topic[];
  /** How well each deed fits; empty when the request doesn't say what is to be done. */
  readonly deeds: Partial<Record<Deed, number>>;
  /** Whose settings are meant, and how surely. */
  readonly owners: ReadonlyMap<Owner, number>;
}

/** What understanding needs. */
export interface Understanding {
  readonly lexicon: Lexicon;
  readonly spell: Speller;
  /** Tells whether an endpoint has this stem. */
  isTerm(stem: string): boolean;
}

/** How much a noun counts that also tells whose settings are meant. */
const SCOPE_TOPIC_WEIGHT = 0.5;
const FOR_NAME_STRENGTH = 0.5;
const POSSESSIVE_STRENGTH = 0.9;
const AT_NAME_STRENGTH = 0.4;

const NUMBER_REGEXP = /^\d+$/;

/** Takes a request apart, word by word. */
class Reader {
  readonly #topics: Topic[] = [];
  readonly #owners = new Map<Owner, number>();
  readonly #verbWords: number[] = [];
  readonly #stems: readonly string[];
  #deeds: Partial<Record<Deed, number>> = {};

  constructor(private readonly words: readonly Word[], private readonly understanding: Understanding) {
    this.#stems = words.map(({ text }) => stemOf(text));
  }

  read(): Request {
    for (let index = 0; index < this.words.length;) index += this.#readAt(index);
    if (this.#topics.length === 0) { for (const index of this.#verbWords) this.#addWord(index, 1); }
    return { topics: this.#topics, deeds: this.#deeds, owners: this.#owners };
  }

  /** Reads what begins at a word, and tells how many words it took. */
  #readAt(index: number): number {
    const { lexicon } = this.understanding;
    const meant = lexicon.meant.longest(this.#stems, index);
    const verb = lexicon.verbs.longest(this.#stems, index);
    const scope = lexicon.scopes.longest(this.#stems, index);
    if (scope !== undefined) this.#addOwner(scope.value.owner, scope.value.strength);
    if (this.#isName(index, meant !== undefined)) return this.#readName(index);
    if (verb !== undefined) this.#addDeeds(verb.value.deeds);
    if (meant !== undefined && meant.length >= (verb?.length ?? 0)) {
      return this.#addMeant(index, meant.value, meant.length, scope !== undefined && scope.length >= meant.length);
    }
    if (verb !== undefined) return this.#readVerb(index, verb.length, verb.value.topical);
    if (scope !== undefined) return scope.length;
    this.#addWord(index, 1);
    return 1;
  }

  #addMeant(index: number, meant: Meant, length: number, scope: boolean): number {
    const last = this.words[index + length - 1]?.text ?? "";
    const plural = last.endsWith("s") && !last.endsWith("ss");
    this.#topics.push({ meant, weight: scope ? SCOPE_TOPIC_WEIGHT : 1, plural });
    return length;
  }

  #readVerb(index: number, length: number, topical: boolean): number {
    for (let at = index; at < index + length; at++) {
      if (topical) this.#addWord(at, 1);
      else this.#verbWords.push(at);
    }
    return length;
  }

  #addWord(index: number, weight: number): void {
    const text = this.words[index]?.text ?? "";
    const stem = this.#stems[index] ?? "";
    if (this.understanding.lexicon.isFiller(text) || NUMBER_REGEXP.test(text)) return;
    if (!this.understanding.isTerm(stem)) return;
    this.#topics.push({ meant: [[stem]], weight, plural: text.endsWith("s") && !text.endsWith("ss") });
  }

  /** The first verb counts; a later one refines what it leaves open. */
  #addDeeds(deeds: Partial<Record<Deed, number>>): void {
    if (Object.keys(this.#deeds).length === 0) this.#deeds = deeds;
  }

  #addOwner(owner: Owner, strength: number): void {
    if (owner !== "none") this.#owners.set(owner, Math.max(this.#owners.get(owner) ?? 0, strength));
  }

  /** A word that nobody knows, or that a capital after "for" or an apostrophe marks as somebody's name. */
  #isName(index: number, known: boolean): boolean {
    const word = this.words[index];
    if (word === undefined || known) return false;
    const stem = this.#stems[index] ?? "";
    if (this.understanding.lexicon.scopes.longest(this.#stems, index) !== undefined) return false;
    if (word.possessive) return !this.understanding.lexicon.isFiller(word.text);
    const before = this.words[index - 1]?.text;
    if (word.capital && !word.first && (before === "for" || before === "from" || before === "to")) return true;
    return !this.understanding.isTerm(stem) && !this.understanding.lexicon.words.has(word.text);
  }

  #readName(index: number): number {
    const word = this.words[index];
    const before = this.words[index - 1]?.text;
    if (word?.possessive === true) this.#addOwner("person", POSSESSIVE_STRENGTH);
    else if (before === "for" || before === "of") this.#addOwner("person", FOR_NAME_STRENGTH);
    else if (before === "in" || before === "at") this.#addOwner("location", AT_NAME_STRENGTH);
    return 1;
  }
}

/** Mends the words that nobody knows; one that is written like a name stays. */
function mended(words: readonly Word[], { spell, isTerm, lexicon }: Understanding): readonly Word[] {
  const shouting = words.every(({ capital }) => capital);
  return words.map((word) => {
    if (word.possessive || (word.capital && !word.first && !shouting)) return word;
    if (lexicon.words.has(word.text) || isTerm(stemOf(word.text))) return word;
    const right = spell(word.text);
    return right === undefined ? word : { ...word, text: right };
  });
}

/** What stands in quotation marks, or after "called", is somebody's own name for a thing. */
const QUOTED_REGEXP = /(["\u201c\u201d\u00ab\u00bb])[^"\u201c\u201d\u00ab\u00bb]{1,80}\1?|\b(?:called|named)\s+\S+/g;

/**
 * Understands a request.
 *
 * @param text The request, as it was written.
 * @param understanding What is known.
 * @returns The request, of its first words.
 */
export function understand(text: string, understanding: Understanding): Request {
  const plain = requestWords(text.slice(0, 4_000).replace(QUOTED_REGEXP, " "), MOST_WORDS);
  const words = plain.length > 0 ? plain : requestWords(text, MOST_WORDS);
  return new Reader(mended(words, understanding), understanding).read();
}
