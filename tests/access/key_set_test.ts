import assert from "node:assert/strict";
import { createJwtAuthenticator } from "../../src/access/jwt_authenticator.ts";
import { createKeySource, KEYS_FRESH_MS, KEYS_PAUSE_MS, KEYS_STALE_MS } from "../../src/access/key_set.ts";
import { processSystem } from "../../src/cli/system.ts";
import { systemClock } from "../../src/core/clock.ts";
import { UpstreamError } from "../../src/core/errors.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { KEYS_URL, makeIssuer, oauthConfig, outcome } from "./support.ts";

function make() {
  const clock = new FakeClock();
  const state = { asked: 0, status: 200 };
  const troubles: UpstreamError[] = [];
  const source = createKeySource({
    issuer: "https://login.test",
    jwksUri: KEYS_URL,
    clock,
    fetch: () => {
      state.asked++;
      const keys = [{ kty: "EC", kid: `${state.asked}` }];
      return Promise.resolve(Response.json({ keys }, { status: state.status }));
    },
    onTrouble: (error) => void troubles.push(error),
  });
  const kid = async () => (await source.current()).keys[0]?.kid;
  return { clock, state, troubles, source, kid };
}

Deno.test("createKeySource() fetches keys anew when they are ten minutes old", async () => {
  const { clock, kid } = make();
  assert.equal(await kid(), "1");
  await clock.advance(KEYS_FRESH_MS - 1);
  assert.equal(await kid(), "1");
  await clock.advance(1);
  assert.equal(await kid(), "2");
});

Deno.test("createKeySource() keeps keys for an hour where no others can be had, and tries every ten seconds", async () => {
  const { clock, state, troubles, kid } = make();
  await kid();
  state.status = 500;
  await clock.advance(KEYS_FRESH_MS);
  assert.deepEqual([await kid(), await kid(), state.asked], ["1", "1", 2]);
  await clock.advance(KEYS_PAUSE_MS);
  assert.deepEqual([await kid(), state.asked], ["1", 3]);
  assert.match(troubles[0]?.message ?? "", /^Cannot use .*: the answer is 500$/);
  await clock.advance(KEYS_STALE_MS);
  await assert.rejects(kid(), UpstreamError);
  state.status = 200;
  await assert.rejects(kid(), UpstreamError, "the issuer isn't asked again so soon");
  await clock.advance(KEYS_PAUSE_MS);
  assert.equal(await kid(), "5");
});

Deno.test("createKeySource() asks for other keys at most every ten seconds, and once for all", async () => {
  const { clock, state, source } = make();
  const known = await source.current();
  assert.equal(await source.after(known), undefined);
  await clock.advance(KEYS_PAUSE_MS);
  const others = await Promise.all([source.after(known), source.after(known)]);
  assert.deepEqual(others.map((one) => one?.keys[0]?.kid), ["2", "2"]);
  assert.equal(await source.after(known), others[0], "who knows the old ones gets the new ones");
  assert.equal(state.asked, 2);
});

Deno.test("createJwtAuthenticator() finds an issuer's keys over a real socket, and answers 503 when it is gone", async () => {
  const issuer = await makeIssuer();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ url }) => {
    const { origin, pathname } = new URL(url);
    if (pathname === "/keys") return Response.json({ keys: [issuer.key.jwk] });
    if (pathname === "/.well-known/openid-configuration") {
      return Response.json({ issuer: origin, jwks_uri: `${origin}/keys` });
    }
    return new Response("Not here", { status: 404 });
  });
  const origin = `http://127.0.0.1:${server.addr.port}`;
  const make = () =>
    createJwtAuthenticator({
      config: oauthConfig({ issuer: origin }),
      fetch: processSystem.fetch,
      clock: systemClock,
      log: { warning: () => {} },
    });
  const exp = Math.floor(Date.now() / 1000) + 60;
  const header = `Bearer ${await issuer.token({ claims: { iss: origin, exp } })}`;
  const { signal } = new AbortController();
  assert.equal(outcome(await make().authenticate(header, signal)), "ok oauth:ada");
  await server.shutdown();
  assert.equal(outcome(await make().authenticate(header, signal)), "503");
});
