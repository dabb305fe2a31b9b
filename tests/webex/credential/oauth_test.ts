import assert from "node:assert/strict";
import { UpstreamError } from "../../../src/core/errors.ts";
import type { Fetch } from "../../../src/core/fetch.ts";
import { authorizeUrl, challengeOf, createVerifier } from "../../../src/webex/credential/authorization.ts";
import { exchangeCode, type OAuthParts, readGrant, refreshTokens } from "../../../src/webex/credential/oauth.ts";
import { BASE_URL, type FakeParts, fakeParts } from "../../support/credential_parts.ts";

const CLIENT = { clientId: "C1", clientSecret: "planted-client-secret" };
const CALLBACK = "http://127.0.0.1:8797/callback";

function answering(response: () => Response | Promise<Response>): { parts: OAuthParts; seen: Request[] } {
  const seen: Request[] = [];
  const fetch: Fetch = async (request) => {
    seen.push(request.clone());
    return await response();
  };
  return { parts: { ...fakeParts(), fetch }, seen };
}

/** Opens the authorization's address as a browser would. */
async function authorize(
  parts: FakeParts,
  changes: Record<string, string> = {},
): Promise<{ location: URL; verifier: string }> {
  const verifier = createVerifier();
  const url = authorizeUrl({
    baseUrl: BASE_URL,
    clientId: "C1",
    redirectUri: CALLBACK,
    scopes: ["spark-admin:people_read", "spark:people_read"],
    state: "s 1",
    challenge: await challengeOf(verifier),
  });
  for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value);
  const response = await parts.fetch(new Request(url, { redirect: "manual" }));
  assert.equal(response.status, 302);
  return { location: new URL(response.headers.get("location") ?? ""), verifier };
}

Deno.test("challengeOf() is S256 as RFC 7636 has it in its appendix B", async () => {
  const challenge = await challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  assert.equal(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
});

Deno.test("createVerifier() makes 43 unreserved characters, others each time", () => {
  const verifiers = new Set(Array.from({ length: 50 }, () => createVerifier()));
  assert.equal(verifiers.size, 50);
  for (const verifier of verifiers) assert.match(verifier, /^[\w-]{43}$/);
});

Deno.test("authorizeUrl() holds what the page needs, and no secret", async () => {
  const { location, verifier } = await authorize(fakeParts());
  assert.equal(location.origin + location.pathname, CALLBACK);
  assert.equal(location.searchParams.get("state"), "s 1");
  const url = authorizeUrl({
    baseUrl: BASE_URL,
    clientId: "C1",
    redirectUri: CALLBACK,
    scopes: ["a:b", "c"],
    state: "x",
    challenge: await challengeOf(verifier),
  });
  assert.match(url.href, /scope=a%3Ab%20c/);
  assert.ok(!url.href.includes(verifier));
  assert.equal(url.searchParams.get("code_challenge_method"), "S256");
});

Deno.test("exchangeCode() turns a code into tokens, once, and only with its verifier, client and address", async () => {
  const parts = fakeParts({ grants: { clientSecret: CLIENT.clientSecret } });
  const { location, verifier } = await authorize(parts);
  const code = location.searchParams.get("code") ?? "";
  const grant = await exchangeCode(parts, CLIENT, { code, redirectUri: CALLBACK, verifier });
  assert.deepEqual(grant.scopes, ["spark-admin:people_read", "spark:people_read"]);
  assert.equal(grant.expiresAt - parts.clock.now(), 1_209_599_000);
  assert.equal((grant.refreshExpiresAt ?? 0) - parts.clock.now(), 7_775_999_000);
  assert.equal(parts.sandbox.grants.isGood(grant.accessToken), true);
  await assert.rejects(exchangeCode(parts, CLIENT, { code, redirectUri: CALLBACK, verifier }), {
    code: "grant_refused",
  });
  for (const wrong of [{ verifier: createVerifier() }, { redirectUri: `${CALLBACK}2` }, { code: "other" }]) {
    const again = await authorize(parts);
    const right = {
      code: again.location.searchParams.get("code") ?? "",
      redirectUri: CALLBACK,
      verifier: again.verifier,
    };
    await assert.rejects(exchangeCode(parts, CLIENT, { ...right, ...wrong }), { code: "grant_refused", status: 400 });
  }
});

Deno.test("refreshTokens() sends a form to the base URL, and follows no redirect", async () => {
  const { parts, seen } = answering(() =>
    new Response(null, { status: 307, headers: { location: "https://evil.example.com/" } })
  );
  await assert.rejects(refreshTokens(parts, CLIENT, "planted-refresh"), {
    code: "token_endpoint_unavailable",
    message: "Cannot get an access token: /access_token answered 307",
  });
  const [request] = seen;
  assert.ok(request !== undefined);
  assert.deepEqual([request.url, request.method, request.redirect], [`${BASE_URL}/access_token`, "POST", "manual"]);
  assert.match(request.headers.get("content-type") ?? "", /^application\/x-www-form-urlencoded/);
  assert.equal(seen.length, 1);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(await request.text())), {
    grant_type: "refresh_token",
    client_id: "C1",
    client_secret: "planted-client-secret",
    refresh_token: "planted-refresh",
  });
});

Deno.test("refreshTokens() keeps the refresh token where the answer has no other, and bears odd members", async () => {
  const body = { access_token: "planted-access", expires_in: "600", scope: 7, refresh_token_expires_in: -1 };
  const { parts } = answering(() => Response.json(body));
  const now = parts.clock.now();
  assert.deepEqual(await refreshTokens(parts, CLIENT, "planted-refresh"), {
    accessToken: "planted-access",
    refreshToken: "planted-refresh",
    issuedAt: now,
    expiresAt: now + 600_000,
  });
  for (const secret of ["planted-access", "planted-refresh", "planted-client-secret"]) {
    assert.equal(parts.secrets.hide(secret), "[redacted]");
  }
  const { parts: brief } = answering(() => Response.json({ access_token: "planted-access" }));
  assert.equal((await refreshTokens(brief, CLIENT, "planted-refresh")).expiresAt, now + 3_600_000);
});

Deno.test("refreshTokens() sorts refusals by who must act, and repeats no secret that the answer repeats", async () => {
  const oauth = (error: string) => ({ error, error_description: "planted-refresh is not good" });
  const webex = (text: string) => ({ message: text, errors: [{ description: text }], trackingId: "T" });
  const cases: readonly [number, unknown, string][] = [
    [400, oauth("invalid_grant"), "grant_refused"],
    [401, oauth("invalid_grant"), "grant_refused"],
    [400, webex("The refresh token planted-refresh is not valid"), "grant_refused"],
    [403, "plain", "grant_refused"],
    [401, oauth("invalid_client"), "client_refused"],
    [400, webex("client_secret planted-client-secret is wrong"), "client_refused"],
    [404, webex("x"), "token_endpoint_unavailable"],
    [429, {}, "token_endpoint_unavailable"],
    [500, {}, "token_endpoint_unavailable"],
    [200, { nothing: 1 }, "token_answer_unreadable"],
    [200, "<html>", "token_answer_unreadable"],
  ];
  for (const [status, body, code] of cases) {
    const { parts } = answering(() => Response.json(body, { status }));
    await assert.rejects(refreshTokens(parts, CLIENT, "planted-refresh"), (error: unknown) => {
      assert.ok(error instanceof UpstreamError);
      assert.deepEqual([error.code, error.status], [code, status]);
      assert.doesNotMatch(`${error.message} ${error.guidance}`, /planted/);
      return true;
    });
  }
});

Deno.test("refreshTokens() waits 30 s at most", async () => {
  const parts = fakeParts({ fetch: () => () => new Promise(() => {}) });
  const failure = assert.rejects(refreshTokens(parts, CLIENT, "r"), { code: "token_endpoint_unavailable" });
  await parts.clock.advance(30_000);
  await failure;
  assert.equal(parts.clock.sleeping, 0);
});

Deno.test("refreshTokens() ends with the reason of the signal, and names a missing permission", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(refreshTokens(fakeParts(), CLIENT, "r", signal), /enough/);
  const { parts } = answering(() => Promise.reject(new Deno.errors.NotCapable("net")));
  await assert.rejects(refreshTokens(parts, CLIENT, "r"), {
    code: "missing_permission",
    guidance: "Start the program with --allow-net=webexapis.com.",
  });
  const { parts: broken } = answering(() => Promise.reject(new TypeError("planted")));
  await assert.rejects(refreshTokens(broken, CLIENT, "r"), (error: Error) => !error.message.includes("planted"));
});

Deno.test("readGrant() wants a refresh token where there was none before", () => {
  const answer = { status: 200, body: { access_token: "a" } };
  assert.throws(() => readGrant(fakeParts(), "/device/token", answer), { code: "token_answer_unreadable" });
});

Deno.test("refreshTokens() sends whoever brought a dead refresh token to the developer portal", async () => {
  await assert.rejects(refreshTokens(fakeParts(), CLIENT, "dead-refresh-token"), (error: unknown) => {
    assert.ok(error instanceof UpstreamError);
    assert.equal(error.code, "grant_refused");
    assert.match(error.guidance ?? "", /used before\. .*new token pair .*developer\.webex\.com\/my-apps/);
    assert.doesNotMatch(`${error.message} ${error.guidance}`, /dead-refresh/);
    return true;
  });
});
