/**
 * Values from outside inside of a prompt.
 *
 * @module
 */

/** Longer values are no names, numbers or addresses any more; a question fits. */
const MAX_CHARACTERS = 400;

/** Controls, direction marks, line and paragraph separators, halves of characters: whatever could hide or end a line. */
const INVISIBLE_REGEXP = /[\p{C}\p{Zl}\p{Zp}\s]+/gu;

/**
 * Quotes a value so that it stays data: one line, of bounded length, and nothing in it ends the quotation.
 *
 * @param value What a user typed, or anybody else.
 * @returns The value as a JSON string of at most 400 characters before quoting; a longer one ends in `…`.
 */
export function quoted(value: string): string {
  // The cut comes first, so that megabytes cost nothing; it leaves room for what the cleaning takes away.
  const visible = value.slice(0, MAX_CHARACTERS * 4).replace(INVISIBLE_REGEXP, " ").trim();
  const characters = [...visible];
  const cut = characters.length > MAX_CHARACTERS || value.length > MAX_CHARACTERS * 4;
  return JSON.stringify(cut ? `${characters.slice(0, MAX_CHARACTERS).join("")}…` : visible);
}

/**
 * Tells whether a value says anything.
 *
 * @param value A value, or nothing: clients send empty texts for fields that were left blank.
 */
export function isGiven(value: string | undefined): value is string {
  return value !== undefined && quoted(value) !== '""';
}
