/**
 * Finds the phrases in which administrators speak of an endpoint.
 *
 * @module
 */

import type { Speech } from "./speech.ts";

/** Phrases, and the endpoints that they speak of. */
interface Entry {
  readonly method: string;
  readonly segments: readonly string[];
  readonly atEnd: boolean;
  readonly phrases: readonly string[];
}

function readEntry(entry: string): Entry {
  const [place = "", ...lines] = entry.split("\n  ");
  const slash = place.indexOf("/");
  return {
    method: place.slice(0, slash).trim(),
    segments: place.slice(slash + 1).replace(/\$$/, "").split("/"),
    atEnd: place.endsWith("$"),
    phrases: lines.join(" ").split(", "),
  };
}

/** The entries by the first segment that they ask for. */
function readEntries(text: string): ReadonlyMap<string, readonly Entry[]> {
  const bySegment = new Map<string, Entry[]>();
  for (const lines of text.split(/\n(?! )/)) {
    if (!lines.includes("/") || lines.startsWith("#")) continue;
    const entry = readEntry(lines);
    const first = entry.segments[0] ?? "";
    const list = bySegment.get(first);
    if (list === undefined) bySegment.set(first, [entry]);
    else list.push(entry);
  }
  return bySegment;
}

function speaksOf(entry: Entry, method: string, segments: readonly string[], at: number): boolean {
  if (entry.method !== "" && (entry.method !== method || at !== 0)) return false;
  if (entry.atEnd && at + entry.segments.length !== segments.length) return false;
  return entry.segments.every((segment, index) => segments[at + index] === segment);
}

/**
 * Reads everyday phrases.
 *
 * @param text Entries: at the margin whole segments of a path, perhaps after a method, with `$` where the path must end
 *   there; below, indented, phrases that are divided by commas. Entries that begin with `#` are comments.
 * @returns A function that gives the phrases of every entry that speaks of an endpoint.
 */
export function readPhrases(text: string): Speech["phrases"] {
  const known = readEntries(text);
  return ({ method, path }) => {
    const segments = path.split("/").slice(1);
    return segments.flatMap((segment, at) =>
      (known.get(segment) ?? []).flatMap((entry) => speaksOf(entry, method, segments, at) ? entry.phrases : [])
    );
  };
}
