/**
 * Finds the phrases in which administrators speak of an endpoint.
 *
 * @module
 */

import type { Endpoint } from "../endpoint.ts";
import { EVERYDAY_DEVICES } from "./words/everyday_devices.ts";
import { EVERYDAY_GROUPS } from "./words/everyday_groups.ts";
import { EVERYDAY_RECORDS } from "./words/everyday_records.ts";
import { EVERYDAY_ROUTING } from "./words/everyday_routing.ts";
import { EVERYDAY_SETTINGS } from "./words/everyday_settings.ts";

/** Phrases, and the endpoints that they speak of. */
interface Line {
  readonly method: string;
  readonly segments: readonly string[];
  readonly atEnd: boolean;
  readonly phrases: readonly string[];
}

/** Every API has a `/documents`, but only in that of Webex Calling do a receptionist's robots answer from them. */
const CALLING_PATH = "/telephony/config/";

let lines: ReadonlyMap<string, readonly Line[]> | undefined;

function readLine(line: string): Line {
  const [place = "", text = ""] = line.split(" => ");
  const slash = place.indexOf("/");
  return {
    method: place.slice(0, slash).trim(),
    segments: place.slice(slash + 1).replace(/\$$/, "").split("/"),
    atEnd: place.endsWith("$"),
    phrases: text.split(", "),
  };
}

/** The lines by the first segment that they ask for. */
function readLines(): ReadonlyMap<string, readonly Line[]> {
  const bySegment = new Map<string, Line[]>();
  for (
    const text of [
      ...EVERYDAY_SETTINGS,
      ...EVERYDAY_GROUPS,
      ...EVERYDAY_DEVICES,
      ...EVERYDAY_ROUTING,
      ...EVERYDAY_RECORDS,
    ]
  ) {
    const line = readLine(text);
    const first = line.segments[0] ?? "";
    const list = bySegment.get(first);
    if (list === undefined) bySegment.set(first, [line]);
    else list.push(line);
  }
  return bySegment;
}

function speaksOf(line: Line, method: string, segments: readonly string[], at: number): boolean {
  if (line.method !== "" && (line.method !== method || at !== 0)) return false;
  if (line.atEnd && at + line.segments.length !== segments.length) return false;
  return line.segments.every((segment, index) => segments[at + index] === segment);
}

/**
 * Gives the everyday phrases for a collection's endpoints.
 *
 * @param endpoints All endpoints of the collection.
 * @returns The phrases for each; none where the collection isn't that of Webex Calling.
 */
export function everydayPhrases(endpoints: readonly Endpoint[]): readonly (readonly string[])[] {
  if (!endpoints.some(({ path }) => path.startsWith(CALLING_PATH))) return endpoints.map(() => []);
  const known = lines ??= readLines();
  return endpoints.map(({ method, path }) => {
    const segments = path.split("/").slice(1);
    return segments.flatMap((segment, at) =>
      (known.get(segment) ?? []).flatMap((line) => speaksOf(line, method, segments, at) ? line.phrases : [])
    );
  });
}
