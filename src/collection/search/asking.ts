/**
 * Tells which sentences of a request ask to be shown something, and which words in them are no orders.
 *
 * @module
 */

import type { Word } from "./words.ts";

function setOf(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

const ASKING = setOf(
  "is are was were am does do did has have may who whos whom whose which what whats where when why how whether",
);
/** What begins an order to show something. */
const SHOWING = setOf("show see view display list find check count search");
const POLITE = setOf("please pls kindly hi hello hey ok so and but just now");

/** "Can you" and "could we" are polite orders; "can callers" asks. */
const MAYBE_ASKING = setOf("can could will would should");
const ORDERING = setOf("you u we i someone somebody anyone one");

/** "How do I add" and "how to add" want it done. */
const DOING = setOf("do can could should would to");
const DOER = setOf("i we you one");
/** "When does it ring" asks; "when it rings, send it on" is a rule. */
const AFTER_WHEN = setOf("do does did is are was were will can has have");

const INFLECTED_REGEXP = /(?:...ed|...ing|..[^su]s)$/;

function asksAt(words: readonly Word[], index: number): boolean {
  const text = words[index]?.text ?? "";
  const next = words[index + 1]?.text;
  if (MAYBE_ASKING.has(text)) return !ORDERING.has(next ?? "you");
  if (text === "when") return AFTER_WHEN.has(next ?? "");
  if (text !== "how") return ASKING.has(text);
  return next !== "to" && !(DOING.has(next ?? "") && DOER.has(words[index + 2]?.text ?? ""));
}

/**
 * Tells whether any sentence of a request is a question.
 *
 * @param words The words of the request.
 * @returns Whether one begins like a question.
 */
export function asks(words: readonly Word[]): boolean {
  return words.some(({ first }, index) => first && asksAt(words, index));
}

/**
 * Tells of each word whether its sentence asks a question or begins with an order to show something.
 *
 * @param words The words of the request.
 * @returns A value for each word.
 */
export function askedWords(words: readonly Word[]): readonly boolean[] {
  let asked = false;
  let beginning = false;
  return words.map(({ first, text }, index) => {
    if (first) asked = false;
    beginning ||= first;
    if (!beginning || POLITE.has(text)) return asked;
    beginning = false;
    return asked = SHOWING.has(text) || asksAt(words, index);
  });
}

/**
 * Tells whether a word has an ending that orders don't have: in "who changed it" nobody is to change anything.
 *
 * @param word The word in lower case.
 * @returns Whether it ends like a past tense, a participle, a third person or a plural.
 */
export function isInflected(word: string): boolean {
  return INFLECTED_REGEXP.test(word);
}
