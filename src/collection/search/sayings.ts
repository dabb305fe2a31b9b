/**
 * Reads the sentences in which people ask for endpoints.
 *
 * @module
 */

import type { Speech } from "./speech.ts";

const ARROW = " => ";

/**
 * Reads sayings.
 *
 * @param text A line for each operation, `METHOD /path => saying; saying`. Lines that begin with `#` are comments.
 * @returns A function that gives the sayings of an endpoint; none where its operation has no line.
 */
export function readSayings(text: string): Speech["sayings"] {
  const known = new Map<string, readonly string[]>();
  for (const line of text.split("\n")) {
    const arrow = line.indexOf(ARROW);
    if (arrow > 0 && !line.startsWith("#")) {
      known.set(line.slice(0, arrow), line.slice(arrow + ARROW.length).split("; "));
    }
  }
  return ({ method, path }) => known.get(`${method} ${path}`) ?? [];
}
