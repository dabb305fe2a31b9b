import assert from "node:assert/strict";
import fc from "fast-check";
import {
  packText,
  readLabel,
  readLabelled,
  writeLabel,
  writeLabelled,
} from "../../../src/tools/results/packed_text.ts";

const LABEL = { id: "a", tool: "people_list_people", bytes: 3, size: 4, keptAt: 5 };

Deno.test("packText() and readLabelled() give every text back as it was, however long", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 200 });
  fc.assert(
    fc.property(text, fc.constantFrom(1, 500), (part, times) => {
      const whole = part.repeat(times).toWellFormed();
      const { bytes, content } = packText(whole);
      assert.equal(bytes, new TextEncoder().encode(whole).length);
      assert.deepEqual(readLabelled(writeLabelled(LABEL, content)), { ...LABEL, text: whole });
    }),
  );
});

Deno.test("packText() makes long texts shorter, and leaves short ones alone", () => {
  assert.ok(packText("abcdefgh".repeat(10_000)).content.length < 2_000);
  assert.equal(packText("abcdefgh").content.length, 9);
});

Deno.test("readLabel() takes nothing for a label that is none", () => {
  assert.deepEqual(readLabel(writeLabel(LABEL)), LABEL);
  for (const key of Object.keys(LABEL)) {
    const changed = new TextEncoder().encode(JSON.stringify({ ...LABEL, [key]: null }));
    assert.equal(readLabel(changed), undefined, key);
  }
  fc.assert(fc.property(fc.uint8Array(), (bytes) => {
    assert.equal(readLabel(bytes), undefined);
    assert.equal(readLabelled(new Uint8Array(bytes)), undefined);
  }));
});
