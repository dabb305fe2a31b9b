import assert from "node:assert/strict";
import { pairOf } from "../../../src/collection/search/analysis.ts";
import { buildInvertedIndex } from "../../../src/collection/search/inverted_index.ts";
import { telephonyLexicon } from "../../../src/collection/search/lexicon.ts";
import { readDocuments } from "../../../src/collection/search/reading.ts";
import { EMPTY_TEXTS } from "../../support/field_texts.ts";

const READING = readDocuments([
  { ...EMPTY_TEXTS, title: ["Update Weather Station"], path: ["weather station"] },
  { ...EMPTY_TEXTS, title: ["Update Garden"], notes: ["Weather and soil"] },
  { ...EMPTY_TEXTS, title: ["Update Garden Fence"], members: ["soil", "constructor"] },
], telephonyLexicon());
const index = buildInvertedIndex(READING);

function score(term: string, place: number): number {
  const postings = index.postings(term);
  const at = postings?.places.indexOf(place) ?? -1;
  return at < 0 ? 0 : postings?.scores[at] ?? 0;
}

Deno.test("buildInvertedIndex() weighs titles and paths more than explanations", () => {
  assert.ok(score("weather", 0) > score("weather", 1));
  assert.ok(score("weather", 1) > 0);
  assert.equal(score("weather", 2), 0);
});

Deno.test("buildInvertedIndex() holds it against a title that it says more", () => {
  assert.ok(score("garden", 1) > score("garden", 2));
});

Deno.test("buildInvertedIndex() tells where a term stands, and knows pairs", () => {
  assert.equal(index.postings("weather")?.standing, "told");
  assert.equal(index.postings("soil")?.standing, "noted");
  assert.equal(index.postings("toString"), undefined);
  assert.notEqual(index.postings("constructor"), index.postings("__proto__"));
  assert.equal(index.postings(pairOf("weather", "station"))?.places.length, 1);
});

Deno.test("buildInvertedIndex() adds what a term counts in several fields, and knows each endpoint once", () => {
  const both = readDocuments([
    { ...EMPTY_TEXTS, title: ["Garden"], path: ["garden"] },
    { ...EMPTY_TEXTS, title: ["Garden"], path: ["fence"] },
    { ...EMPTY_TEXTS, title: ["Fence"], path: ["door"], notes: ["garden"] },
  ], telephonyLexicon());
  const { places, scores, standing } = buildInvertedIndex(both).postings("garden") ?? assert.fail();
  assert.deepEqual([...places], [0, 1, 2]);
  assert.equal(standing, "told");
  const [first = 0, second = 0, third = 0] = scores;
  assert.ok(first > second && second > third && third > 0);
});

Deno.test("buildInvertedIndex() makes no pairs of what stands together in sayings", () => {
  const said = readDocuments([{ ...EMPTY_TEXTS, sayings: ["weather station"] }, EMPTY_TEXTS], telephonyLexicon());
  const { postings } = buildInvertedIndex(said);
  assert.deepEqual([...postings("weather")?.places ?? []], [0]);
  assert.equal(postings(pairOf("weather", "station")), undefined);
});
