/**
 * Reads which checks are expected to fail, and why.
 *
 * @module
 */

/** Reasons by checks, each `scenario:check`. */
export type Expectations = ReadonlyMap<string, string>;

/** The tool reads YAML; here every entry is one check on a line of its own, with its reason behind it. */
const ENTRY_REGEXP = /^ {2}- ([\w/-]+:[\w/-]+) # (\S.*)$/;

const HEAD_REGEXP = /^(?:#.*|server:|\s*)$/;

/**
 * Reads a list.
 *
 * @param text The file's text.
 * @returns The list.
 * @throws {Error} If a line names a whole scenario, has no reason, or names a check again.
 */
export function readExpectations(text: string): Expectations {
  const entries = new Map<string, string>();
  for (const line of text.split("\n")) {
    if (HEAD_REGEXP.test(line)) continue;
    const [, check, reason] = ENTRY_REGEXP.exec(line) ?? [];
    if (check === undefined || reason === undefined) {
      throw new Error(`Cannot read the expected failure "${line.trim()}": expected "- scenario:check # Reason"`);
    }
    if (entries.has(check)) throw new Error(`Cannot expect a failure twice: "${check}"`);
    entries.set(check, reason);
  }
  return entries;
}
