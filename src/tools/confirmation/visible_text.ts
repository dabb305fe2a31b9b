/**
 * Makes text from Webex or from a caller fit for a question: on one line, cut, and unable to pose as the question's own.
 *
 * @module
 */

/** Runs of what cannot be seen: controls, line breaks, blanks of any width, fillers. */
const INVISIBLE_REGEXP = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]+/gu;

/** Whatever looks like a quotation mark could seem to end a quotation. */
const QUOTATION_REGEXP =
  /[\p{Quotation_Mark}\u02ba\u02dd\u02ee\u05f4\u2033\u2034\u2036\u2037\u2057\u275b-\u275e\u3003\u{1f676}-\u{1f678}]/gu;

/** Marks can be piled up over the lines above. */
const PILED_MARKS_REGEXP = /(\p{M}{3})\p{M}+/gu;

/** What is seen for itself, unlike marks that need a letter. */
const SEEN_REGEXP = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** So much of the end of a word without blanks is kept: ids differ there. */
const END_OF_WORD = 8;

/** Cuts at code points, so that no character is halved. */
function cut(text: string, max: number): string {
  const characters = [...text];
  if (characters.length <= max) return text;
  const isWord = max > 3 * END_OF_WORD && !text.includes(" ");
  const end = isWord ? characters.slice(-END_OF_WORD) : [];
  return [...characters.slice(0, max - 1 - end.length), "…", ...end].join("");
}

/**
 * Makes a text visible.
 *
 * @param text Any text.
 * @param max The most characters that are left of it.
 * @returns One line without controls and directions; cut with an ellipsis, one long word in its middle. Empty where nothing
 *   can be seen.
 */
export function visible(text: string, max: number): string {
  // Of a file's content only the beginning is looked at, and the end for the end of a word.
  const near = text.length > 16 * max ? `${text.slice(0, 8 * max)}${text.slice(-8 * max)}` : text;
  const plain = near.replace(INVISIBLE_REGEXP, " ").replace(PILED_MARKS_REGEXP, "$1").trim();
  return SEEN_REGEXP.test(plain) ? cut(plain, max) : "";
}

/**
 * Puts a text into quotation marks that nothing within it can close.
 *
 * @param text Any text.
 * @param max The most characters that are left of it.
 * @returns `"text"`, with an apostrophe for every kind of quotation mark.
 */
export function quoted(text: string, max: number): string {
  return `"${visible(text, max).replace(QUOTATION_REGEXP, "'")}"`;
}
