/**
 * Shows where two texts differ.
 *
 * @module
 */

const MAX_SHOWN = 120;

/** How many words two lists have in common from one end on. */
function common(
  one: readonly string[],
  other: readonly string[],
  at: (list: readonly string[], index: number) => string | undefined,
): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && at(one, length) === at(other, length)) length++;
  return length;
}

function shown(words: readonly string[], hasBefore: boolean, hasAfter: boolean): string {
  if (words.length === 0) return "nothing";
  const text = words.join(" ");
  const cut = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN).toWellFormed()}…` : text;
  return `"${hasBefore ? "… " : ""}${cut}${hasAfter ? " …" : ""}"`;
}

/**
 * Shows a change of a text by the words that changed.
 *
 * @param before The text as it was.
 * @param after The text as it is.
 * @returns `"old" → "new"`, without the words that both begin and end with, cut where it is long.
 */
export function changedText(before: string, after: string): string {
  if (before === "") return `described as ${shown([after], false, false)}`;
  if (after === "") return `no longer described as ${shown([before], false, false)}`;
  const [old, now] = [before.split(" "), after.split(" ")];
  const start = common(old, now, (list, index) => list[index]);
  const end = common(old.slice(start), now.slice(start), (list, index) => list.at(-1 - index));
  const part = (words: readonly string[]) => shown(words.slice(start, words.length - end), start > 0, end > 0);
  return `${part(old)} → ${part(now)}`;
}
