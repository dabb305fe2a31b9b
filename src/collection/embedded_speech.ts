/**
 * How people speak of the operations that come with the program.
 *
 * It is apart from the collection: only a search needs it.
 *
 * @module
 */

import phrases from "../../data/search_phrases.txt" with { type: "text" };
import sayings from "../../data/search_sayings.txt" with { type: "text" };
import { readPhrases } from "./search/everyday.ts";
import { readSayings } from "./search/sayings.ts";
import type { Speech } from "./search/speech.ts";

let speech: Speech | undefined;

/**
 * Reads the embedded phrases and sayings, once.
 *
 * @returns How people speak of the operations of Webex Calling.
 */
export function embeddedSpeech(): Speech {
  return speech ??= { phrases: readPhrases(phrases), sayings: readSayings(sayings) };
}
