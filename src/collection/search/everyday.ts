/**
 * Finds the phrases in which administrators speak of an endpoint.
 *
 * @module
 */

import text from "../../../data/search_phrases.txt" with { type: "text" };
import type { Endpoint } from "../endpoint.ts";

/** Phrases, and the endpoints that they speak of. */
interface Entry {
  readonly method: string;
  readonly segments: readonly string[];
  readonly atEnd: boolean;
  readonly phrases: readonly string[];
}

/** Every API has a `/documents`, but only in that of Webex Calling do a receptionist's robots answer from them. */
const CALLING_PATH = "/telephony/config/";

let entries: ReadonlyMap<string, readonly Entry[]> | undefined;

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
function readEntries(): ReadonlyMap<string, readonly Entry[]> {
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
 * Gives the everyday phrases for a collection's endpoints.
 *
 * @param endpoints All endpoints of the collection.
 * @returns The phrases for each; none where the collection isn't that of Webex Calling.
 */
export function everydayPhrases(endpoints: readonly Endpoint[]): readonly (readonly string[])[] {
  if (!endpoints.some(({ path }) => path.startsWith(CALLING_PATH))) return endpoints.map(() => []);
  const known = entries ??= readEntries();
  return endpoints.map(({ method, path }) => {
    const segments = path.split("/").slice(1);
    return segments.flatMap((segment, at) =>
      (known.get(segment) ?? []).flatMap((entry) => speaksOf(entry, method, segments, at) ? entry.phrases : [])
    );
  });
}
