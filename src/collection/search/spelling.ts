/**
 * Mends slips of the keyboard.
 *
 * @module
 */

import { distance } from "fastest-levenshtein";

const LEAST_LENGTH = 4;
const MOST_LENGTH = 40;
/** Words that are shorter are different words when two letters differ. */
const TWO_SLIPS_LENGTH = 8;
const MOST_SLIPS = 2;
/** How often a word must be for no other to be more likely. */
const COMMON = 900;

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
  if (wrong[0] !== right[0] && wrong.length === LEAST_LENGTH) return undefined;
  if (isSwap(wrong, right)) return 1;
  if (wrong[0] !== right[0]) return undefined;
  if (isDoubling(wrong, right)) return 1;
  if (wrong.length === LEAST_LENGTH) {
    return right.length === wrong.length + 1 && distance(wrong, right) === 1 ? 1 : undefined;
  }
  const far = distance(wrong, right);
  if (far === 1) return right.length > 4 ? 1 : undefined;
  return far === 2 && Math.min(wrong.length, right.length) >= TWO_SLIPS_LENGTH ? 2 : undefined;
}

/**
 * Makes a speller for a set of words.
 *
 * @param known The words, with how common each is.
 * @returns A function that gives the known word which a wrong one stands for; `undefined` if it stands for none, or is
 *   known itself.
 */
export function createSpeller(known: ReadonlyMap<string, number>): Speller {
  const shelves = new Map<string, string[]>();
  for (const word of known.keys()) {
    if (word.length < LEAST_LENGTH) continue;
    const shelf = shelves.get(shelfOf(word, word.length));
    if (shelf === undefined) shelves.set(shelfOf(word, word.length), [word]);
    else shelf.push(word);
  }
  return (wrong) => {
    if (wrong.length < LEAST_LENGTH || wrong.length > MOST_LENGTH || known.has(wrong)) return undefined;
    let best: string | undefined;
    let bestRank = Infinity;
    // Besides words with the same first letter, those whose first two letters may have been swapped.
    for (const start of new Set([wrong, wrong.slice(1)])) {
      for (let length = wrong.length - MOST_SLIPS; length <= wrong.length + MOST_SLIPS; length++) {
        for (const right of shelves.get(shelfOf(start, length)) ?? []) {
          const far = slips(wrong, right);
          if (far === undefined) continue;
          const rank = far - Math.min(known.get(right) ?? 0, COMMON) / (COMMON + 1);
          if (rank < bestRank || (rank === bestRank && right < (best ?? right))) [best, bestRank] = [right, rank];
        }
      }
    }
    return best;
  };
}

/** Words are kept by first letter and length, so that few have to be compared. */
function shelfOf(word: string, length: number): string {
  return `${word.charAt(0)}${length}`;
}
