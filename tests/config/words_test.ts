import assert from "node:assert/strict";
import fc from "fast-check";
import { splitWords } from "../../src/config/words.ts";
import { UsageError } from "../../src/core/errors.ts";

Deno.test("splitWords() splits at blanks, and keeps together what is quoted", () => {
  const cases: [string, string[]][] = [
    ["pass show webex", ["pass", "show", "webex"]],
    ["  op\tread  'op://My Vault/webex token' ", ["op", "read", "op://My Vault/webex token"]],
    ['get --name="a b"c', ["get", "--name=a bc"]],
    [`sh -c 'echo "$TOKEN"; ls | wc'`, ["sh", "-c", 'echo "$TOKEN"; ls | wc']],
    ["C:\\tools\\get.exe '' \"\"", ["C:\\tools\\get.exe", "", ""]],
    ['["a b", "", "c\\"d"]', ["a b", "", 'c"d']],
  ];
  for (const [text, words] of cases) assert.deepEqual(splitWords(text, "X"), words);
});

Deno.test("splitWords() refuses what it cannot split, without repeating it", () => {
  for (const text of ["planted 'x", 'planted "', "[planted", '["planted", 1]', "[]", "''", '[""]', " "]) {
    assert.throws(() => splitWords(text, "WEBEX_ACCESS_TOKEN_COMMAND"), (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, /^Cannot use WEBEX_ACCESS_TOKEN_COMMAND: expected /);
      return !error.message.includes("planted");
    });
  }
});

Deno.test("splitWords() gives back any words that are written as JSON, or quoted", () => {
  const words = fc.array(fc.string(), { minLength: 1 }).filter(([program]) => program !== "");
  fc.assert(fc.property(words, (list) => assert.deepEqual(splitWords(JSON.stringify(list), "X"), list)));
  const quotable = fc.array(fc.string().filter((word) => !word.includes("'")), { minLength: 1 })
    .filter(([program]) => program !== "");
  fc.assert(
    fc.property(quotable, (list) => assert.deepEqual(splitWords(list.map((word) => `'${word}'`).join(" "), "X"), list)),
  );
});
