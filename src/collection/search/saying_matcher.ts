/**
 * Finds the endpoints that people ask for in sentences like a given one.
 *
 * A sentence tells more than its words. A saying whose rare terms all stand in the request fits, however long the
 * request is; one that has a rare term in common with it and speaks of other things fits little. So a saying counts by
 * the rarity of what it shares with the request, times the share of itself that this is.
 *
 * @module
 */

import type { Reading } from "./reading.ts";
import type { Rows } from "./rows.ts";

/** Matches requests with sayings. */
export interface SayingMatcher {
  /**
   * Tells how well the best saying of each endpoint fits.
   *
   * @param terms The terms of the request, each once.
   * @returns From 0 to 1 by the endpoint's place; the best is 1, unless nothing fits at all.
   */
  match(terms: readonly string[]): Float64Array;
}

/** How much a saying counts for others of its subject: rooms' settings are asked for in the words in which persons' are. */
const SUBJECT_SHARE = 0.7;

/** The sayings that have each term: those of term `t` stand from `starts[t]` to `starts[t + 1]`. */
interface Holders {
  readonly starts: Uint32Array;
  readonly sayings: Uint32Array;
}

/** Gives every term of every saying once. */
function each({ numbers, starts, size }: Rows, terms: number, give: (term: number, saying: number) => void): void {
  const all = numbers;
  const seen = new Int32Array(terms).fill(-1);
  for (let saying = 0; saying < size; saying++) {
    const end = starts[saying + 1] ?? 0;
    for (let at = starts[saying] ?? 0; at < end; at++) {
      const term = all[at] ?? 0;
      if (seen[term] !== saying) give(term, saying);
      seen[term] = saying;
    }
  }
}

function holdersOf(sentences: Rows, terms: number): Holders {
  const starts = new Uint32Array(terms + 1);
  each(sentences, terms, (term) => starts[term + 1] = (starts[term + 1] ?? 0) + 1);
  for (let term = 0; term < terms; term++) starts[term + 1] = (starts[term + 1] ?? 0) + (starts[term] ?? 0);
  const next = starts.slice();
  const sayings = new Uint32Array(starts[terms] ?? 0);
  each(sentences, terms, (term, saying) => {
    const at = next[term] ?? 0;
    sayings[at] = saying;
    next[term] = at + 1;
  });
  return { starts, sayings };
}

/** How rare each term is among sayings. */
function raritiesOf({ starts }: Holders, sayings: number): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, term) => {
    const holders = (starts[term + 1] ?? 0) - (starts[term] ?? 0);
    return Math.log(1 + (sayings - holders + 0.5) / (holders + 0.5));
  });
}

/** A number for each subject; endpoints of one subject have the same. */
function numbered(subjects: Reading["subjects"]): readonly number[] {
  const numbers = new Map<string, number>();
  return subjects.map((subject) => {
    const key = subject.join(" ");
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

/** Lets endpoints have a part of the best match of their subject, and sets the best of all to 1. */
function shared(matches: Float64Array, subjects: readonly number[]): Float64Array {
  const best = new Float64Array(matches.length);
  let bestOfAll = 0;
  for (const [place, match] of matches.entries()) {
    const subject = subjects[place] ?? 0;
    best[subject] = Math.max(best[subject] ?? 0, match);
    bestOfAll = Math.max(bestOfAll, match);
  }
  if (bestOfAll === 0) return matches;
  return matches.map((match, place) => Math.max(match, SUBJECT_SHARE * (best[subjects[place] ?? 0] ?? 0)) / bestOfAll);
}

/**
 * Prepares sayings for matching.
 *
 * @param reading The sayings of all endpoints.
 * @returns The matcher.
 */
export function createSayingMatcher({ size, numbers, sentences, speakers, subjects }: Reading): SayingMatcher {
  const holders = holdersOf(sentences, numbers.size);
  const { starts, sayings } = holders;
  const rarities = raritiesOf(holders, sentences.size);
  const wholes = new Float64Array(sentences.size);
  each(sentences, numbers.size, (term, saying) => wholes[saying] = (wholes[saying] ?? 0) + (rarities[term] ?? 0));
  const subjectNumbers = numbered(subjects);

  return {
    match(wanted) {
      const common = new Float64Array(wholes.length);
      for (const term of wanted) {
        const number = numbers.get(term);
        if (number === undefined) continue;
        const rarity = rarities[number] ?? 0;
        for (let at = starts[number] ?? 0; at < (starts[number + 1] ?? 0); at++) {
          const saying = sayings[at] ?? 0;
          common[saying] = (common[saying] ?? 0) + rarity;
        }
      }
      const matches = new Float64Array(size);
      for (const [saying, found] of common.entries()) {
        if (found === 0) continue;
        const place = speakers[saying] ?? 0;
        matches[place] = Math.max(matches[place] ?? 0, found * found / (wholes[saying] ?? found));
      }
      return shared(matches, subjectNumbers);
    },
  };
}
