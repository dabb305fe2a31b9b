/**
 * Finds orders to add somebody to a group or to take somebody out of one, which change the group.
 *
 * @module
 */

import type { Lexicon } from "./lexicon.ts";
import type { Word } from "./words.ts";

/** An order about a member of a group. */
export interface Membership {
  /** The first word that speaks of the member. */
  readonly member: number;
  /** The preposition, which stands after all words of the member. */
  readonly end: number;
}

const JOINING: ReadonlySet<string> = new Set("add include insert put assign attach".split(" "));
const LEAVING: ReadonlySet<string> = new Set("remove take drop kick pull delete unassign throw get".split(" "));
const INTO: ReadonlySet<string> = new Set(["to", "into", "in"]);
const OUT_OF: ReadonlySet<string> = new Set(["from", "of", "off"]);

/** The terms of what has members. */
const GROUPS: ReadonlySet<string> = new Set([
  "#hunt group",
  "#queue",
  "#call pickup",
  "#paging group",
  "#call park",
]);

/** How many words may stand between verb and preposition, and between that and the group. */
const MOST_MEMBER = 6;
const MOST_GROUP = 5;

/**
 * Finds an order about a member.
 *
 * @param words The words of a request.
 * @param stems Their stems.
 * @param index The index of the verb.
 * @param lexicon The vocabulary.
 * @returns Where the member stands; `undefined` if no such order begins at the word, or if the group is to be a new one.
 */
export function membershipAt(
  words: readonly Word[],
  stems: readonly string[],
  index: number,
  lexicon: Lexicon,
): Membership | undefined {
  const verb = words[index]?.text ?? "";
  const prepositions = JOINING.has(verb) ? INTO : LEAVING.has(verb) ? OUT_OF : undefined;
  if (prepositions === undefined) return undefined;
  const isAt = (at: number) => words[at]?.first === false && prepositions.has(words[at].text);
  let end = index + 2;
  while (end <= index + MOST_MEMBER && words[end]?.first === false && !isAt(end)) end++;
  if (!isAt(end)) return undefined;
  const members = words.slice(index + 1, end);
  const isMember = members.some((word, at) =>
    (word.capital && lexicon.same.longest(stems, index + 1 + at) === undefined) ||
    lexicon.scopes.longest(stems, index + 1 + at)?.value.owner === "person"
  );
  return isMember && namesGroup(words, stems, end + 1, lexicon) ? { member: index + 1, end } : undefined;
}

function namesGroup(words: readonly Word[], stems: readonly string[], from: number, { same }: Lexicon): boolean {
  for (let at = from; at < from + MOST_GROUP; at++) {
    const word = words[at];
    if (word === undefined || word.first || word.text === "new") return false;
    if (GROUPS.has(same.longest(stems, at)?.value ?? "")) return true;
  }
  return false;
}
