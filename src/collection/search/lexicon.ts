/**
 * The vocabulary of telephony, ready for look-ups.
 *
 * @module
 */

import type { Deed, Owner } from "./facets.ts";
import { PhraseBook } from "./phrase_book.ts";
import { EMPTY, FAINT, FILLER, TITLE_FILLER } from "./words/filler_words.ts";
import { PLAIN_VERBS, SCOPE_WORDS, TOPICAL_VERBS } from "./words/intent_words.ts";
import { MEANINGS } from "./words/meanings.ts";
import { CALL_FEATURES, GROUP_FEATURES } from "./words/same_features.ts";
import { CALL_WORDS, DEVICE_WORDS, EMERGENCY_WORDS, ORGANIZATION_WORDS, ROUTING_WORDS } from "./words/same_system.ts";
import { THESAURUS } from "./words/thesaurus.ts";
import { stemOf, wordsOf } from "./words.ts";

/** One of the things that a phrase can stand for. */
export interface Sense {
  readonly terms: readonly string[];
  /** From 0 to 1. */
  readonly weight: number;
}

/** What a phrase of a request stands for: any one of these. */
export type Meant = readonly Sense[];

/** How much counts what a phrase may stand for besides its own. */
const WEIGHT = { meaning: 1, thesaurus: 0.8, words: 0.6 };

/** What a verb asks for. */
export interface VerbSense {
  readonly deeds: Partial<Record<Deed, number>>;
  /** How surely it is meant. */
  readonly surely: number;
  /** The verb says something of the matter, too. */
  readonly topical: boolean;
}

/** Whose settings a word asks for. */
export interface ScopeSense {
  readonly owner: Owner;
  readonly strength: number;
}

/** Look-ups in the vocabulary. */
export interface Lexicon {
  /** Phrases of one thing, with the term that stands for the thing. */
  readonly same: PhraseBook<string>;
  /** Phrases of requests, and what they stand for. */
  readonly meant: PhraseBook<Meant>;
  readonly verbs: PhraseBook<VerbSense>;
  readonly scopes: PhraseBook<ScopeSense>;
  /** Words that tell nothing in a request. */
  isFiller(word: string): boolean;
  /** Words that tell nothing even in a whole sentence. */
  isEmpty(word: string): boolean;
  /** Words of everyday life that tell little in a request. */
  isFaint(word: string): boolean;
  /** Words that tell nothing in a title. */
  isTitleFiller(word: string): boolean;
  /** Every word that the vocabulary knows. */
  readonly words: ReadonlySet<string>;
}

const SAME: readonly string[] = [
  ...CALL_FEATURES,
  ...GROUP_FEATURES,
  ...DEVICE_WORDS,
  ...ROUTING_WORDS,
  ...EMERGENCY_WORDS,
  ...CALL_WORDS,
  ...ORGANIZATION_WORDS,
];

let lexicon: Lexicon | undefined;

/**
 * The term that stands for all phrases of one thing. No word is equal to it, since none has a number sign.
 */
function termOf(line: string): string {
  return `#${(line.split("|")[0] ?? "").trim()}`;
}

/**
 * Reduces words to terms: the longest known phrases to what they stand for, other words to their stems.
 *
 * @param words The words, in lower case.
 * @param same The phrases.
 * @param isFiller Tells which words to leave out where they are in no phrase.
 * @returns The terms in the order of the words.
 */
export function termsOf(
  words: readonly string[],
  same: PhraseBook<string>,
  isFiller: (word: string) => boolean,
): string[] {
  const stems = words.map(stemOf);
  const terms: string[] = [];
  for (let index = 0; index < words.length;) {
    const found = same.longest(stems, index);
    const word = words[index] ?? "";
    if (found !== undefined) terms.push(found.value);
    else if (!isFiller(word)) terms.push(stems[index] ?? "");
    index += found?.length ?? 1;
  }
  return terms;
}

/** The words of a phrase, for endpoints that have them without having the phrase. */
function plainWords(phrase: string): Sense {
  const terms = wordsOf(phrase).filter((word) => !isFiller(word)).map(stemOf);
  return { terms, weight: terms.length === 1 ? 1 : WEIGHT.words };
}

/** Adds a line of phrases that are one thing. */
function addSame(line: string, meant: PhraseBook<Meant>): void {
  const own: Sense = { terms: [termOf(line)], weight: 1 };
  for (const phrase of line.split("|")) {
    const words = plainWords(phrase);
    meant.add(phrase, words.terms.length > 1 ? [own, words] : [own]);
  }
}

/** Adds a line with an arrow. */
function addMeaning(line: string, meant: PhraseBook<Meant>, same: PhraseBook<string>, weight: number): void {
  const [said = "", texts = ""] = line.split("=>");
  const senses = texts.split("/").map((text): Sense => ({ terms: termsOf(wordsOf(text), same, isFiller), weight }));
  for (const phrase of said.split("|")) meant.add(phrase, [...senses, plainWords(phrase)]);
}

function isFiller(word: string): boolean {
  return FILLER.has(word);
}

function build(): Lexicon {
  const same = new PhraseBook<string>();
  const meant = new PhraseBook<Meant>();
  const verbs = new PhraseBook<VerbSense>();
  const scopes = new PhraseBook<ScopeSense>();
  for (const line of SAME) same.add(line, termOf(line));
  for (const line of MEANINGS) addMeaning(line, meant, same, WEIGHT.meaning);
  for (const line of SAME) addSame(line, meant);
  for (const line of THESAURUS) addMeaning(line, meant, same, WEIGHT.thesaurus);
  for (const [said, deeds, surely] of TOPICAL_VERBS) verbs.add(said, { deeds, surely, topical: true });
  for (const [said, deeds, surely] of PLAIN_VERBS) verbs.add(said, { deeds, surely, topical: false });
  for (const [said, owner, strength] of SCOPE_WORDS) scopes.add(said, { owner, strength });
  return {
    same,
    meant,
    verbs,
    scopes,
    isFiller,
    isEmpty: (word) => EMPTY.has(word),
    isFaint: (word) => FAINT.has(word),
    isTitleFiller: (word) => TITLE_FILLER.has(word) || isFiller(word),
    words: new Set([...meant.words, ...verbs.words, ...scopes.words, ...FILLER, ...FAINT]),
  };
}

/**
 * Makes the vocabulary's look-ups, once.
 *
 * @returns The vocabulary.
 */
export function telephonyLexicon(): Lexicon {
  return lexicon ??= build();
}
