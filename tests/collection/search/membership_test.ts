import assert from "node:assert/strict";
import { telephonyLexicon } from "../../../src/collection/search/lexicon.ts";
import { membershipAt } from "../../../src/collection/search/membership.ts";
import { requestWords, stemOf } from "../../../src/collection/search/words.ts";

function memberIn(text: string): string | undefined {
  const { words } = requestWords(text, 60);
  const found = membershipAt(words, words.map((word) => stemOf(word.text)), 0, telephonyLexicon());
  return found && words.slice(found.member, found.end).map((word) => word.text).join(" ");
}

Deno.test("membershipAt() finds who is added to a group or taken out of one", () => {
  assert.equal(memberIn("add an agent to the support queue"), "an agent");
  assert.equal(memberIn("put Priya in the hunt group"), "priya");
  assert.equal(memberIn("remove a colleague from call park"), "a colleague");
  assert.equal(memberIn("take Tom out of the pickup group"), "tom out");
});

Deno.test("membershipAt() leaves other things, new groups, and what has no members", () => {
  for (
    const text of [
      "add a holiday to the queue",
      "put Tom and Ana in one new paging group",
      "add a user to the location",
      "add a user. To the queue",
      "show a user in the queue",
      "add",
    ]
  ) assert.equal(memberIn(text), undefined, text);
});
