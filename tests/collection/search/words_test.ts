import assert from "node:assert/strict";
import fc from "fast-check";
import { requestWords, stemOf, wordsOf } from "../../../src/collection/search/words.ts";

Deno.test("wordsOf() divides at spaces, punctuation and capitals, and drops accents and numbers at the end", () => {
  assert.deepEqual(wordsOf("doNotDisturb"), ["do", "not", "disturb"]);
  assert.deepEqual(wordsOf("autoTransferNumber1"), ["auto", "transfer", "number"]);
  assert.deepEqual(wordsOf("MSTeams integration"), ["ms", "teams", "integration"]);
  assert.deepEqual(wordsOf("User’s wrap-up, Größe"), ["users", "wrap", "up", "große"]);
  assert.deepEqual(wordsOf("E911"), ["e911"]);
  assert.deepEqual(wordsOf(""), []);
});

Deno.test("requestWords() keeps capitals, possessives, quotations and the beginnings of sentences", () => {
  const { words } = requestWords("Turn on DND for Bob's phone, please. It's 'Sales Team'", 60);
  assert.deepEqual(words.map(({ text }) => text).slice(0, 6), ["turn", "on", "dnd", "for", "bob", "phone"]);
  assert.deepEqual(words.filter(({ possessive }) => possessive).map(({ text }) => text), ["bob", "it"]);
  assert.deepEqual(words.filter(({ first }) => first).map(({ text }) => text), ["turn", "it"]);
  assert.deepEqual(words.filter(({ opening }) => opening).map(({ text }) => text), ["turn", "please", "it"]);
  assert.deepEqual(words.filter(({ quoted }) => quoted).map(({ text }) => text), ["sales", "team"]);
  assert.deepEqual(words.filter(({ capital }) => capital).map(({ text }) => text), [
    "turn",
    "bob",
    "it",
    "sales",
    "team",
  ]);
});

Deno.test("requestWords() sees mail addresses, telephone numbers and question marks", () => {
  const asked = requestWords("who has +1 (408) 555-1234 or a.b@example.com?", 60);
  assert.deepEqual([asked.mailAddress, asked.phoneNumber, asked.questionMark], [true, true, true]);
  assert.deepEqual(asked.words.map(({ text }) => text), ["who", "has", "or"]);
  const told = requestWords("delete extension 1234", 60);
  assert.deepEqual([told.mailAddress, told.phoneNumber, told.questionMark], [false, false, false]);
});

Deno.test("requestWords() reads plural abbreviations, and DID as no verb", () => {
  const texts = (text: string) => requestWords(text, 60).words.map((word) => word.text);
  assert.deepEqual(texts("AAs CQs"), ["aa", "cq"]);
  assert.deepEqual(texts("DIDs DID did"), ["ddi", "ddi", "did"]);
});

Deno.test("requestWords() gives no more words than wanted, of any text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.nat(10), (text, most) => {
    const { words } = requestWords(text, most);
    assert.ok(words.length <= most);
    assert.ok(words.every((word) => /^[\p{L}\p{N}]*$/u.test(word.text)));
  }));
});

Deno.test("stemOf() brings plural and tense together, and leaves short words and other alphabets", () => {
  for (const words of [["queue", "queues", "queuing"], ["forward", "forwards", "forwarding"], ["device", "devices"]]) {
    assert.equal(new Set(words.map(stemOf)).size, 1, words.join());
  }
  assert.equal(stemOf("dns"), "dns");
  assert.equal(stemOf("größen"), "größen");
  assert.equal(stemOf("a".repeat(5_000)), "a".repeat(5_000));
});

Deno.test("stemOf() keeps apart what Porter's rules throw together", () => {
  for (
    const [one, other] of [["customer", "custom"], ["business", "busy"], ["teams", "team"], ["internal", "intern"]]
  ) {
    assert.notEqual(stemOf(one ?? ""), stemOf(other ?? ""), one);
  }
});
