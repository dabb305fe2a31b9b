import assert from "node:assert/strict";
import { createOAuthCredential } from "../../../src/webex/credential/oauth_credential.ts";
import { createTokenStore, type StoredTokens } from "../../../src/webex/credential/token_store.ts";
import { fakeParts } from "../../support/credential_parts.ts";
import { type Bench, DAY, loggedIn, SECRET, SOURCE, STORE, storedIn } from "./logged_in.ts";

/** What another process does while this one runs. */
async function loginElsewhere(bench: Bench, age = 0): Promise<StoredTokens> {
  const now = bench.clock.now() - age;
  const fresh = { ...bench.stored, ...bench.sandbox.grants.issue("C1"), issuedAt: now, expiresAt: now + 14 * DAY };
  await createTokenStore(STORE, bench).write(fresh);
  return fresh;
}

async function logoutElsewhere(bench: Bench): Promise<void> {
  assert.equal(await createTokenStore(STORE, bench).remove(), true);
}

const LOGGED_OUT = {
  code: "not_logged_in",
  message: 'Cannot call Webex: profile "acme" has no tokens any more: it was logged out',
};

Deno.test("createOAuthCredential() sends no token after a logout, and never makes the store again", async () => {
  const bench = await loggedIn();
  const { credential, stored, clock } = bench;
  await credential.token();
  await logoutElsewhere(bench);
  await assert.rejects(credential.token(), { ...LOGGED_OUT, guidance: credential.renewal });
  await assert.rejects(credential.renew(stored.accessToken), LOGGED_OUT);
  await clock.advance(14 * DAY);
  await assert.rejects(credential.token(), LOGGED_OUT);
  assert.equal(bench.files.texts.has(STORE), false);
  assert.equal(bench.requests("/access_token"), 0);
  const fresh = await loginElsewhere(bench);
  assert.equal(await credential.token(), fresh.accessToken);
});

Deno.test("createOAuthCredential() makes no store again when a 401 comes after a logout", async () => {
  const bench = await loggedIn();
  const token = await bench.credential.token() ?? "";
  await bench.clock.advance(DAY);
  await logoutElsewhere(bench);
  await assert.rejects(bench.credential.renew(token), LOGGED_OUT);
  assert.equal(bench.requests("/access_token"), 0);
  assert.equal(bench.files.texts.has(STORE), false);
});

Deno.test("createOAuthCredential() keeps nothing of a refresh during which somebody logged out", async () => {
  const gate = Promise.withResolvers<void>();
  const sent = Promise.withResolvers<void>();
  const bench = await loggedIn({
    fetch: (fetch) => async (request) => {
      sent.resolve();
      await gate.promise;
      return await fetch(request);
    },
  });
  await bench.clock.advance(14 * DAY);
  const refused = assert.rejects(bench.credential.token(), LOGGED_OUT);
  await sent.promise;
  // As it is where no lock is to be had.
  bench.files.texts.delete(STORE);
  gate.resolve();
  await refused;
  assert.equal(bench.files.texts.has(STORE), false);
  await assert.rejects(bench.credential.token(), LOGGED_OUT);
});

Deno.test("createOAuthCredential() takes the tokens of a new login at the next call, whatever their date", async () => {
  for (const age of [0, 2 * DAY]) {
    const bench = await loggedIn();
    assert.equal(await bench.credential.token(), bench.stored.accessToken);
    await bench.clock.advance(DAY);
    const fresh = await loginElsewhere(bench, age);
    assert.equal(await bench.credential.token(), fresh.accessToken);
    assert.equal(await bench.credential.renew(bench.stored.accessToken), fresh.accessToken);
    assert.equal(bench.requests("/access_token"), 0);
  }
});

Deno.test("createOAuthCredential() takes a new login instead of tokens that it could not store", async () => {
  const bench = await loggedIn();
  await bench.clock.advance(14 * DAY);
  bench.files.before = (action) => {
    if (action === "write") throw new Deno.errors.NotCapable("planted");
  };
  await bench.credential.token();
  bench.files.before = () => {};
  await bench.clock.advance(1_000);
  const fresh = await loginElsewhere(bench);
  assert.equal(await bench.credential.token(), fresh.accessToken);
});

Deno.test("createOAuthCredential() goes on with its tokens while the store cannot be read", async () => {
  const bench = await loggedIn();
  const token = await bench.credential.token();
  bench.files.texts.set(STORE, "{");
  assert.equal(await bench.credential.token(), token);
  bench.files.modes.set(STORE, 0o644);
  assert.equal(await bench.credential.token(), token);
  assert.equal(bench.lines.length, 0);
});

Deno.test("createOAuthCredential() goes on without a store where the environment has the refresh token", async () => {
  const parts = fakeParts({ grants: { refreshToken: "first-refresh-token" } });
  const environment = { clientId: "C1", clientSecret: SECRET, refreshToken: "first-refresh-token" };
  const credential = createOAuthCredential({ ...SOURCE, ...environment }, parts);
  const token = await credential.token();
  parts.files.texts.delete(STORE);
  assert.equal(await credential.token(), token);
  await parts.clock.advance(14 * DAY);
  assert.notEqual(await credential.token(), token);
  assert.notEqual(await storedIn(parts), undefined);
});
