/**
 * Finds a title for an operation.
 *
 * @module
 */

const SPACE_REGEXP = /[\s\p{Cc}]+/gu;

/** Words of ASCII with one blank between them: nearly every title. */
const PLAIN_REGEXP = /^[!-~]+(?: [!-~]+)*$/;
const WORD_REGEXP = /\p{Lu}+(?![\p{Ll}\p{M}])\p{N}*|\p{Lu}?[\p{Ll}\p{Lt}\p{Lm}\p{Lo}\p{M}]+\p{N}*|\p{N}+/gu;

/** What a title can be made of, best first. */
export interface TitleSources {
  /** What the file itself calls title or summary. */
  readonly title?: string | undefined;
  readonly operationId?: string | undefined;
  readonly method: string;
  readonly path: string;
}

/**
 * Makes a text fit for one line.
 *
 * @param text Any text.
 * @returns The text with each run of white space and control characters as one blank, and none at its ends.
 */
export function oneLine(text: string): string {
  return PLAIN_REGEXP.test(text) ? text : text.replace(SPACE_REGEXP, " ").trim();
}

function words(text: string): string[] {
  return text.match(WORD_REGEXP) ?? [];
}

function sentence(all: readonly string[]): string {
  // Upper case throughout is an abbreviation and stays.
  const text = all.map((word) => word.length > 1 && word === word.toUpperCase() ? word : word.toLowerCase()).join(" ");
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** `GET /people/{personId}/features` → `Get people by person id features`. */
function fromPath(method: string, path: string): string {
  const parts = path.split("/").flatMap((part) => part.startsWith("{") ? ["by", ...words(part)] : words(part));
  return sentence([method.toLowerCase(), ...parts]);
}

/**
 * Finds a title for an operation.
 *
 * @param sources What is known of it.
 * @returns The title or summary; else the words of the operation's id; else the words of method and path. Never empty.
 */
export function operationTitle(sources: TitleSources): string {
  return oneLine(sources.title ?? "") || sentence(words(sources.operationId ?? "")) ||
    fromPath(sources.method, sources.path);
}
