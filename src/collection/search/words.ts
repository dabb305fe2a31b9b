/**
 * Divides text into words and brings words to their stem.
 *
 * @module
 */

import { stemmer } from "stemmer";

/** Words of a request's first characters are read; what lies beyond says nothing new and would cost time. */
const MOST_CHARACTERS = 4_000;

const LOWER_UPPER_REGEXP = /(\p{Ll}|\d)(?=\p{Lu})/gu;
const ACRONYM_REGEXP = /(\p{Lu}{2,})(?=\p{Lu}\p{Ll}{2})/gu;
const APOSTROPHE_REGEXP = /[\u2018\u2019\u02bc\u0060\u00b4]/g;
const WORD_REGEXP = /[\p{L}\p{N}]+(?:'\p{L}+)*'?/gu;
const NUMBERED_REGEXP = /^(\p{L}{3,})\d{1,2}$/u;
const LETTERS_REGEXP = /^[a-z]+$/;

const stems = new Map<string, string>();
const MOST_STEMS = 20_000;

/** A word as it was written. */
export interface Word {
  /** In lower case, without accents and apostrophes. */
  readonly text: string;
  /** It begins with a capital and goes on in small letters. */
  readonly capital: boolean;
  /** It ended in an apostrophe with or without an s. */
  readonly possessive: boolean;
  /** It is the first of a sentence. */
  readonly first: boolean;
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}+/gu, "");
}

/**
 * Divides a text, at spaces and punctuation and inside of `camelCase`.
 *
 * @param text The text.
 * @returns The words in lower case, without accents; a number at the end of a word is left out.
 */
export function wordsOf(text: string): string[] {
  const spaced = plain(text).replace(APOSTROPHE_REGEXP, "").replace(/'/g, "")
    .replace(LOWER_UPPER_REGEXP, "$1 ").replace(ACRONYM_REGEXP, "$1 ").toLowerCase();
  return (spaced.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => NUMBERED_REGEXP.exec(word)?.[1] ?? word);
}

/**
 * Divides a request, and keeps what the way of writing tells.
 *
 * @param text The request.
 * @param most The most words that are wanted.
 * @returns Its first words.
 */
export function requestWords(text: string, most: number): Word[] {
  const cut = plain(text.slice(0, MOST_CHARACTERS)).replace(APOSTROPHE_REGEXP, "'")
    .replace(LOWER_UPPER_REGEXP, "$1 ").replace(ACRONYM_REGEXP, "$1 ");
  const found: Word[] = [];
  let end = 0;
  for (const match of cut.matchAll(WORD_REGEXP)) {
    if (found.length === most) break;
    const raw = match[0];
    const possessive = /(?:'s|s')$/i.test(raw);
    const bare = (possessive && raw.endsWith("'") ? raw.slice(0, -1) : raw.replace(/'s$/i, "")).replace(/'/g, "");
    const first = found.length === 0 || /[.!?:;]\s/.test(cut.slice(end, match.index));
    end = match.index + raw.length;
    found.push({ text: bare.toLowerCase(), capital: /^\p{Lu}\p{Ll}+/u.test(raw), possessive, first });
  }
  return found;
}

/**
 * Brings a word to its stem, by Porter's rules.
 *
 * @param word The word in lower case.
 * @returns The stem; words of up to three letters, and those of other alphabets, as they are.
 */
export function stemOf(word: string): string {
  if (word.length <= 3 || !LETTERS_REGEXP.test(word)) return word;
  const known = stems.get(word);
  if (known !== undefined) return known;
  // Porter leaves "queue" and makes "queu" of "queuing"; one ending fewer makes them one.
  const stem = stemmer(word).replace(/(?<=.{3})e$/, "");
  if (stems.size < MOST_STEMS) stems.set(word, stem);
  return stem;
}
