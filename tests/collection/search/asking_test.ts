import assert from "node:assert/strict";
import { askedWords, asks, isInflected } from "../../../src/collection/search/asking.ts";
import { requestWords, type Word } from "../../../src/collection/search/words.ts";

function wordsIn(text: string): readonly Word[] {
  return requestWords(text, 60).words;
}

Deno.test("asks() tells asking from polite ordering", () => {
  for (const text of ["can callers reach him", "is it on", "hi. which queues are there", "may she dial abroad"]) {
    assert.ok(asks(wordsIn(text)), text);
  }
  for (const text of ["can you turn it on", "could we delete it", "turn it on", "can"]) {
    assert.ok(!asks(wordsIn(text)), text);
  }
});

Deno.test("asks() takes no rule and no wish for a question", () => {
  assert.ok(asks(wordsIn("when does it ring")));
  assert.ok(!asks(wordsIn("when he calls, ring my mobile")));
  assert.ok(asks(wordsIn("how many are there")));
  assert.ok(!asks(wordsIn("how do I add a trunk")));
  assert.ok(!asks(wordsIn("how to add a trunk")));
});

Deno.test("askedWords() knows which sentences ask", () => {
  const asked = (text: string) => wordsIn(text).filter((_, index) => askedWords(wordsIn(text))[index]).length;
  assert.equal(asked("please show me trunks"), 3);
  assert.equal(asked("who changed it? Delete it"), 3);
  assert.equal(asked("delete what she changed"), 0);
});

Deno.test("isInflected() sees endings that no order has", () => {
  for (const word of ["changed", "porting", "answers", "limits"]) assert.ok(isInflected(word), word);
  for (const word of ["change", "add", "ring", "bring", "pass"]) assert.ok(!isInflected(word), word);
});
