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
const APOSTROPHE_REGEXP = /[\u2018\u2019\u02bc\u00b4]/g;
/** A mail address, a telephone number, quotation marks, or a word. */
const PIECE_REGEXP =
  /(?<mail>[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,64})|(?<number>\+\d[\d\s().-]{5,20}\d|\b\d{3}[-.\s]\d{3}[-.\s]\d{4}\b)|(?<quote>["\u201c\u201d\u00ab\u00bb]|(?<![\p{L}\p{N}])'(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}])'(?![\p{L}\p{N}]))|(?<word>[\p{L}\p{N}]+(?:'\p{L}+)*)/gu;
const WORDS_REGEXP = /[\p{L}\p{N}]+/gu;
const ASCII_WORDS_REGEXP = /[a-z\d]+/g;
const NUMBERED_REGEXP = /^(\p{L}{3,})\d{1,2}$/u;
const LETTERS_REGEXP = /^[a-z]+$/;

/**
 * Words that Porter's rules would throw together with others: a customer is nothing custom, business isn't busy, and a
 * team is not Microsoft's.
 */
const UNLIKE: ReadonlyMap<string, string> = new Map([
  ["hoteling", "hoteling"],
  ["hotelling", "hoteling"],
  ["internal", "internal"],
  ["internally", "internal"],
  ["international", "international"],
  ["general", "general"],
  ["operator", "operator"],
  ["operators", "operator"],
  ["customer", "customer"],
  ["customers", "customer"],
  ["business", "business"],
  ["businesses", "business"],
  ["personal", "personal"],
  ["building", "building"],
  ["buildings", "building"],
  ["important", "important"],
  ["screening", "screening"],
  ["teams", "teams"],
  ["compliant", "complianc"],
  ["evening", "evening"],
  ["setting", "setting"],
  ["settings", "setting"],
]);

const stems = new Map<string, string>();
const MOST_STEMS = 20_000;
/** Nothing that is longer is a word. */
const MOST_LETTERS = 40;

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
  /** It begins a part of a sentence. */
  readonly opening: boolean;
  /** It stands in quotation marks. */
  readonly quoted: boolean;
}

/** The words of a request, and what else stands in it. */
export interface RequestWords {
  readonly words: readonly Word[];
  readonly mailAddress: boolean;
  readonly phoneNumber: boolean;
  /** It has a question mark. */
  readonly questionMark: boolean;
}

/** Half of all texts are nothing but such words; it is quicker to see that than to look for anything else. */
const SIMPLE_REGEXP = /^[a-z]+(?: [a-z]+)*$/;

/** Most texts need nothing of what other alphabets and names in `camelCase` do. */
const ASCII_REGEXP = /^\p{ASCII}*$/u;
const CAMEL_REGEXP = /[a-z\d][A-Z]|[A-Z]{3}[a-z]/;

function plain(text: string): string {
  return ASCII_REGEXP.test(text)
    ? text
    : text.replace(APOSTROPHE_REGEXP, "'").normalize("NFKD").replace(/\p{M}+/gu, "");
}

function spaced(text: string): string {
  if (!CAMEL_REGEXP.test(text) && ASCII_REGEXP.test(text)) return text;
  return text.replace(LOWER_UPPER_REGEXP, "$1 ").replace(ACRONYM_REGEXP, "$1 ");
}

function unnumbered(word: string): string {
  const last = word.charCodeAt(word.length - 1);
  return last < 48 || last > 57 ? word : NUMBERED_REGEXP.exec(word)?.[1] ?? word;
}

/**
 * Divides a text, at spaces and punctuation and inside of `camelCase`.
 *
 * @param text The text.
 * @returns The words in lower case, without accents; a number at the end of a word is left out.
 */
export function wordsOf(text: string): string[] {
  if (SIMPLE_REGEXP.test(text)) return text.split(" ");
  const bare = plain(text).replaceAll("'", "").replaceAll("`", "");
  const lower = spaced(bare).toLowerCase();
  return (lower.match(ASCII_REGEXP.test(lower) ? ASCII_WORDS_REGEXP : WORDS_REGEXP) ?? []).map(unnumbered);
}

/** `DIDs` are several of what `DID` is, and neither is the past of "do". */
function lowered(raw: string): string {
  if (/^DIDs?$/.test(raw)) return "ddi";
  return (/^\p{Lu}{2,5}s$/u.test(raw) ? raw.slice(0, -1) : raw).toLowerCase();
}

/** Reads the pieces of a request. */
class Pieces {
  readonly words: Word[] = [];
  mailAddress = false;
  phoneNumber = false;
  #quoted = false;
  #end = 0;

  constructor(private readonly text: string) {}

  add(match: RegExpMatchArray): void {
    const { mail, number, quote, word } = match.groups ?? {};
    if (mail !== undefined) this.mailAddress = true;
    if (number !== undefined) this.phoneNumber = true;
    if (quote !== undefined) this.#quoted = !this.#quoted;
    if (word !== undefined) this.#addWord(word, match.index ?? 0);
  }

  #addWord(raw: string, at: number): void {
    const between = this.text.slice(this.#end, at);
    const first = this.words.length === 0 || /[.!?:;]\s/.test(between);
    const opening = first || /[,(\u2013\u2014]|\s-\s/.test(between);
    this.#end = at + raw.length;
    const possessive = /'s$/i.test(raw) ||
      (/s$/i.test(raw) && /^'(?:\s|$)/.test(this.text.slice(this.#end)) && !this.#quoted);
    const bare = lowered(raw.replace(/'s$/i, "")).replace(/'/g, "");
    const capital = /^\p{Lu}\p{Ll}+/u.test(raw);
    this.words.push({ text: bare, capital, possessive, first, opening, quoted: this.#quoted });
  }
}

/**
 * Divides a request, and keeps what the way of writing tells.
 *
 * @param text The request.
 * @param most The most words that are wanted.
 * @returns Its first words, and what else was met before the last of them.
 */
export function requestWords(text: string, most: number): RequestWords {
  const cut = spaced(plain(text.slice(0, MOST_CHARACTERS)).replaceAll("`", "'"));
  const pieces = new Pieces(cut);
  for (const match of cut.matchAll(PIECE_REGEXP)) {
    if (pieces.words.length === most) break;
    pieces.add(match);
  }
  const { words, mailAddress, phoneNumber } = pieces;
  return { words, mailAddress, phoneNumber, questionMark: /\?(?:\s|$)/.test(cut) };
}

/**
 * Brings a word to its stem, by Porter's rules.
 *
 * @param word The word in lower case.
 * @returns The stem; words of up to three letters, and those of other alphabets, as they are.
 */
export function stemOf(word: string): string {
  if (word.length <= 3 || word.length > MOST_LETTERS || !LETTERS_REGEXP.test(word)) return word;
  const known = UNLIKE.get(word) ?? stems.get(word);
  if (known !== undefined) return known;
  // Porter leaves "queue" and makes "queu" of "queuing"; one ending fewer makes them one.
  const stem = stemmer(word).replace(/(?<=.{3})e$/, "");
  if (stems.size < MOST_STEMS) stems.set(word, stem);
  return stem;
}
