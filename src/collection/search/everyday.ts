/**
 * Finds the words in which administrators speak of an endpoint.
 *
 * @module
 */

import type { Endpoint } from "../endpoint.ts";
import { EVERYDAY_DEVICES } from "./words/everyday_devices.ts";
import { EVERYDAY_GROUPS } from "./words/everyday_groups.ts";
import { EVERYDAY_RECORDS } from "./words/everyday_records.ts";
import { EVERYDAY_ROUTING } from "./words/everyday_routing.ts";
import { EVERYDAY_SETTINGS } from "./words/everyday_settings.ts";
import { wordsOf } from "./words.ts";

interface Line {
  readonly fragment: string;
  readonly atEnd: boolean;
  readonly words: readonly string[];
}

/** Every API has a `/documents`, but only in that of Webex Calling do a receptionist's robots answer from them. */
const CALLING_PATH = "/telephony/config/";

let lines: readonly Line[] | undefined;

function readLines(): readonly Line[] {
  const all = [...EVERYDAY_SETTINGS, ...EVERYDAY_GROUPS, ...EVERYDAY_DEVICES, ...EVERYDAY_ROUTING, ...EVERYDAY_RECORDS];
  return all.map((line) => {
    const [place = "", text = ""] = line.split(" => ");
    return { fragment: place.replace(/\$$/, ""), atEnd: place.endsWith("$"), words: wordsOf(text) };
  });
}

/**
 * Gives the everyday words of a collection's endpoints.
 *
 * @param endpoints All endpoints of the collection.
 * @returns The words of each; none where the collection isn't that of Webex Calling.
 */
export function everydayWords(endpoints: readonly Endpoint[]): readonly (readonly string[])[] {
  if (!endpoints.some(({ path }) => path.startsWith(CALLING_PATH))) return endpoints.map(() => []);
  const known = lines ??= readLines();
  return endpoints.map(({ method, path }) => {
    const key = `${method} ${path}`;
    return known.flatMap(({ fragment, atEnd, words }) =>
      (atEnd ? key.endsWith(fragment) : key.includes(fragment)) ? words : []
    );
  });
}
