import assert from "node:assert/strict";
import fc from "fast-check";
import type { CallerEntry, Callers } from "../../src/access/caller_file.ts";
import { mintToken, sameHash } from "../../src/access/caller_token.ts";
import { createTokenAuthenticator } from "../../src/access/token_authenticator.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { outcome } from "./support.ts";

const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const { signal } = new AbortController();

function make(changes: Partial<CallerEntry> = {}) {
  const clock = new FakeClock();
  const { token, id, hash } = mintToken(random);
  const entry: CallerEntry = { name: "ci", id, hash, createdAt: 0, policy: { readOnly: true }, ...changes };
  const compared: [string, string][] = [];
  const callers = new Map([[id, entry]]);
  const authenticator = createTokenAuthenticator({
    callers: () => Promise.resolve(callers),
    clock,
    compare(one, other) {
      compared.push([one, other]);
      return sameHash(one, other);
    },
  });
  const ask = (header: string | undefined) => authenticator.authenticate(header, signal);
  return { clock, token, entry, callers, compared, ask };
}

Deno.test("createTokenAuthenticator() lets in who has the whole token, with the policy of its entry", async () => {
  const { token, ask } = make();
  assert.deepEqual(await ask(`Bearer ${token}`), { caller: { name: "ci", policy: { readOnly: true } } });
});

Deno.test("createTokenAuthenticator() refuses an expired token, and tells that only to who has it", async () => {
  const { clock, token, ask } = make({ expiresAt: Date.UTC(2026, 0, 15, 10) });
  const verdict = await ask(`Bearer ${token}`);
  assert.ok("caller" in verdict && verdict.caller.expiresAt === Date.UTC(2026, 0, 15, 10));
  await clock.advance(3_600_000);
  const late = await ask(`Bearer ${token}`);
  assert.ok("refusal" in late);
  assert.deepEqual(late.refusal, {
    status: 401,
    error: "invalid_token",
    reason: "expired",
    description: "The token has expired",
  });
  const guessed = await ask(`Bearer ${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`);
  assert.ok("refusal" in guessed && guessed.refusal.description === "The token is unknown or was revoked");
  assert.equal(guessed.refusal.reason, "unknown_token");
});

Deno.test("createTokenAuthenticator() makes one comparison of equal length whether an id is known or not", async () => {
  const { token, ask, compared } = make();
  const { token: other } = mintToken(random);
  const wrong = `${token.slice(0, 13)}${other.slice(13)}`;
  for (const one of [token, wrong, other, "wxm_short", "eyJ.x.y"]) {
    compared.length = 0;
    await ask(`Bearer ${one}`);
    assert.equal(compared.length, 1, one);
    assert.deepEqual(compared[0]?.map((hash) => hash.length), [50, 50]);
  }
});

Deno.test("createTokenAuthenticator() takes no token for another's, whatever is changed in it", async () => {
  const { token, ask } = make();
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: token.length - 1 }), fc.constantFrom(..."AZaz09_-"), async (at, letter) => {
      const changed = token.slice(0, at) + letter + token.slice(at + 1);
      assert.equal(outcome(await ask(`Bearer ${changed}`)), changed === token ? "ok ci" : "401 invalid_token");
    }),
  );
});

Deno.test("createTokenAuthenticator() answers any header without throwing, and repeats nothing of it", async () => {
  const { ask } = make();
  await fc.assert(fc.asyncProperty(fc.string({ unit: "binary", minLength: 3 }), async (text) => {
    const verdict = await ask(`Bearer planted${text}`);
    assert.ok("refusal" in verdict && verdict.refusal.status === 401);
    assert.ok(!JSON.stringify(verdict).includes("planted"));
  }));
});

Deno.test("createTokenAuthenticator() forgets a token that is revoked, and answers 503 where nobody can tell", async () => {
  const { token, ask, callers, entry } = make();
  callers.delete(entry.id);
  assert.equal(outcome(await ask(`Bearer ${token}`)), "401 invalid_token");
  const broken = createTokenAuthenticator({
    callers: (): Promise<Callers> => Promise.reject(new Error("planted")),
    clock: new FakeClock(),
  });
  assert.deepEqual(await broken.authenticate(`Bearer ${token}`, signal), {
    refusal: { status: 503, reason: "unavailable", description: "Temporarily unavailable" },
  });
  assert.equal(outcome(await broken.authenticate(undefined, signal)), "401");
});

Deno.test("createTokenAuthenticator() compares in constant time unless told otherwise", async () => {
  const { token, entry } = make();
  const standard = createTokenAuthenticator({
    callers: () => Promise.resolve(new Map([[entry.id, entry]])),
    clock: new FakeClock(),
  });
  assert.equal(outcome(await standard.authenticate(`Bearer ${token}`, signal)), "ok ci");
  const source = await Deno.readTextFile(new URL("../../src/access/caller_token.ts", import.meta.url));
  assert.match(source, /return .*timingSafeEqual\(first, second\)/);
});
