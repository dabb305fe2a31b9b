import assert from "node:assert/strict";
import { nearestNames } from "../../src/collection/nearest.ts";
import { type OAuthConfig, readOAuthSection, SIGNATURE_ALGORITHMS } from "../../src/config/oauth.ts";
import { UsageError } from "../../src/core/errors.ts";

const BASE = { issuer: "https://login.test/tenant/", audience: "https://mcp.test/mcp", callers: [{}] };

function read(value: unknown): OAuthConfig {
  return readOAuthSection(value, { path: "/c.yaml", resolve: (path) => path, nearest: nearestNames });
}

function refusal(changes: Readonly<Record<string, unknown>>): UsageError {
  try {
    read({ ...BASE, ...changes });
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  return assert.fail(`expected a UsageError for ${JSON.stringify(changes)}`);
}

Deno.test("readOAuthSection() has defaults for all but issuer, audience and callers", () => {
  assert.deepEqual(read(BASE), {
    issuer: "https://login.test/tenant/",
    audience: ["https://mcp.test/mcp"],
    nameClaim: "sub",
    algorithms: SIGNATURE_ALGORITHMS,
    requireAtJwt: false,
    scopes: { read: "webex:read", write: "webex:write" },
    callers: [{ when: new Map(), policy: {} }],
  });
});

Deno.test("readOAuthSection() reads every key, and rules with their policies", () => {
  const config = read({
    issuer: "http://127.0.0.1:9000",
    audience: ["a", "b"],
    jwks_uri: "https://login.test/keys?v=2",
    name_claim: "email",
    algorithms: ["ES256", "RS256"],
    require_at_jwt: true,
    scopes: { read: "r" },
    callers: [
      { when: { groups: ["admins", "ops"], tenant: "t1" }, confirm: "writes" },
      { read_only: true, features: ["People"] },
    ],
  });
  assert.equal(config.jwksUri, "https://login.test/keys?v=2");
  assert.equal(config.requireAtJwt, true);
  assert.deepEqual([config.nameClaim, config.audience, config.algorithms], ["email", ["a", "b"], ["RS256", "ES256"]]);
  assert.deepEqual(config.scopes, { read: "r", write: "webex:write" });
  assert.deepEqual(config.callers, [
    { when: new Map([["groups", ["admins", "ops"]], ["tenant", ["t1"]]]), policy: { confirm: "writes" } },
    { when: new Map(), policy: { readOnly: true, features: ["People"] } },
  ]);
});

Deno.test("readOAuthSection() accepts no signature that a reader of tokens could make", () => {
  for (const algorithm of ["none", "HS256", "HS512", "rs256", "RSA-OAEP"]) {
    assert.match(
      refusal({ algorithms: ["RS256", algorithm] }).message,
      /http\.oauth\.algorithms: expected only RS256, /,
    );
  }
  assert.ok(SIGNATURE_ALGORITHMS.every((algorithm) => !/^HS|^none$/.test(algorithm)));
});

Deno.test("readOAuthSection() refuses what is missing, exposed, unknown or of the wrong type, and quotes no value", () => {
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ issuer: undefined }, /http\.oauth\.issuer: expected a text, got nothing/],
    [{ issuer: "http://login.test" }, /http\.oauth\.issuer: expected an https address/],
    [{ issuer: "https://u:planted@login.test" }, /http\.oauth\.issuer: expected an https address/],
    [{ issuer: "https://login.test/?x=planted" }, /http\.oauth\.issuer: expected an address without query/],
    [{ issuer: "planted" }, /http\.oauth\.issuer/],
    [{ audience: undefined }, /http\.oauth\.audience: expected a text, got nothing/],
    [{ audience: [] }, /http\.oauth\.audience: expected a list of texts, got an empty list/],
    [{ jwks_uri: "ftp://planted" }, /http\.oauth\.jwks_uri/],
    [{ scopes: { read: "two scopes" } }, /http\.oauth\.scopes\.read: expected one scope/],
    [{ scopes: { admin: "x" } }, /http\.oauth\.scopes\.admin: expected one of the keys read, write/],
    [{ require_at_jwt: "planted" }, /http\.oauth\.require_at_jwt: expected true or false/],
    [{ name_claim: "" }, /http\.oauth\.name_claim/],
    [{ callers: undefined }, /http\.oauth\.callers: expected a list of at least one rule, got nothing/],
    [{ callers: [] }, /http\.oauth\.callers: expected a list of at least one rule, got an empty list/],
    [{ callers: [{ when: { groups: 7 } }] }, /http\.oauth\.callers\[0\]\.when\.groups: expected a text, got a number/],
    [{ callers: [{}, { feature: ["x"] }] }, /callers\[1\]\.feature: .*did you mean "features"/],
    [{ callers: [{ confirm: "never" }] }, /callers\[0\]\.confirm: expected one of destructive, writes/],
    [{ client_secret: "planted" }, /http\.oauth\.client_secret: expected one of the keys/],
  ];
  for (const [changes, message] of cases) {
    const error = refusal(changes);
    assert.match(error.message, message);
    assert.ok(!`${error.message}${error.guidance}`.includes("planted"), error.message);
  }
  assert.throws(() => read(undefined), /http\.oauth: expected a mapping, got nothing/);
});
