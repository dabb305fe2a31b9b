import assert from "node:assert/strict";
import fc from "fast-check";
import { UsageError } from "../../src/core/errors.ts";
import { parseKeyFile } from "../../src/store/key_file.ts";

const ONE = crypto.getRandomValues(new Uint8Array(32));
const TWO = crypto.getRandomValues(new Uint8Array(32));

function refusalOf(content: string): string {
  try {
    parseKeyFile(content);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    assert.equal(error.code, "bad_key_file");
    return error.message;
  }
  return "read";
}

Deno.test("parseKeyFile() reads one key a line, in either alphabet, and skips comments", () => {
  const urlSafe = TWO.toBase64({ alphabet: "base64url", omitPadding: true });
  const content = `\uFEFF# made in March\r\n\r\n  ${ONE.toBase64()}  \r\n# the one before\n${urlSafe}\n`;
  assert.deepEqual(parseKeyFile(content), [ONE, TWO]);
});

Deno.test("parseKeyFile() refuses what is no key, and says in which line", () => {
  assert.match(refusalOf(""), /it holds no key$/);
  assert.match(refusalOf("# nothing\n"), /it holds no key$/);
  assert.match(refusalOf(`${ONE.toBase64()}\nnot base64!`), /line 2 is not base64$/);
  assert.match(refusalOf(`#\n${ONE.slice(1).toBase64()}`), /the key in line 2 has 31 bytes, expected 32$/);
  assert.match(refusalOf(new Uint8Array(32).toBase64()), /the key in line 1 is not random$/);
  assert.match(refusalOf(`${ONE.toBase64()}\n${ONE.toBase64()}`), /it holds a key twice$/);
  const many = Array.from({ length: 9 }, () => crypto.getRandomValues(new Uint8Array(32)).toBase64());
  assert.match(refusalOf(many.join("\n")), /it holds 9 keys, expected at most 8$/);
});

Deno.test("parseKeyFile() never quotes the content, and throws nothing else", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 6, unit: "binary" }), fc.base64String({ minLength: 8 }), (text, base64) => {
      for (const planted of [text.trim(), base64]) {
        const message = refusalOf(`# c\n${planted}`);
        if (planted.length > 16) assert.ok(!message.includes(planted));
      }
    }),
  );
});
