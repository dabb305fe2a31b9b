/**
 * Mends slips of the keyboard.
 *
 * @module
 */

import { distance } from "fastest-levenshtein";

const LEAST_LENGTH = 4;
const TWO_SLIPS_LENGTH = 9;

/** Mends a word. */
export type Speller = (word: string) => string | undefined;

/** Whether two neighbouring letters are all that differs. */
function isSwap(wrong: string, right: string): boolean {
  if (wrong.length !== right.length) return false;
  let at = 0;
  while (at < wrong.length && wrong[at] === right[at]) at++;
  return wrong[at] === right[at + 1] && wrong[at + 1] === right[at] && wrong.slice(at + 2) === right.slice(at + 2);
}

/** Whether a doubled letter, or one that should have been doubled, is all that differs. */
function isDoubling(wrong: string, right: string): boolean {
  const once = (word: string) => word.replace(/(.)\1/g, "$1");
  return wrong !== right && once(wrong) === once(right);
}

/**
 * How far a word is from one that is known, or `undefined` if it is none of its slips.
 *
 * A slip hardly ever hits the first letter, and short words that differ are different words; that keeps names of people
 * and places from becoming terms.
 */
function slips(wrong: string, right: string): number | undefined {
  if (isSwap(wrong, right)) return 1;
  if (wrong[0] !== right[0]) return undefined;
  if (isDoubling(wrong, right)) return 1;
  if (wrong.length === LEAST_LENGTH) {
    return right.length === wrong.length + 1 && distance(wrong, right) === 1 ? 1 : undefined;
  }
  const far = distance(wrong, right);
  if (far === 1) return right.length > 4 ? 1 : undefined;
  return far === 2 && Math.min(wrong.length, right.length) >= TWO_SLIPS_LENGTH - 1 ? 2 : undefined;
}

/**
 * Makes a speller for a set of words.
 *
 * @param known The words, with how common each is.
 * @returns A function that gives the known word which a wrong one stands for; `undefined` if it stands for none, or is
 *   known itself.
 */
export function createSpeller(known: ReadonlyMap<string, number>): Speller {
  const byLength = new Map<number, string[]>();
  for (const word of known.keys()) {
    if (word.length < LEAST_LENGTH) continue;
    const list = byLength.get(word.length);
    if (list === undefined) byLength.set(word.length, [word]);
    else list.push(word);
  }
  return (wrong) => {
    if (wrong.length < LEAST_LENGTH || wrong.length > 40 || known.has(wrong)) return undefined;
    let best: string | undefined;
    let bestRank = Infinity;
    for (let length = wrong.length - 2; length <= wrong.length + 2; length++) {
      for (const right of byLength.get(length) ?? []) {
        const far = slips(wrong, right);
        if (far === undefined) continue;
        const rank = far - Math.min(known.get(right) ?? 0, 900) / 1000;
        if (rank < bestRank || (rank === bestRank && best !== undefined && right < best)) {
          [best, bestRank] = [right, rank];
        }
      }
    }
    return best;
  };
}
