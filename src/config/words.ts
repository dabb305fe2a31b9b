/**
 * Splits a command into its words without a shell.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";

const WORD_REGEXP = /(?:[^\s'"]|'[^']*'|"[^"]*")+/y;
const BLANKS_REGEXP = /\s*/y;

function refuse(source: string, expected: string): never {
  // The command isn't quoted: it may hold a secret.
  throw new UsageError(`Cannot use ${source}: expected ${expected}`, {
    code: "bad_command",
    guidance:
      `Give a program and its arguments, such as "pass show webex" or ["pass", "show", "webex"]; no shell reads them.`,
  });
}

function parseList(text: string, source: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse(source, "a JSON array of words");
  }
  const words = Array.isArray(value) ? value.filter((word) => typeof word === "string") : [];
  if (!Array.isArray(value) || words.length !== value.length) return refuse(source, "a JSON array of words");
  return words;
}

/** Quotes group and are taken off; a backslash is an ordinary character, as paths of Windows need it. */
function parseText(text: string, source: string): string[] {
  const words: string[] = [];
  let position = 0;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[0] ?? "";
    position += found.length;
    return found;
  };
  take(BLANKS_REGEXP);
  while (position < text.length) {
    const word = take(WORD_REGEXP);
    if (word === "") return refuse(source, "every quotation mark to have its second");
    words.push(word.replace(/'([^']*)'|"([^"]*)"/g, (_all, single, double) => single ?? double));
    take(BLANKS_REGEXP);
  }
  return words;
}

/**
 * Reads a command.
 *
 * @param text A JSON array of words, or words split at blanks; `'…'` and `"…"` keep blanks together.
 * @param source The variable that it comes from, for messages.
 * @returns The program and its arguments, at least the program.
 * @throws {UsageError} If it cannot be split, or names no program.
 */
export function splitWords(text: string, source: string): readonly string[] {
  const words = text.trimStart().startsWith("[") ? parseList(text, source) : parseText(text, source);
  if ((words[0] ?? "") === "") return refuse(source, "the name of a program");
  return words;
}
