/**
 * Finds the endpoints that a request in plain words is about.
 *
 * @module
 */

import type { Endpoint } from "../endpoint.ts";
import { deedOf, ownersOf } from "./facets.ts";
import { type FieldTexts, fieldTexts } from "./fields.ts";
import { buildInvertedIndex, type InvertedIndex } from "./inverted_index.ts";
import { type Lexicon, telephonyLexicon } from "./lexicon.ts";
import { type Facets, rank } from "./ranking.ts";
import { readDocuments } from "./reading.ts";
import { understand, type Understanding } from "./request.ts";
import { createSayingMatcher } from "./saying_matcher.ts";
import type { Speech } from "./speech.ts";
import { createSpeller } from "./spelling.ts";

/** What is searched: a collection, or the part of one that is visible. */
export interface SearchSource {
  readonly endpoints: readonly Endpoint[];
  /** Other names under which a feature is known, by feature. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
  /** How people speak of its endpoints, if that is known. */
  readonly speech?: Speech;
}

/** How to search. */
export interface SearchOptions {
  /** The most endpoints that are wanted. */
  readonly limit: number;
  /** Only endpoints of this kind. */
  readonly kind?: "read" | "write";
  /** Only endpoints that this accepts. */
  readonly accepts?: (endpoint: Endpoint) => boolean;
}

/** What was found. */
export interface SearchResult {
  /** The best first, as many as were wanted. */
  readonly endpoints: readonly Endpoint[];
  /** How many match at all. */
  readonly total: number;
}

/** Endpoints, ready to be searched. */
export interface SearchIndex {
  /**
   * Finds endpoints.
   *
   * @param query What is wanted, in plain words; or a tool's name or title, or `METHOD /path`, which is found
   *   first. Only its first words are read.
   * @param options How to search.
   * @returns The endpoints, the best first; none if the query says nothing that an endpoint is about.
   */
  search(query: string, options: SearchOptions): SearchResult;
}

/** Names in this form are compared. */
function nameKey(name: string): string {
  return name.slice(0, 500).trim().replace(/\/$/, "").toLowerCase();
}

/** Endpoints by their names, and by the path or title that several can share. */
function endpointNames(endpoints: readonly Endpoint[]): ReadonlyMap<string, readonly number[]> {
  const names = new Map<string, number[]>();
  const add = (name: string, place: number) => {
    const key = nameKey(name);
    const places = names.get(key);
    if (places === undefined) names.set(key, [place]);
    else if (places.at(-1) !== place) places.push(place);
  };
  for (const [place, { tool, formerly, method, path, title }] of endpoints.entries()) {
    for (const name of [tool, ...formerly ?? [], `${method} ${path}`, path, title]) add(name, place);
  }
  return names;
}

function understandingOf(index: InvertedIndex, lexicon: Lexicon): Understanding {
  const words = new Map(index.words);
  for (const word of lexicon.words) if (!words.has(word)) words.set(word, 0);
  return { lexicon, spell: createSpeller(words), standing: (stem) => index.postings(stem)?.standing };
}

function documentsOf({ endpoints, aliases = {}, speech }: SearchSource): FieldTexts[] {
  return endpoints.map((endpoint) => {
    const { feature } = endpoint;
    return fieldTexts(endpoint, Object.hasOwn(aliases, feature) ? aliases[feature] ?? [] : [], speech);
  });
}

/**
 * Builds the index. This takes a moment for a thousand endpoints, so whoever needs it late should build it late.
 *
 * @param sources The collections to search, or parts of them.
 * @returns The index.
 */
export function createSearchIndex(sources: readonly SearchSource[]): SearchIndex {
  const endpoints = sources.flatMap((source) => source.endpoints);
  const lexicon = telephonyLexicon();
  const documents = sources.flatMap(documentsOf);
  const reading = readDocuments(documents, lexicon);
  const index = buildInvertedIndex(reading);
  // Titles alone match no better as sentences than as words.
  const matcher = documents.some(({ sayings }) => sayings.length > 0) ? createSayingMatcher(reading) : undefined;
  const facets = endpoints.map((endpoint): Facets => ({
    deed: deedOf(endpoint),
    owners: ownersOf(endpoint),
    deprecated: endpoint.deprecated,
  }));
  const names = endpointNames(endpoints);
  const understanding = understandingOf(index, lexicon);

  return {
    search(query, { limit, kind, accepts }) {
      const exact = names.get(nameKey(query)) ?? [];
      const ranked = rank(understand(query, understanding), index, facets, matcher).map(({ place }) => place);
      const places = new Set([...exact, ...ranked]);
      const found = [...places].flatMap((place) => endpoints[place] ?? []).filter((endpoint) =>
        (kind === undefined || endpoint.facts.kind === kind) && (accepts === undefined || accepts(endpoint))
      );
      return { endpoints: found.slice(0, Math.max(0, Math.floor(limit))), total: found.length };
    },
  };
}
