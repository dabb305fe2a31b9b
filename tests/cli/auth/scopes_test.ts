import assert from "node:assert/strict";
import { scopesOf } from "../../../src/cli/auth/scopes.ts";
import type { StoredTokens } from "../../../src/webex/credential/token_store.ts";

function stored(...scopes: string[]): StoredTokens {
  return { kind: "integration", clientId: "C1", accessToken: "a", refreshToken: "r", expiresAt: 0, scopes };
}

Deno.test("scopesOf() asks for all that reading calling takes, and for changes only where they are allowed", () => {
  const all = scopesOf({ readOnly: false });
  const readOnly = scopesOf({ readOnly: true });
  for (const what of ["telephony_config", "people", "locations", "devices", "workspaces", "telephony_pstn"]) {
    assert.ok(readOnly.includes(`spark-admin:${what}_read`), what);
    assert.ok(all.includes(`spark-admin:${what}_read`) && all.includes(`spark-admin:${what}_write`), what);
  }
  for (const what of ["organizations", "licenses", "roles"]) assert.ok(readOnly.includes(`spark-admin:${what}_read`));
  assert.deepEqual(readOnly.filter((scope) => !scope.endsWith("_read")), []);
  assert.equal(new Set(all).size, all.length);
});

Deno.test("scopesOf() asks again for what was granted, without changes once the profile is read-only", () => {
  const before = stored("spark:all", "spark-admin:people_read", "spark-admin:people_write", "analytics:read_all");
  const facts = { clientId: "C1", stored: before };
  assert.deepEqual(scopesOf({ ...facts, readOnly: false }), before.scopes);
  assert.deepEqual(scopesOf({ ...facts, readOnly: true }), ["spark-admin:people_read", "analytics:read_all"]);
  assert.deepEqual(scopesOf({ ...facts, clientId: "C2", readOnly: true }), scopesOf({ readOnly: true }));
  const onlyWrite = stored("spark-admin:people_write");
  assert.deepEqual(scopesOf({ ...facts, stored: onlyWrite, readOnly: true }), scopesOf({ readOnly: true }));
});

Deno.test("scopesOf() asks for changes again once the profile is no longer read-only", () => {
  const before = stored(...scopesOf({ readOnly: true }));
  assert.deepEqual(scopesOf({ clientId: "C1", stored: before, readOnly: false }), scopesOf({ readOnly: false }));
});

Deno.test("scopesOf() takes named scopes as they are", () => {
  const named = "spark:all, spark-admin:people_write";
  for (const readOnly of [false, true]) {
    assert.deepEqual(scopesOf({ named, readOnly }), ["spark:all", "spark-admin:people_write"]);
  }
  assert.deepEqual(scopesOf({ named: " ", readOnly: true }), scopesOf({ readOnly: true }));
});
