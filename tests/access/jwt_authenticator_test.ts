import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { exportSPKI, importJWK, UnsecuredJWT } from "jose";
import { createJwtAuthenticator } from "../../src/access/jwt_authenticator.ts";
import { SIGNATURE_ALGORITHMS } from "../../src/config/oauth.ts";
import { FakeClock } from "../support/fake_clock.ts";
import {
  AUDIENCE,
  ISSUER,
  KEYS_URL,
  makeIssuer,
  makeKey,
  METADATA_URL,
  oauthConfig,
  outcome,
  reasonOf,
  type TokenOptions,
} from "./support.ts";

const INVALID = "401 invalid_token";

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

Deno.test("createJwtAuthenticator() lets in who has a token of the issuer, whatever it is signed with", async () => {
  for (const algorithm of SIGNATURE_ALGORITHMS) {
    const issuer = await makeIssuer({}, algorithm);
    const verdict = await issuer.authenticate(await issuer.token());
    assert.ok("caller" in verdict, algorithm);
    const { name, policy, scopes, expiresAt } = verdict.caller;
    assert.deepEqual([name, policy, scopes], ["oauth:ada", {}, ["webex:read", "webex:write"]]);
    assert.equal(expiresAt, Math.floor(issuer.clock.now() / 1000) * 1000 + 600_000);
  }
});

Deno.test("createJwtAuthenticator() finds the keys by the issuer's metadata once, and none is fetched before a token comes", async () => {
  const issuer = await makeIssuer();
  assert.deepEqual(issuer.asked, []);
  const token = await issuer.token();
  const verdicts = await Promise.all(Array.from({ length: 20 }, () => issuer.authenticate(token)));
  assert.ok(verdicts.every((verdict) => "caller" in verdict));
  assert.deepEqual(issuer.asked, [METADATA_URL, KEYS_URL]);
});

Deno.test("createJwtAuthenticator() refuses tokens for others, of others, too early, too late or without an end", async () => {
  const issuer = await makeIssuer();
  const now = Math.floor(issuer.clock.now() / 1000);
  const cases: [Record<string, unknown>, string][] = [
    [{ aud: "https://other.test" }, INVALID],
    [{ aud: undefined }, INVALID],
    [{ aud: ["https://other.test", AUDIENCE] }, "ok oauth:ada"],
    [{ aud: `${AUDIENCE}/` }, INVALID],
    [{ iss: "https://login.test/other" }, INVALID],
    [{ iss: `${ISSUER}/` }, INVALID],
    [{ iss: undefined }, INVALID],
    [{ exp: now - 31 }, INVALID],
    [{ exp: now - 29 }, "ok oauth:ada"],
    [{ exp: undefined }, INVALID],
    [{ exp: "tomorrow" }, INVALID],
    [{ nbf: now + 31 }, INVALID],
    [{ nbf: now + 29 }, "ok oauth:ada"],
    [{ sub: undefined }, INVALID],
    [{ sub: "" }, INVALID],
    [{ sub: ["ada"] }, INVALID],
  ];
  for (const [claims, expected] of cases) {
    const token = await issuer.token({ claims });
    assert.equal(outcome(await issuer.authenticate(token)), expected, JSON.stringify(claims));
  }
  const late = await issuer.authenticate(await issuer.token({ claims: { exp: now - 60 } }));
  assert.ok("refusal" in late);
  assert.equal(late.refusal.description, "The token has expired");
});

Deno.test("createJwtAuthenticator() tells the log exactly why, and the caller no more than that it expired", async () => {
  const issuer = await makeIssuer();
  const now = Math.floor(issuer.clock.now() / 1000);
  const [stranger, second] = [await makeKey("k1"), await makeKey("k2")];
  const rsa = await makeKey("k1", "RS256");
  const cases: [TokenOptions, string][] = [
    [{ claims: { exp: now - 60 } }, "expired"],
    [{ claims: { exp: undefined } }, "no_expiry"],
    [{ claims: { exp: "tomorrow" } }, "malformed"],
    [{ claims: { nbf: now + 60 } }, "not_yet_valid"],
    [{ claims: { aud: "https://other.test" } }, "wrong_audience"],
    [{ claims: { aud: undefined } }, "wrong_audience"],
    [{ claims: { iss: "https://other.test" } }, "wrong_issuer"],
    [{ key: stranger }, "bad_signature"],
    [{ key: second }, "unknown_key"],
    [{ key: rsa }, "unknown_key"],
    [{ header: { typ: "dpop+jwt" } }, "wrong_type"],
    [{ claims: { sub: undefined } }, "no_name"],
    [{ claims: { scope: "other" } }, "no_scope"],
  ];
  const said = new Set<string>();
  for (const [options, reason] of cases) {
    const verdict = await issuer.authenticate(await issuer.token(options));
    assert.equal(reasonOf(verdict), reason, JSON.stringify(options.claims));
    if ("refusal" in verdict && reason !== "expired") said.add(verdict.refusal.description);
  }
  assert.deepEqual([...said], [
    "The token is not valid here",
    "The token does not name its owner",
    "The token lacks a scope",
  ]);
  for (const token of ["opaque", "a.b.c", `${base64url({ alg: "ES256" })}.x.y`]) {
    assert.equal(reasonOf(await issuer.authenticate(token)), "malformed");
  }
  const none = new UnsecuredJWT({ iss: ISSUER }).encode();
  assert.equal(reasonOf(await issuer.authenticate(none)), "unsupported_algorithm");
  assert.equal(reasonOf(await issuer.authenticate(`${await issuer.token()}A`.padEnd(8_300, "A"))), "token_too_long");
});

Deno.test("createJwtAuthenticator() refuses ID tokens, which are for a client, where nothing else tells them apart", async () => {
  const issuer = await makeIssuer();
  const reason = async (options: TokenOptions) => reasonOf(await issuer.authenticate(await issuer.token(options)));
  for (const claim of ["nonce", "at_hash", "c_hash"]) {
    for (const typ of ["JWT", "application/jwt", undefined]) {
      assert.equal(await reason({ header: { typ }, claims: { [claim]: "x" } }), "id_token", claim);
    }
    // The issuer itself says what this one is.
    assert.equal(await reason({ header: { typ: "at+jwt" }, claims: { [claim]: "x" } }), "ok", claim);
  }
});

Deno.test("createJwtAuthenticator() takes typed access tokens only where the configuration says so", async () => {
  const issuer = await makeIssuer({ require_at_jwt: true });
  const reason = async (typ?: string) => reasonOf(await issuer.authenticate(await issuer.token({ header: { typ } })));
  for (const typ of ["at+jwt", "AT+JWT", "application/at+jwt"]) assert.equal(await reason(typ), "ok", typ);
  for (const typ of ["JWT", undefined, "dpop+jwt"]) assert.equal(await reason(typ), "wrong_type", typ);
});

Deno.test("createJwtAuthenticator() takes nothing that is typed otherwise for an access token", async () => {
  const issuer = await makeIssuer();
  for (const typ of ["at+jwt", "application/at+jwt", "JWT", undefined]) {
    assert.equal(outcome(await issuer.authenticate(await issuer.token({ header: { typ } }))), "ok oauth:ada", typ);
  }
  for (const typ of ["dpop+jwt", "secevent+jwt", "logout+jwt", "at", ""]) {
    assert.equal(outcome(await issuer.authenticate(await issuer.token({ header: { typ } }))), INVALID, typ);
  }
  const crit = await issuer.token().then((token) => token.split(".").slice(1));
  const header = base64url({ alg: "ES256", kid: "k1", typ: "JWT", crit: ["exp"], exp: 1 });
  assert.equal(outcome(await issuer.authenticate([header, ...crit].join("."))), INVALID);
});

Deno.test("createJwtAuthenticator() refuses what is unsigned, forged, or signed with a public key as a secret", async () => {
  const issuer = await makeIssuer({}, "RS256");
  const good = await issuer.token();
  const [header = "", payload = "", signature = ""] = good.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const stranger = await makeKey("k1", "RS256");
  const spki = await exportSPKI(await importPublic(issuer.key.jwk));
  const hmacHeader = base64url({ alg: "HS256", kid: "k1", typ: "at+jwt" });
  const hmac = createHmac("sha256", spki).update(`${hmacHeader}.${payload}`).digest("base64url");
  const forged = [
    new UnsecuredJWT(claims).encode(),
    `${base64url({ alg: "none", kid: "k1" })}.${payload}.${signature}`,
    `${hmacHeader}.${payload}.${hmac}`,
    await issuer.token({ key: stranger }),
    `${header}.${base64url({ ...claims, sub: "root" })}.${signature}`,
    `${base64url({ alg: "PS256", kid: "k1" })}.${payload}.${signature}`,
    `${base64url({ alg: "RS256", kid: "k1", jwk: stranger.jwk })}.${payload}.${
      (await issuer.token({ key: stranger })).split(".")[2]
    }`,
    `${header}.${payload}.`,
    `${header}.${payload}`,
    `${good}.x`,
  ];
  for (const token of forged) assert.match(outcome(await issuer.authenticate(token)), /^401 invalid_/, token);
  assert.equal(outcome(await issuer.authenticate(good)), "ok oauth:ada");
});

async function importPublic(jwk: Parameters<typeof importJWK>[0]) {
  const key = await importJWK(jwk, "RS256", { extractable: true });
  assert.ok(!(key instanceof Uint8Array));
  return key;
}

Deno.test("createJwtAuthenticator() accepts only the algorithms that the configuration allows", async () => {
  const issuer = await makeIssuer({ algorithms: ["RS256"] }, "ES256");
  assert.equal(outcome(await issuer.authenticate(await issuer.token())), INVALID);
  assert.deepEqual(issuer.asked, []);
});

Deno.test("createJwtAuthenticator() asks the issuer for nothing because of tokens that can't be its own", async () => {
  const issuer = await makeIssuer();
  const junk = fc.oneof(
    fc.base64String(),
    fc.array(fc.base64String(), { minLength: 3, maxLength: 3 }).map((parts) => parts.join(".")),
    fc.tuple(fc.jsonValue(), fc.jsonValue()).map(([one, other]) => `${base64url(one)}.${base64url(other)}.AAAA`),
  );
  await fc.assert(fc.asyncProperty(junk, async (token) => {
    assert.match(outcome(await issuer.authenticate(token)), /^401/);
  }));
  assert.deepEqual(issuer.asked, []);
});

Deno.test("createJwtAuthenticator() survives a single byte of a token that is otherwise right", async () => {
  const issuer = await makeIssuer();
  const token = await issuer.token();
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: token.length - 2 }), fc.constantFrom(..."AZaz09-_."), async (at, letter) => {
      const changed = token.slice(0, at) + letter + token.slice(at + 1);
      // The last letter of a part has bits that don't count.
      const parts = (text: string) =>
        text.split(".").map((part) => Buffer.from(part, "base64url").toString("hex")).join(".");
      if (parts(changed) === parts(token)) return;
      assert.match(outcome(await issuer.authenticate(changed)), /^401/);
    }),
  );
});

Deno.test("createJwtAuthenticator() learns of the issuer's new keys, and forgets those that it withdrew", async () => {
  const issuer = await makeIssuer();
  const old = await issuer.token();
  assert.equal(outcome(await issuer.authenticate(old)), "ok oauth:ada");
  const second = await makeKey("k2");
  const fresh = await issuer.token({ key: second });
  assert.equal(outcome(await issuer.authenticate(fresh)), INVALID);
  assert.equal(issuer.asked.length, 2, "the issuer isn't asked again so soon");
  issuer.publish(second);
  await issuer.clock.advance(10_000);
  assert.equal(outcome(await issuer.authenticate(fresh)), "ok oauth:ada");
  assert.equal(outcome(await issuer.authenticate(old)), INVALID);
});

Deno.test("createJwtAuthenticator() answers 503 and no 401 while keys can't be had, and asks once in ten seconds", async () => {
  const issuer = await makeIssuer({ jwks_uri: KEYS_URL });
  const token = await issuer.token();
  issuer.answers.set(KEYS_URL, () => Promise.reject(new TypeError("planted: connection refused")));
  for (let tries = 0; tries < 5; tries++) assert.equal(outcome(await issuer.authenticate(token)), "503");
  assert.deepEqual([issuer.asked.length, issuer.warnings.length], [1, 1]);
  assert.match(
    issuer.warnings[0] ?? "",
    /^Cannot use https:\/\/login\.test\/tenant\/keys: it could not be reached: planted: connection refused; callers/,
  );
  issuer.publish(issuer.key);
  await issuer.clock.advance(10_000);
  assert.equal(outcome(await issuer.authenticate(token)), "ok oauth:ada");
});

Deno.test("createJwtAuthenticator() answers 503 for an unknown key while the issuer can't be asked for it", async () => {
  const issuer = await makeIssuer();
  assert.equal(outcome(await issuer.authenticate(await issuer.token())), "ok oauth:ada");
  issuer.answers.set(KEYS_URL, () => new Response("", { status: 500 }));
  await issuer.clock.advance(10_000);
  const unknown = await issuer.token({ key: await makeKey("k2") });
  for (let tries = 0; tries < 3; tries++) assert.equal(outcome(await issuer.authenticate(unknown)), "503");
  assert.equal(outcome(await issuer.authenticate(await issuer.token())), "ok oauth:ada");
});

Deno.test("createJwtAuthenticator() goes on with known keys for an hour while the issuer is down", async () => {
  const issuer = await makeIssuer();
  assert.equal(outcome(await issuer.authenticate(await issuer.token())), "ok oauth:ada");
  issuer.answers.clear();
  await issuer.clock.advance(3_500_000);
  assert.equal(outcome(await issuer.authenticate(await issuer.token())), "ok oauth:ada");
  await issuer.clock.advance(200_000);
  assert.equal(outcome(await issuer.authenticate(await issuer.token())), "503");
});

Deno.test("createJwtAuthenticator() gives up keys that come too slowly, and reads no answer without end", async () => {
  const slow = await makeIssuer({ jwks_uri: KEYS_URL });
  slow.answers.set(KEYS_URL, () => new Promise(() => {}));
  const waiting = slow.authenticate(await slow.token());
  assert.equal(outcome(await slow.clock.until(waiting)), "503");
  assert.match(slow.warnings[0] ?? "", /no whole answer within 5 s/);
  const huge = await makeIssuer({ jwks_uri: KEYS_URL });
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled++;
      controller.enqueue(new Uint8Array(65_536).fill(32));
    },
  });
  huge.answers.set(KEYS_URL, () => new Response(endless));
  assert.equal(outcome(await huge.authenticate(await huge.token())), "503");
  assert.match(huge.warnings[0] ?? "", /more than 262144 bytes/);
  assert.ok(pulled < 10);
});

Deno.test("createJwtAuthenticator() takes no keys that are none, and does not follow a redirect to others", async () => {
  const answers = [
    () => new Response("<html>"),
    () => Response.json([]),
    () => Response.json({ keys: "all" }),
    () => Response.json({ keys: [null] }),
    () => Response.json({ keys: Array.from({ length: 101 }, () => ({ kty: "EC" })) }),
    () => new Response(null, { status: 302, headers: { location: "https://evil.test/keys" } }),
  ];
  const redirects = new Set<string>();
  for (const answer of answers) {
    const issuer = await makeIssuer({ jwks_uri: KEYS_URL });
    issuer.answers.set(KEYS_URL, (request) => {
      redirects.add(request.redirect);
      return answer();
    });
    assert.equal(outcome(await issuer.authenticate(await issuer.token())), "503");
    assert.deepEqual(issuer.asked, [KEYS_URL]);
  }
  assert.deepEqual([...redirects], ["manual"]);
});

Deno.test("createJwtAuthenticator() leaves the wait for keys when its caller is gone, and the others get them", async () => {
  const clock = new FakeClock();
  const issuer = await makeIssuer();
  const arrived = Promise.withResolvers<Response>();
  const authenticator = createJwtAuthenticator({
    config: oauthConfig({ jwks_uri: KEYS_URL }),
    clock,
    log: { warning: () => {} },
    fetch: () => arrived.promise,
  });
  const header = `Bearer ${await issuer.token()}`;
  const gone = new AbortController();
  const first = authenticator.authenticate(header, gone.signal);
  const second = authenticator.authenticate(header, new AbortController().signal);
  gone.abort(new Error("the client is gone"));
  await assert.rejects(first, /the client is gone/);
  arrived.resolve(Response.json({ keys: [issuer.key.jwk] }));
  assert.equal(outcome(await second), "ok oauth:ada");
  await assert.rejects(authenticator.authenticate(header, gone.signal), /the client is gone/);
});

Deno.test("createJwtAuthenticator() tells a client without a proper header what is missing, before anything else", async () => {
  const authenticator = createJwtAuthenticator({
    config: oauthConfig(),
    clock: new FakeClock(),
    log: { warning: () => {} },
    fetch: () => assert.fail("expected no request"),
  });
  const { signal } = new AbortController();
  assert.equal(outcome(await authenticator.authenticate(undefined, signal)), "401");
  assert.equal(outcome(await authenticator.authenticate("Bearer a b", signal)), "401 invalid_request");
});
