/**
 * Finds what a mistyped name may have meant.
 *
 * @module
 */

import { distance } from "fastest-levenshtein";

const MOST = 3;

/** A name is near by itself when no more than this part of it is wrong. */
const FEW_SLIPS = 1 / 3;

/** A name that shares something with the wrong one may differ as much as this. */
const MANY_SLIPS = 1 / 2;

/** One or two letters are contained in nearly everything; "id" must not suggest "orgId". */
const SHORTEST = 3;

/** No name has more words; a hostile one must not cost more. */
const MOST_WORDS = 16;

interface Name {
  /** Letters and digits only, without regard to case. */
  readonly plain: string;
  /** Its words, and where they begin and end in `plain`. */
  readonly words: readonly string[];
  readonly edges: ReadonlySet<number>;
}

function nameOf(text: string): Name {
  const words = text.normalize("NFKC").replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ").toLowerCase().split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  let end = 0;
  return { plain: words.join(""), words, edges: new Set([0, ...words.map((word) => end += word.length)]) };
}

/** Words of the name, or its beginning or end; "nope" is not in "location_operating". */
function contains({ plain, edges }: Name, part: string): boolean {
  if (part.length < SHORTEST) return false;
  const start = plain.indexOf(part);
  return [start, plain.lastIndexOf(part)].some((at) => at >= 0 && (edges.has(at) || edges.has(at + part.length)));
}

/** Two letters that changed places count as two slips, which in a short name is too much. */
function isSwapped(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return at >= 0 && a.slice(0, at) + a.slice(at, at + 2).split("").reverse().join("") + a.slice(at + 2) === b;
}

/** The part of the longer text that is wrong. */
function slips(a: string, b: string): number {
  return distance(a, b) / Math.max(a.length, b.length);
}

function shares(a: Name, b: Name): boolean {
  const long = (word: string) => word.length >= SHORTEST;
  const shared = () =>
    a.words.filter(long).some((one) => b.words.filter(long).some((other) => slips(one, other) <= FEW_SLIPS));
  return a.plain.startsWith(b.plain) || b.plain.startsWith(a.plain) || isSwapped(a.plain, b.plain) || shared();
}

/** How far a name is from another, or `undefined` where nobody would take one for the other. */
function distanceOf(target: Name, candidate: Name): number | undefined {
  const wrong = slips(target.plain, candidate.plain);
  if (contains(candidate, target.plain) || contains(target, candidate.plain)) return wrong / 2;
  return wrong <= FEW_SLIPS || (wrong <= MANY_SLIPS && shares(target, candidate)) ? wrong : undefined;
}

/**
 * Lists the known names that come closest to a wrong one: a guess that is nowhere near misleads more than none.
 *
 * Case and punctuation do not count. Close is a name that contains the wrong one's words or is contained in it, one with few
 * slips, and one with more of them that shares a word or the beginning.
 *
 * @param wrong The name that isn't known.
 * @param known The known names.
 * @returns Up to three names, the closest first; empty when nothing is similar.
 */
export function nearestNames(wrong: string, known: Iterable<string>): string[] {
  const target = nameOf(wrong);
  if (target.plain === "") return [];
  const scored: [number, string][] = [];
  for (const name of new Set(known)) {
    const score = distanceOf(target, nameOf(name));
    if (score !== undefined) scored.push([score, name]);
  }
  return scored.sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1)).slice(0, MOST).map(([, name]) => name);
}

/** Singular and plural are one word, and slips are forgiven. */
function isSameWord(a: string, b: string): boolean {
  const [one, other] = [a.replace(/s$/, ""), b.replace(/s$/, "")];
  return one === other || (Math.min(one.length, other.length) > SHORTEST && slips(one, other) <= 1 / 4);
}

/**
 * Lists the known names that come closest to a wrong one of many words, in whatever order: `hunt_group_list` is near
 * `hunt_group_read_the_list_of_hunt_groups`.
 *
 * @param wrong The name that isn't known.
 * @param known The known names.
 * @returns Up to three names, the closest first: those of {@linkcode nearestNames}, or, where there are none, those that
 *   have at least half of the wrong one's words; a word counts the more the fewer names have it.
 */
export function nearestByWords(wrong: string, known: Iterable<string>): string[] {
  const all = [...new Set(known)];
  const near = nearestNames(wrong, all);
  const words = [...new Set(nameOf(wrong).words)].slice(0, MOST_WORDS);
  if (near.length > 0 || words.length === 0) return near;
  const names = all.map((name) => ({ name, words: new Set(nameOf(name).words) }));
  const having = words.map((word) =>
    new Set(names.filter((name) => [...name.words].some((own) => isSameWord(word, own))))
  );
  const worth = having.map(({ size }) => Math.log(1 + names.length / (1 + size)));
  const half = worth.reduce((sum, one) => sum + one, 0) / 2;
  const scored = names.map((name) => ({
    ...name,
    score: worth.reduce((sum, one, index) => having[index]?.has(name) === true ? sum + one : sum, 0),
  }));
  return scored.filter(({ score }) => score > 0 && score >= half)
    .sort((a, b) => b.score - a.score || a.words.size - b.words.size || (a.name < b.name ? -1 : 1))
    .slice(0, MOST).map(({ name }) => name);
}
