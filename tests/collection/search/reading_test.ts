import assert from "node:assert/strict";
import { FIELD_RULES } from "../../../src/collection/search/field_rules.ts";
import { telephonyLexicon } from "../../../src/collection/search/lexicon.ts";
import { readDocuments } from "../../../src/collection/search/reading.ts";
import { EMPTY_TEXTS } from "../../support/field_texts.ts";

const reading = readDocuments([
  { ...EMPTY_TEXTS, title: ["Update Weather Station"], path: ["weather station"], sayings: ["who has the garden key"] },
  { ...EMPTY_TEXTS, title: ["Update Garden"], path: ["garden people"], notes: ["Weather and soil"] },
], telephonyLexicon());

const terms = [...reading.numbers.keys()];

Deno.test("readDocuments() reads every field into a row of its own", () => {
  const { numbers, starts, size } = reading.terms;
  assert.equal(size, 2 * FIELD_RULES.length);
  assert.equal(reading.pairs.size, size);
  const rowOf = (place: number, field: string) => {
    const row = place * FIELD_RULES.length + FIELD_RULES.findIndex((rule) => rule.field === field);
    return [...numbers.subarray(starts[row], starts[row + 1])].map((number) => terms[number]);
  };
  assert.deepEqual(rowOf(0, "path"), ["weather", "station"]);
  assert.deepEqual(rowOf(0, "sayings"), ["garden", "key"]);
  assert.deepEqual(rowOf(1, "notes"), ["weather", "soil"]);
  assert.deepEqual(rowOf(1, "members"), []);
});

Deno.test("readDocuments() takes titles for sayings, and keeps filler in them that tells something", () => {
  const { numbers, starts, size } = reading.sentences;
  const sentences = Array.from(
    { length: size },
    (_, index) => [...numbers.subarray(starts[index], starts[index + 1])].map((number) => terms[number]).join(" "),
  );
  assert.deepEqual(sentences, ["updat weather station", "who has garden key", "updat garden"]);
  assert.deepEqual(reading.speakers, [0, 0, 1]);
});

Deno.test("readDocuments() tells what titles and paths are about, without an owner", () => {
  assert.deepEqual(reading.titles, [["weather", "station"], ["garden"]]);
  assert.deepEqual(reading.subjects, [["weather", "station"], ["garden"]]);
});

Deno.test("readDocuments() counts the words of what is told", () => {
  assert.equal(reading.words.get("garden"), 3);
  assert.equal(reading.words.has("soil"), false);
});
