import assert from "node:assert/strict";
import fc from "fast-check";
import type { FieldTexts } from "../../../src/collection/search/fields.ts";
import { telephonyLexicon } from "../../../src/collection/search/lexicon.ts";
import { readDocuments } from "../../../src/collection/search/reading.ts";
import { createSayingMatcher } from "../../../src/collection/search/saying_matcher.ts";
import { EMPTY_TEXTS } from "../../support/field_texts.ts";

function document(path: string, ...sayings: readonly string[]): FieldTexts {
  return { ...EMPTY_TEXTS, path: [path], sayings };
}

const reading = readDocuments([
  document("person bell", "the bell keeps ringing at night", "make the bell ring"),
  document("workspace bell", "the kitchen hears nothing"),
  document("garden", "who has the garden key", "paint the bell of the gardener's old blue bicycle"),
  document("fence"),
], telephonyLexicon());
const matcher = createSayingMatcher(reading);

function match(...terms: readonly string[]): readonly number[] {
  return [...matcher.match(terms)];
}

Deno.test("match() gives the best 1, and nothing to what has nothing in common", () => {
  const [bell, , garden, fence] = match("who", "has", "garden", "kei");
  assert.deepEqual([bell, garden, fence], [0, 1, 0]);
  assert.deepEqual(match(), [0, 0, 0, 0]);
  assert.deepEqual(match("unheard"), [0, 0, 0, 0]);
});

Deno.test("match() prefers a saying that stands whole in the request to one that speaks of other things, too", () => {
  const [bell = 0, , garden = 0] = match("make", "bell", "ring");
  assert.equal(bell, 1);
  assert.ok(garden > 0 && garden < 0.3, String(garden));
});

Deno.test("match() takes no notice of what the request says besides", () => {
  assert.deepEqual(match("make", "bell", "ring"), match("uncl", "make", "bell", "much", "ring", "loud"));
});

Deno.test("match() lets endpoints of one subject have a part of each other's sayings", () => {
  const [bell = 0, other = 0, , fence] = match("make", "bell", "ring");
  assert.ok(other > 0.5 && other < bell);
  assert.equal(fence, 0);
});

Deno.test("match() stays between 0 and 1 whatever is asked for", () => {
  const term = fc.constantFrom(...reading.numbers.keys(), "constructor", "__proto__", "");
  fc.assert(fc.property(fc.uniqueArray(term), (terms) => {
    const found = matcher.match(terms);
    assert.ok(found.every((value) => value >= 0 && value <= 1));
    assert.ok(found.every((value) => value === 0) || found.includes(1));
  }));
});
