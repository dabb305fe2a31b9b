import assert from "node:assert/strict";
import { guessText } from "../../src/core/guess.ts";

Deno.test("guessText() asks for the nearest names, and for nothing where there are none", () => {
  assert.equal(guessText(["a", "b"]), ': did you mean "a" or "b"?');
  assert.equal(guessText(["a"], ";"), '; did you mean "a"?');
  assert.equal(guessText([]), "");
});
