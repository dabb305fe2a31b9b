import assert from "node:assert/strict";
import fc from "fast-check";
import { hashToken, idOfToken, isTokenHash, isTokenId, mintToken, sameHash } from "../../src/access/caller_token.ts";

const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));

Deno.test("mintToken() makes tokens of an id and 32 random bytes, and the hash of the whole", () => {
  const { token, id, hash } = mintToken(random);
  assert.match(token, /^wxm_[0-9A-Za-z]{8}_[A-Za-z0-9_-]{43}$/);
  assert.equal(idOfToken(token), id);
  assert.ok(isTokenId(id) && isTokenHash(hash));
  assert.equal(hashToken(token), hash);
  const many = Array.from({ length: 200 }, () => mintToken(random));
  assert.equal(new Set(many.flatMap((one) => [one.token, one.id, one.hash])).size, 600);
});

Deno.test("mintToken() uses every random byte of the secret, and all characters of the alphabet alike for the id", () => {
  const asked: number[] = [];
  // The bytes from 248 on would favour the first letters, and are drawn again.
  const draws = [[255, 248, 0, 61, 62, 247, 10, 36], [1, 2], [...Array(32).keys()]];
  const { token, id } = mintToken((count) => {
    asked.push(count);
    return new Uint8Array(draws[asked.length - 1] ?? []);
  });
  assert.deepEqual(asked, [8, 2, 32]);
  assert.equal(id, "0z0zAa12");
  assert.equal(token, "wxm_0z0zAa12_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
});

Deno.test("hashToken() is SHA-256 in base64url", () => {
  assert.equal(hashToken("abc"), "sha256:ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
});

Deno.test("idOfToken() finds no id in anything else than a token", () => {
  const secret = "x".repeat(43);
  assert.equal(idOfToken(`wxm_Ab3dEf7h_${secret}`), "Ab3dEf7h");
  for (const text of ["", "wxm_", `wxm_Ab3dEf7_${secret}`, `wxm_Ab3dEf7h_${secret}x`, `WXM_Ab3dEf7h_${secret}`]) {
    assert.equal(idOfToken(text), undefined);
  }
  fc.assert(fc.property(fc.string(), (text) => idOfToken(text) === undefined));
});

Deno.test("sameHash() tells whether two hashes are the same, also of different lengths", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (one, other) => {
    assert.equal(sameHash(one, other), one.toWellFormed() === other.toWellFormed());
    assert.ok(sameHash(one, one));
  }));
});
