import assert from "node:assert/strict";
import { commandFor } from "../../../src/core/command.ts";
import type { Fetch } from "../../../src/core/fetch.ts";
import { createOAuthCredential, type OAuthSource } from "../../../src/webex/credential/oauth_credential.ts";
import { createTokenStore } from "../../../src/webex/credential/token_store.ts";
import { fakeParts } from "../../support/credential_parts.ts";
import { DAY, loggedIn, SOURCE, STORE, storedIn } from "./logged_in.ts";

/** A network that fails for as long as `down` says. */
function unsteady(state: { down: boolean | number }): (fetch: Fetch) => Fetch {
  return (fetch) => (request) => {
    if (state.down === true) return Promise.reject(new TypeError("planted: no route"));
    if (state.down !== false) return Promise.resolve(new Response("<html>", { status: state.down }));
    return fetch(request);
  };
}

Deno.test("createOAuthCredential() names the command that renews a revoked login, and does not ask in vain again", async () => {
  const { credential, sandbox, clock, requests } = await loggedIn();
  sandbox.grants.revokeRefreshTokens();
  await clock.advance(14 * DAY);
  for (let call = 0; call < 3; call++) {
    await assert.rejects(credential.token(), {
      code: "credential_expired",
      guidance: `Run "${commandFor("auth login --profile acme")}"; the server needs no restart.`,
    });
  }
  assert.equal(requests("/access_token"), 1);
  await clock.advance(60_000);
  await assert.rejects(credential.token(), { code: "credential_expired" });
  assert.equal(requests("/access_token"), 2);
});

Deno.test("createOAuthCredential() finds the tokens of a new login without a restart", async () => {
  const bench = await loggedIn();
  bench.sandbox.grants.revokeRefreshTokens();
  await bench.clock.advance(14 * DAY);
  await assert.rejects(bench.credential.token());
  const now = bench.clock.now();
  const fresh = { ...bench.stored, ...bench.sandbox.grants.issue("C1"), issuedAt: now, expiresAt: now + DAY };
  await createTokenStore(STORE, bench).write(fresh);
  assert.equal(await bench.credential.token(), fresh.accessToken);
});

Deno.test("createOAuthCredential() sends the owner of a service app to the developer portal", async () => {
  const { credential, sandbox, clock } = await loggedIn({}, { type: "service_app" });
  sandbox.grants.revokeRefreshTokens();
  await clock.advance(14 * DAY);
  await assert.rejects(credential.token(), (error: Error & { guidance?: string }) => {
    assert.match(error.guidance ?? "", /developer portal.*, then run ".* auth login --service-app --profile acme"/);
    return true;
  });
});

Deno.test("createOAuthCredential() tells a wrong client secret from an expired login", async () => {
  const { credential, clock } = await loggedIn({}, { clientSecret: "planted-wrong-secret" });
  await clock.advance(14 * DAY);
  await assert.rejects(credential.token(), (error: Error & { code?: string; guidance?: string }) => {
    assert.equal(error.code, "credential_expired");
    assert.match(error.guidance ?? "", /client secret/);
    assert.doesNotMatch(`${error.message} ${error.guidance}`, /planted/);
    return true;
  });
});

Deno.test("createOAuthCredential() lives on the old token while the network is down, then fails as what it is", async () => {
  for (const down of [true, 503] as const) {
    const state: { down: boolean | number } = { down: false };
    const { credential, stored, clock, lines } = await loggedIn({ fetch: unsteady(state) });
    state.down = down;
    await clock.advance(14 * DAY - 5 * 60_000);
    const tokens = new Set(await Promise.all(Array.from({ length: 10 }, () => credential.token())));
    assert.deepEqual([...tokens], [stored.accessToken]);
    assert.equal(lines.length, 1);
    assert.match(lines.join(), /Using the old access token/);
    await clock.advance(5 * 60_000);
    await assert.rejects(credential.token(), { code: "token_endpoint_unavailable" });
    state.down = false;
    assert.notEqual(await credential.token(), stored.accessToken);
  }
});

Deno.test("createOAuthCredential() says that the renewal failed, not that the login ended, when a 401 meets a dead network", async () => {
  const state = { down: true };
  const { credential, stored, clock } = await loggedIn({ fetch: unsteady(state) });
  await clock.advance(DAY);
  await credential.token();
  await assert.rejects(credential.renew(stored.accessToken), { code: "token_endpoint_unavailable" });
});

Deno.test("createOAuthCredential() keeps new tokens in memory when the store cannot be written", async () => {
  const bench = await loggedIn();
  await bench.clock.advance(14 * DAY);
  bench.files.before = (action) => {
    if (action === "write") throw new Deno.errors.NotCapable("planted");
  };
  const token = await bench.credential.token();
  assert.notEqual(token, bench.stored.accessToken);
  assert.match(bench.lines.join("\n"), /kept in memory only.*--allow-write=\/state/);
  assert.equal(await bench.credential.token(), token);
  assert.equal(await bench.credential.renew(bench.stored.accessToken), token);
  // Later, the memory's refresh token is the good one, and the store takes it again.
  bench.files.before = () => {};
  await bench.clock.advance(14 * DAY);
  assert.notEqual(await bench.credential.token(), token);
  assert.equal((await storedIn(bench))?.accessToken, await bench.credential.token());
});

Deno.test("createOAuthCredential() refuses to refresh what it cannot lock, and says which flag is missing", async () => {
  const { credential, clock, files, requests } = await loggedIn();
  files.before = (action) => {
    if (action === "lock") throw new Deno.errors.NotCapable("planted");
  };
  await clock.advance(14 * DAY);
  await assert.rejects(credential.token(), (error: Error & { code?: string; guidance?: string }) => {
    assert.equal(error.code, "token_store_unwritable");
    assert.match(error.guidance ?? "", /--allow-write=\/state/);
    return true;
  });
  assert.equal(requests("/access_token"), 0);
});

Deno.test("createOAuthCredential() says who must log in when there are no tokens, and what is missing", async () => {
  const parts = fakeParts();
  await assert.rejects(createOAuthCredential(SOURCE, parts).token(), {
    code: "not_logged_in",
    message: 'Cannot call Webex: profile "acme" has no tokens yet',
  });
  const source: OAuthSource = { ...SOURCE, clientId: "C1", refreshToken: "some-refresh-token" };
  await assert.rejects(createOAuthCredential(source, parts).token(), { code: "missing_client_secret" });
  await assert.rejects(createOAuthCredential({ ...source, clientSecretFile: "/none" }, parts).token(), {
    code: "client_secret_unreadable",
  });
});
