/**
 * What the search is compared with: plain BM25, and the whole request as a part of the text.
 *
 * @module
 */

import type { Endpoint } from "../../src/collection/endpoint.ts";
import type { Speech } from "../../src/collection/search/speech.ts";

/** Gives the tools that a request finds, the best first. */
export type Finder = (request: string) => readonly string[];

const SATURATION = 1.2;
const LENGTH = 0.75;

/** All that a client sees of an endpoint in words, in one row. */
function textOf({ tool, title, feature, path, description, parameters, body }: Endpoint): string {
  const names = [...parameters.map(({ name }) => name), ...Object.keys(body?.schema.properties ?? {})];
  return [tool, title, feature, path, description, ...names].join(" ").toLowerCase();
}

/**
 * Finds by BM25 over one text an endpoint, without stems, synonyms or weights.
 *
 * @param endpoints The endpoints.
 * @param speech How people speak of them; what they say is added to the texts.
 * @returns The finder.
 */
export function plainBm25(endpoints: readonly Endpoint[], speech?: Speech): Finder {
  const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const texts = endpoints.map((endpoint) =>
    words([textOf(endpoint), ...speech?.phrases(endpoint) ?? [], ...speech?.sayings(endpoint) ?? []].join(" "))
  );
  const average = texts.reduce((sum, text) => sum + text.length, 0) / Math.max(texts.length, 1);
  const counts = texts.map((text) => {
    const count = new Map<string, number>();
    for (const word of text) count.set(word, (count.get(word) ?? 0) + 1);
    return count;
  });
  const holders = new Map<string, number>();
  for (const count of counts) for (const word of count.keys()) holders.set(word, (holders.get(word) ?? 0) + 1);
  return (request) => {
    const scores = counts.map((count, place) => {
      let score = 0;
      for (const word of words(request)) {
        const found = count.get(word) ?? 0;
        if (found === 0) continue;
        const held = holders.get(word) ?? 0;
        const rarity = Math.log(1 + (texts.length - held + 0.5) / (held + 0.5));
        const long = 1 - LENGTH + LENGTH * (texts[place]?.length ?? 0) / average;
        score += rarity * found * (SATURATION + 1) / (found + SATURATION * long);
      }
      return { score, place };
    });
    return scores.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score || a.place - b.place)
      .map(({ place }) => endpoints[place]?.tool ?? "");
  };
}

/**
 * Finds the endpoints whose text has the whole request in it.
 *
 * @param endpoints The endpoints.
 * @returns The finder; what it finds is in the order of the collection.
 */
export function substring(endpoints: readonly Endpoint[]): Finder {
  const texts = endpoints.map(textOf);
  return (request) => {
    const wanted = request.trim().toLowerCase();
    return endpoints.filter((_, place) => texts[place]?.includes(wanted)).map(({ tool }) => tool);
  };
}
