/**
 * Finds what a mistyped name may have meant.
 *
 * @module
 */

import { distance } from "fastest-levenshtein";

const MOST = 3;

/**
 * Lists the known names that come closest to a wrong one.
 *
 * Case and punctuation do not count, and a name that contains the wrong one, or is contained in it, is close.
 *
 * @param wrong The name that isn't known.
 * @param known The known names.
 * @returns Up to three names, the closest first; empty when nothing is similar.
 */
export function nearestNames(wrong: string, known: Iterable<string>): string[] {
  const plain = (text: string) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const target = plain(wrong);
  if (target === "") return [];
  // One or two letters are contained in nearly everything; "id" must not suggest "orgId".
  const long = target.length > 2;
  const scored: [number, string][] = [];
  for (const name of new Set(known)) {
    const candidate = plain(name);
    const contained = long && candidate.length > 2 && (candidate.includes(target) || target.includes(candidate));
    const score = distance(target, candidate) / Math.max(target.length, candidate.length) * (contained ? 0.5 : 1);
    if (score <= 0.5) scored.push([score, name]);
  }
  return scored.sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1)).slice(0, MOST).map(([, name]) => name);
}
