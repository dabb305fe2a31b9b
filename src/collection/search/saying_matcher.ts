/**
 * Finds the endpoints that people ask for in sentences like a given one.
 *
 * A sentence tells more than its words. A saying whose rare terms all stand in the request fits, however long the
 * request is; one that has a rare term in common with it and speaks of other things fits little. So a saying counts by
 * the rarity of what it shares with the request, times the share of itself that this is.
 *
 * @module
 */

/** A sentence, by the numbers of its terms. */
export type Sentence = readonly number[];

/** What is matched. */
export interface Said {
  /** The sentences for each endpoint, by its place. */
  readonly sentences: readonly (readonly Sentence[])[];
  /** What each endpoint is about, its owner left out. */
  readonly subjects: readonly (readonly string[])[];
  /** The number of each term. */
  readonly numbers: ReadonlyMap<string, number>;
}

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
const SUBJECT_SHARE = 0.6;

/** The sayings that have each term: those of term `t` stand from `starts[t]` to `starts[t + 1]`. */
interface Holders {
  readonly starts: Uint32Array;
  readonly sayings: Uint32Array;
}

/** All sayings in one row: whose each is, and its terms, each once. */
interface Row {
  readonly places: readonly number[];
  readonly terms: readonly Sentence[];
}

function rowOf(sentences: Said["sentences"], size: number): Row {
  const places: number[] = [];
  const terms: Sentence[] = [];
  const seen = new Int32Array(size).fill(-1);
  for (const [place, said] of sentences.entries()) {
    for (const sentence of said) {
      const saying = terms.length;
      places.push(place);
      terms.push(sentence.filter((term) => {
        if (seen[term] === saying) return false;
        seen[term] = saying;
        return true;
      }));
    }
  }
  return { places, terms };
}

function holdersOf(terms: readonly Sentence[], size: number): Holders {
  const starts = new Uint32Array(size + 1);
  for (const sentence of terms) for (const term of sentence) starts[term + 1] = (starts[term + 1] ?? 0) + 1;
  for (let term = 0; term < size; term++) starts[term + 1] = (starts[term + 1] ?? 0) + (starts[term] ?? 0);
  const next = starts.slice();
  const sayings = new Uint32Array(starts[size] ?? 0);
  for (const [saying, sentence] of terms.entries()) {
    for (const term of sentence) {
      const at = next[term] ?? 0;
      sayings[at] = saying;
      next[term] = at + 1;
    }
  }
  return { starts, sayings };
}

/** A number for each subject; endpoints of one subject have the same. */
function numbered(subjects: Said["subjects"]): readonly number[] {
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
 * @param said The sayings.
 * @returns The matcher.
 */
export function createSayingMatcher({ sentences, subjects, numbers }: Said): SayingMatcher {
  const { places, terms } = rowOf(sentences, numbers.size);
  const { starts, sayings } = holdersOf(terms, numbers.size);
  const rarities = Float64Array.from({ length: numbers.size }, (_, term) => {
    const holders = (starts[term + 1] ?? 0) - (starts[term] ?? 0);
    return Math.log(1 + (places.length - holders + 0.5) / (holders + 0.5));
  });
  const wholes = terms.map((sentence) => sentence.reduce((sum, term) => sum + (rarities[term] ?? 0), 0));
  const subjectNumbers = numbered(subjects);

  return {
    match(wanted) {
      const common = new Float64Array(places.length);
      for (const term of wanted) {
        const number = numbers.get(term);
        if (number === undefined) continue;
        const rarity = rarities[number] ?? 0;
        for (let at = starts[number] ?? 0; at < (starts[number + 1] ?? 0); at++) {
          const saying = sayings[at] ?? 0;
          common[saying] = (common[saying] ?? 0) + rarity;
        }
      }
      const matches = new Float64Array(sentences.length);
      for (const [saying, found] of common.entries()) {
        if (found === 0) continue;
        const place = places[saying] ?? 0;
        matches[place] = Math.max(matches[place] ?? 0, found * found / (wholes[saying] ?? found));
      }
      return shared(matches, subjectNumbers);
    },
  };
}
