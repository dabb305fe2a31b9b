import assert from "node:assert/strict";
import { PhraseBook } from "../../../src/collection/search/phrase_book.ts";
import { stemOf, wordsOf } from "../../../src/collection/search/words.ts";

function stems(text: string): string[] {
  return wordsOf(text).map(stemOf);
}

Deno.test("PhraseBook finds the longest phrase, and all that begin at a word", () => {
  const book = new PhraseBook<string>();
  book.add("call park", "park");
  book.add("call park extension | park orbit", "orbit");
  assert.deepEqual(book.longest(stems("a call park extension"), 1), { value: "orbit", length: 3 });
  assert.deepEqual(book.all(stems("call park extension"), 0).map(({ value }) => value), ["park", "orbit"]);
  assert.equal(book.longest(stems("call waiting"), 0), undefined);
  assert.equal(book.longest([], 0), undefined);
});

Deno.test("PhraseBook finds plurals, and two words written as one", () => {
  const book = new PhraseBook<string>();
  book.add("hunt group", "hunt");
  assert.equal(book.longest(stems("hunt groups"), 0)?.value, "hunt");
  assert.equal(book.longest(stems("huntgroups"), 0)?.value, "hunt");
});

Deno.test("PhraseBook keeps what was added first, and knows the words of all phrases", () => {
  const book = new PhraseBook<number>();
  book.add("queue | waiting line", 1);
  book.add("queue", 2);
  book.add(" | ", 3);
  assert.equal(book.longest(stems("queue"), 0)?.value, 1);
  assert.deepEqual([...book.words], ["queue", "waiting", "line", "waitingline"]);
});

Deno.test("PhraseBook takes the names of prototypes for words", () => {
  const book = new PhraseBook<string>();
  assert.equal(book.longest(stems("constructor"), 0), undefined);
  book.add("constructor", "x");
  assert.equal(book.longest(stems("constructor"), 0)?.value, "x");
  assert.equal(book.longest(["__proto__"], 0), undefined);
});
