import assert from "node:assert/strict";
import { pairOf } from "../../../src/collection/search/analysis.ts";
import type { FieldTexts } from "../../../src/collection/search/fields.ts";
import { buildInvertedIndex } from "../../../src/collection/search/inverted_index.ts";
import { telephonyLexicon } from "../../../src/collection/search/lexicon.ts";

const EMPTY: FieldTexts = {
  title: [],
  feature: [],
  path: [],
  purpose: [],
  everyday: [],
  parameters: [],
  members: [],
  answers: [],
  notes: [],
};

const index = buildInvertedIndex([
  { ...EMPTY, title: ["Update Weather Station"], path: ["weather station"] },
  { ...EMPTY, title: ["Update Garden"], notes: ["Weather and soil"] },
  { ...EMPTY, title: ["Update Garden Fence"], members: ["soil", "constructor"] },
], telephonyLexicon());

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

Deno.test("buildInvertedIndex() tells where a term stands, and knows pairs and words", () => {
  assert.equal(index.postings("weather")?.standing, "told");
  assert.equal(index.postings("soil")?.standing, "noted");
  assert.equal(index.postings("toString"), undefined);
  assert.notEqual(index.postings("constructor"), index.postings("__proto__"));
  assert.equal(index.postings(pairOf("weather", "station"))?.places.length, 1);
  assert.equal(index.words.get("garden"), 2);
  assert.equal(index.words.has("soil"), false);
});

Deno.test("buildInvertedIndex() tells what titles and paths are about", () => {
  assert.deepEqual(index.titles, [["weather", "station"], ["garden"], ["garden", "fenc"]]);
  assert.deepEqual(index.subjects[0], ["weather", "station"]);
});
