import assert from "node:assert/strict";
import fc from "fast-check";
import { quoted, visible } from "../../../src/tools/confirmation/visible_text.ts";

Deno.test("visible() puts a text on one line, without what cannot be seen", () => {
  assert.equal(visible(" a\r\n\tb\u202e\u200bc\u3164\u2800d ", 80), "a b c d");
  assert.equal(visible("a\u2028Approved.", 80), "a Approved.");
  assert.equal(visible(`e${"\u0301".repeat(50)}`, 80), "e\u0301\u0301\u0301");
});

Deno.test("visible() leaves nothing of what has nothing to see", () => {
  for (const text of ["", " ", "\u200b\u200d\ufeff", "\u3164\u115f", "\ufe0f", "\u2800", "\u0301"]) {
    assert.equal(visible(text, 80), "", JSON.stringify(text));
  }
});

Deno.test("visible() cuts visibly: a sentence at its end, a word so that its end is left", () => {
  assert.equal(visible("one two three", 8), "one two…");
  assert.equal(visible(`${"x".repeat(90)}the-end1`, 30), `${"x".repeat(21)}…the-end1`);
  assert.equal(visible("😀".repeat(9), 5), "😀😀😀😀…");
});

Deno.test("visible() keeps within its length, whatever the text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 400 }), fc.integer({ min: 2, max: 90 }), (text, max) => {
    const shown = visible(text, max);
    assert.ok([...shown].length <= max);
    assert.doesNotMatch(shown, /[\n\r\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
  }));
});

Deno.test("quoted() leaves no mark that could close the quotation", () => {
  assert.equal(quoted("a”b“c„d＂e«f»g‹h'i’j״k″l❞m", 80), `"a'b'c'd'e'f'g'h'i'j'k'l'm"`);
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    assert.doesNotMatch(quoted(text, 80).slice(1, -1), /["\p{Pi}\p{Pf}]/u);
  }));
});
