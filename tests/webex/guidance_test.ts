import assert from "node:assert/strict";
import type { Facts } from "../../src/collection/endpoint.ts";
import type { Answer } from "../../src/webex/answer.ts";
import { guidanceFor } from "../../src/webex/guidance.ts";
import { endpointOf } from "../support/endpoints.ts";

function advise(status: number, facts: Partial<Facts> = {}, answer: Partial<Answer> = {}): string {
  return guidanceFor(endpointOf({}, facts), { status, body: null, hasNext: false, isPage: false, ...answer });
}

Deno.test("guidanceFor() has a sentence for every status", () => {
  for (let status = 300; status < 600; status++) {
    for (const kind of ["read", "write"] as const) {
      const text = advise(status, { kind, scopes: ["a:b"], roles: ["full"] });
      assert.match(text, /^[A-Z].*\.$/);
      assert.doesNotMatch(text, /undefined|NaN/);
    }
  }
});

Deno.test("guidanceFor() names the scopes and the roles after a 403", () => {
  const text = advise(403, { scopes: ["a:read", "b:read"], roles: ["full", "read-only"] });
  assert.match(text, /a:read or b:read/);
  assert.match(text, /full or read-only administrator/);
  assert.match(advise(403), /^Use a token that may do this;/);
  assert.match(advise(403, { scopes: ["a:read"] }), /^Use a token that has the scope a:read;/);
  assert.match(advise(403, { roles: ["full"] }), /^Use a token that belongs to a full administrator;/);
});

Deno.test("guidanceFor() says how long to wait after a 429 and a 423", () => {
  for (const status of [423, 429]) {
    assert.match(advise(status, {}, { retryAfter: "7" }), /^Wait 7 seconds/);
    assert.match(advise(status, {}, { retryAfter: "0.2" }), /^Wait 1 second/);
  }
});

Deno.test("guidanceFor() takes no nonsense from the header that says how long to wait", () => {
  for (const retryAfter of ["", "soon", "-5", "Infinity", "rand(30),add(30)", "Wed, 21 Oct 2026 07:28:00 GMT", "NaN"]) {
    assert.match(advise(429, {}, { retryAfter }), /^Wait a few seconds/, retryAfter);
  }
  assert.match(advise(429), /^Wait a few seconds/);
});

Deno.test("guidanceFor() tells a write that its outcome is unknown after a 5xx", () => {
  for (const status of [500, 502, 503, 504]) {
    assert.match(advise(status, { kind: "write" }), /outcome is unknown: read the object/);
    assert.match(advise(status, { kind: "read" }), /try again/);
  }
});

Deno.test("guidanceFor() tells how to renew the token after a 401 and why a redirect is not followed", () => {
  assert.match(advise(401), /WEBEX_ACCESS_TOKEN/);
  assert.match(advise(302), /redirect, which is not followed/);
});
