import assert from "node:assert/strict";
import fc from "fast-check";
import { createCipherBox, deriveKey } from "../../src/core/cipher_box.ts";

const [ONE, TWO] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const TEXT = new TextEncoder().encode("a text");

Deno.test("createCipherBox() opens what it sealed, whatever it is, in its own context only", async () => {
  const box = createCipherBox([ONE], "test");
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), fc.string(), async (drawn, context) => {
      const bytes = new Uint8Array(drawn);
      const sealed = await box.seal(bytes, context);
      assert.deepEqual(await box.open(sealed, context), bytes);
      assert.equal(await box.open(sealed, `${context}.`), undefined);
    }),
    { numRuns: 50 },
  );
});

Deno.test("createCipherBox() seals with the first key and opens with all", async () => {
  const [old, both, other] = [[ONE], [TWO, ONE], [TWO]].map((keys) => createCipherBox(keys, "test"));
  assert.ok(old !== undefined && both !== undefined && other !== undefined);
  const [byOld, byBoth] = [await old.seal(TEXT, "c"), await both.seal(TEXT, "c")];
  assert.deepEqual(await both.open(byOld, "c"), TEXT);
  assert.deepEqual(await other.open(byBoth, "c"), TEXT);
  assert.equal(await old.open(byBoth, "c"), undefined);
});

Deno.test("createCipherBox() opens nothing that was sealed for another purpose, nor what is none", async () => {
  const [mine, yours] = [createCipherBox([ONE], "mine"), createCipherBox([ONE], "yours")];
  const sealed = await mine.seal(TEXT, "c");
  assert.equal(await yours.open(sealed, "c"), undefined);
  for (let length = 0; length < sealed.length; length++) {
    assert.equal(await mine.open(sealed.slice(0, length), "c"), undefined);
  }
});

Deno.test("createCipherBox() and deriveKey() refuse keys of another length, or none", async () => {
  assert.throws(() => createCipherBox([], "test"), RangeError);
  assert.throws(() => createCipherBox([ONE, new Uint8Array(31)], "test"), RangeError);
  const use = { algorithm: { name: "HMAC", hash: "SHA-256", length: 256 }, usages: ["sign" as const] };
  await assert.rejects(deriveKey(new Uint8Array(16), "test", use), RangeError);
});
