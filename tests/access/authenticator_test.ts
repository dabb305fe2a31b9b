import assert from "node:assert/strict";
import { joinAuthenticators } from "../../src/access/authenticator.ts";
import type { Authenticator } from "../../src/access/caller.ts";
import { outcome } from "./support.ts";

function namesItself(name: string): Authenticator {
  return { authenticate: () => Promise.resolve({ caller: { name, policy: {} } }) };
}

const { signal } = new AbortController();
const OWN = `Bearer wxm_Ab3dEf7h_${"s".repeat(43)}`;
const FOREIGN = "Bearer eyJ.x.y";

Deno.test("joinAuthenticators() gives each token to one authenticator only, by its beginning", async () => {
  const both = joinAuthenticators({ tokens: namesItself("tokens"), oauth: namesItself("oauth") });
  assert.equal(outcome(await both.authenticate(OWN, signal)), "ok tokens");
  assert.equal(outcome(await both.authenticate("Bearer wxm_", signal)), "ok tokens");
  assert.equal(outcome(await both.authenticate(FOREIGN, signal)), "ok oauth");
});

Deno.test("joinAuthenticators() refuses tokens that nobody is there for, and headers without one", async () => {
  const tokens = joinAuthenticators({ tokens: namesItself("tokens") });
  assert.equal(outcome(await tokens.authenticate(FOREIGN, signal)), "401 invalid_token");
  const oauth = joinAuthenticators({ oauth: namesItself("oauth") });
  assert.equal(outcome(await oauth.authenticate(OWN, signal)), "401 invalid_token");
  assert.equal(outcome(await joinAuthenticators({}).authenticate(FOREIGN, signal)), "401 invalid_token");
  assert.equal(outcome(await oauth.authenticate(undefined, signal)), "401");
  assert.equal(outcome(await oauth.authenticate("Bearer a b", signal)), "401 invalid_request");
  await assert.rejects(oauth.authenticate(FOREIGN, AbortSignal.abort(new Error("gone"))), /gone/);
});
