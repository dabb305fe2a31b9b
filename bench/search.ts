/**
 * Measures the search on labelled requests, beside itself without sayings, plain BM25, and the whole request as a part of the text.
 *
 * @module
 */

import { embeddedCollection } from "../src/collection/embedded.ts";
import { embeddedSpeech } from "../src/collection/embedded_speech.ts";
import { createSearchIndex, type SearchIndex } from "../src/collection/search/search_index.ts";
import { type Labelled, measure, type Quality, rankOf, readLabelled } from "./search/labelled.ts";
import { type Finder, plainBm25, substring } from "./search/plain_search.ts";

const BUILDS = 7;
const SHOWN = 3;

/** The halves; single requests of the first were never looked at while the search was made. */
const HALVES = [
  { name: "test half", file: "search_requests/test.yaml" },
  { name: "tuning half", file: "search_requests/tuning.yaml" },
] as const;

function row(name: string, { recall, reciprocal, median, p95 }: Quality): string {
  const share = (value: number) => value.toFixed(3);
  return `  ${name.padEnd(23)} recall@1 ${share(recall["1"])}, @5 ${share(recall["5"])}, @10 ${share(recall["10"])}, ` +
    `MRR ${share(reciprocal)}; ${median.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms`;
}

function missed(finder: Finder, labelled: readonly Labelled[]): string[] {
  return labelled.flatMap((item) => {
    const found = finder(item.request);
    const rank = rankOf(found, item);
    if (rank <= 5) return [];
    return [
      `  ${rank === Infinity ? "not found" : `rank ${rank}`}: ${item.request}`,
      `    wanted ${item.tools.join(", ")}`,
      `    got ${found.slice(0, SHOWN).join(", ")}`,
    ];
  });
}

function timeToBuild(): string {
  const { endpoints, aliases } = embeddedCollection();
  const times = Array.from({ length: BUILDS }, () => {
    const begin = performance.now();
    createSearchIndex([{ endpoints, aliases, speech: embeddedSpeech() }]);
    return performance.now() - begin;
  });
  const [first = Number.NaN, ...later] = times;
  const median = later.sort((a, b) => a - b)[Math.floor(later.length / 2)] ?? Number.NaN;
  return `Search index of ${endpoints.length} endpoints: built in ${first.toFixed(0)} ms, again in ${
    median.toFixed(0)
  } ms`;
}

function finderOf(index: SearchIndex): Finder {
  return (request) => index.search(request, { limit: Infinity }).endpoints.map(({ tool }) => tool);
}

/**
 * Measures the search.
 *
 * @param options `misses`: lists the requests of the tuning half that find no right tool among the first five.
 * @returns Lines to show.
 */
export async function measureSearch(options: { readonly misses?: boolean } = {}): Promise<string[]> {
  const collection = embeddedCollection();
  const lines = [timeToBuild()];
  const speech = embeddedSpeech();
  const { endpoints } = collection;
  const ours = finderOf(createSearchIndex([{ ...collection, speech }]));
  const finders = {
    "ours": ours,
    "ours without sayings": finderOf(createSearchIndex([{ ...collection, speech: { ...speech, sayings: () => [] } }])),
    "plain BM25": plainBm25(endpoints),
    "plain BM25 with sayings": plainBm25(endpoints, speech),
    "substring": substring(endpoints),
  };
  for (const { name, file } of HALVES) {
    const labelled = await readLabelled(new URL(file, import.meta.url));
    if (labelled === undefined) {
      lines.push(`Search, ${name}: no file bench/${file}`);
      continue;
    }
    lines.push(`Search, ${name}, ${labelled.length} requests:`);
    for (const [finder, find] of Object.entries(finders)) lines.push(row(finder, measure(find, labelled)));
    if (options.misses === true && name === "tuning half") lines.push("Misses:", ...missed(ours, labelled));
  }
  return lines;
}
