import assert from "node:assert/strict";
import { createOAuthCredential, type OAuthSource, seedOf } from "../../../src/webex/credential/oauth_credential.ts";
import { createTokenStore } from "../../../src/webex/credential/token_store.ts";
import { fakeParts } from "../../support/credential_parts.ts";
import { DAY, loggedIn, SECRET, SOURCE, STORE, storedIn } from "./logged_in.ts";

function many<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, work));
}

Deno.test("createOAuthCredential() uses the stored token until ten minutes before its end", async () => {
  const { credential, stored, clock, requests } = await loggedIn();
  assert.equal(await credential.token(), stored.accessToken);
  await clock.advance(14 * DAY - 10 * 60_000);
  assert.equal(await credential.token(), stored.accessToken);
  assert.equal(requests("/access_token"), 0);
  await clock.advance(1);
  assert.notEqual(await credential.token(), stored.accessToken);
  assert.equal(requests("/access_token"), 1);
});

Deno.test("createOAuthCredential() refreshes once for 50 that wait, and stores both new tokens", async () => {
  const bench = await loggedIn();
  await bench.clock.advance(14 * DAY);
  const tokens = new Set(await many(50, () => bench.credential.token()));
  assert.equal(tokens.size, 1);
  assert.equal(bench.requests("/access_token"), 1);
  const stored = await storedIn(bench);
  assert.ok(stored !== undefined && tokens.has(stored.accessToken));
  assert.notEqual(stored.refreshToken, bench.stored.refreshToken);
  assert.equal(stored.clientSecret, SECRET);
  assert.equal(bench.sandbox.grants.isGood(stored.accessToken), true);
});

Deno.test("createOAuthCredential() refreshes again and again with the refresh token that came last", async () => {
  const { credential, clock, requests } = await loggedIn();
  const seen = new Set<string>();
  for (let round = 0; round < 5; round++) {
    await clock.advance(14 * DAY);
    seen.add(await credential.token() ?? "");
  }
  assert.deepEqual([seen.size, requests("/access_token")], [5, 5]);
});

Deno.test("createOAuthCredential() refreshes once for all whose token was refused", async () => {
  const { credential, stored, clock, requests } = await loggedIn();
  await credential.token();
  await clock.advance(DAY);
  const renewed = new Set(await many(50, () => credential.renew(stored.accessToken)));
  assert.equal(renewed.size, 1);
  assert.ok(!renewed.has(stored.accessToken));
  assert.deepEqual([...renewed], [await credential.renew(stored.accessToken)]);
  assert.equal(requests("/access_token"), 1);
});

Deno.test("createOAuthCredential() spends no second refresh on a token that is refused soon after it replaced another", async () => {
  const { credential, stored, clock, requests } = await loggedIn();
  await credential.token();
  await clock.advance(DAY);
  const renewed = await credential.renew(stored.accessToken) ?? "";
  assert.equal(await credential.renew(renewed), undefined);
  assert.equal(requests("/access_token"), 1);
});

Deno.test("createOAuthCredential() takes the tokens that another process stored, instead of refreshing", async () => {
  const bench = await loggedIn();
  const other = createOAuthCredential(SOURCE, bench);
  await Promise.all([bench.credential.token(), other.token()]);
  await bench.clock.advance(14 * DAY);
  const [one, two] = await Promise.all([bench.credential.token(), other.token()]);
  assert.equal(one, two);
  assert.equal(await other.renew(bench.stored.accessToken), one);
  assert.equal(bench.requests("/access_token"), 1);
});

Deno.test("createOAuthCredential() starts from the environment's refresh token where nothing is stored", async () => {
  const parts = fakeParts({ grants: { refreshToken: "first-refresh-token" } });
  const source: OAuthSource = {
    type: "service_app",
    clientId: "C1",
    clientSecret: SECRET,
    refreshToken: "first-refresh-token\n",
    store: STORE,
  };
  const token = await createOAuthCredential(source, parts).token();
  const stored = await storedIn(parts);
  assert.equal(stored?.accessToken, token);
  assert.deepEqual([stored?.seed, stored?.clientSecret], [await seedOf("first-refresh-token"), undefined]);
  // The next start goes on with what is stored; the first refresh token is used up.
  assert.equal(await createOAuthCredential(source, parts).token(), token);
  assert.equal(parts.requests("/access_token"), 1);
});

Deno.test("createOAuthCredential() does without a disk when all comes from the environment", async () => {
  const parts = fakeParts({ grants: { refreshToken: "first-refresh-token" } });
  parts.files.before = (action) => {
    if (action !== "read") throw new Deno.errors.NotCapable(action);
  };
  const source: OAuthSource = {
    type: "integration",
    clientId: "C1",
    clientSecret: SECRET,
    refreshToken: "first-refresh-token",
    store: STORE,
  };
  const credential = createOAuthCredential(source, parts);
  const token = await credential.token();
  assert.equal(parts.sandbox.grants.isGood(token ?? ""), true);
  await parts.clock.advance(14 * DAY);
  assert.notEqual(await credential.token(), token);
  assert.match(credential.renewal, /WEBEX_REFRESH_TOKEN/);
});

Deno.test("createOAuthCredential() never takes the tokens of another refresh token or client for its own", async () => {
  const { stored, ...parts } = await loggedIn({ grants: { refreshToken: "organization-b-refresh" } });
  const environment = { clientSecret: SECRET, refreshToken: "organization-b-refresh", clientId: "C1" };
  const token = await createOAuthCredential({ ...SOURCE, ...environment }, parts).token();
  assert.notEqual(token, stored.accessToken);
  await createTokenStore(STORE, parts).write(stored);
  await assert.rejects(createOAuthCredential({ ...SOURCE, clientId: "C2" }, parts).token(), {
    code: "token_store_mismatch",
  });
});

Deno.test("createOAuthCredential() reads the client secret's file when it refreshes", async () => {
  const bench = await loggedIn({}, { clientSecretFile: "/secret" });
  bench.files.texts.set("/secret", `${SECRET}\n`);
  await bench.clock.advance(14 * DAY);
  assert.notEqual(await bench.credential.token(), bench.stored.accessToken);
  assert.equal(bench.secrets.hide(SECRET), "[redacted]");
});

Deno.test("createOAuthCredential() lets a caller go without stopping the refresh of the others", async () => {
  const gate = Promise.withResolvers<void>();
  const bench = await loggedIn({ fetch: (fetch) => async (request) => (await gate.promise, await fetch(request)) });
  await bench.clock.advance(14 * DAY);
  const abort = new AbortController();
  const leaving = bench.credential.token(abort.signal);
  const staying = bench.credential.token();
  abort.abort(new Error("cancelled"));
  await assert.rejects(leaving, /cancelled/);
  gate.resolve();
  assert.notEqual(await staying, bench.stored.accessToken);
  assert.equal(bench.requests("/access_token"), 1);
});

Deno.test("createOAuthCredential() does not refresh short-lived tokens at every call", async () => {
  const { credential, stored, clock, requests } = await loggedIn({ grants: { accessSeconds: 300 } });
  await clock.advance(14 * DAY);
  await credential.token();
  await clock.advance(200_000);
  await credential.token();
  assert.equal(requests("/access_token"), 1);
  await clock.advance(90_000);
  assert.notEqual(await credential.token(), stored.accessToken);
  assert.equal(requests("/access_token"), 2);
});

Deno.test("createOAuthCredential() knows the granted scopes before and after a refresh", async () => {
  const { credential, clock } = await loggedIn();
  assert.deepEqual(await credential.scopes(), ["a", "b"]);
  await clock.advance(14 * DAY);
  await credential.token();
  assert.ok((await credential.scopes())?.includes("spark-admin:people_read"));
  assert.equal(await createOAuthCredential({ ...SOURCE, store: "/none" }, fakeParts()).scopes(), undefined);
});

Deno.test("createOAuthCredential() makes every token known as secret, and writes none into messages", async () => {
  const bench = await loggedIn();
  await bench.credential.token();
  await bench.clock.advance(14 * DAY);
  const token = await bench.credential.token() ?? "";
  const after = await storedIn(bench);
  for (
    const secret of [bench.stored.accessToken, bench.stored.refreshToken, token, after?.refreshToken ?? "", SECRET]
  ) {
    assert.equal(bench.secrets.hide(`<${secret}>`), "<[redacted]>");
    assert.ok(!bench.lines.join("\n").includes(secret));
  }
  assert.doesNotMatch(bench.credential.id + bench.credential.renewal, /planted/);
});

Deno.test("createOAuthCredential() tells when its token expires, once it has one", async () => {
  const { credential, stored, clock } = await loggedIn();
  assert.equal(credential.expiresAt?.(), undefined);
  await credential.token();
  assert.equal(credential.expiresAt?.(), stored.expiresAt);
  await clock.advance(14 * DAY);
  await credential.token();
  assert.ok((credential.expiresAt?.() ?? 0) > stored.expiresAt);
});
