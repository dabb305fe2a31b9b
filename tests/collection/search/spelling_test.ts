import assert from "node:assert/strict";
import fc from "fast-check";
import { createSpeller } from "../../../src/collection/search/spelling.ts";

const spell = createSpeller(
  new Map([["forward", 20], ["voicemail", 9], ["attendant", 3], ["queue", 30], ["parks", 2], ["page", 8], [
    "called",
    5,
  ]]),
);

Deno.test("createSpeller() mends missing, doubled, wrong and swapped letters", () => {
  for (const wrong of ["foward", "forrward", "forwrad", "forwerd", "ofrward"]) {
    assert.equal(spell(wrong), "forward", wrong);
  }
  assert.equal(spell("quue"), "queue");
  assert.equal(spell("voicmeial"), undefined);
  assert.equal(spell("voicemial"), "voicemail");
  assert.equal(spell("atendent"), "attendant");
});

Deno.test("createSpeller() leaves known words and names", () => {
  for (const word of ["forward", "Austin", "austin", "priya", "acme", "dallas", "abc", "", "x".repeat(100)]) {
    assert.equal(spell(word), undefined, word);
  }
});

Deno.test("createSpeller() takes the nearest word, then the more common, then the first of the alphabet", () => {
  const choose = createSpeller(new Map([["stateb", 1], ["statea", 1], ["stated", 7]]));
  assert.equal(choose("statex"), "stated");
  assert.equal(createSpeller(new Map([["stateb", 1], ["statea", 1]]))("statex"), "statea");
});

Deno.test("createSpeller() gives a known word or none", () => {
  const known = new Map([["constructor", 1], ["prototype", 2], ["length", 3]]);
  const mend = createSpeller(known);
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 14 }), (word) => {
    const right = mend(word);
    assert.ok(right === undefined || (known.has(right) && right !== word));
  }));
});
