import assert from "node:assert/strict";
import fc from "fast-check";
import { callerName, type Claims, missingScope, oauthCaller, scopesOf } from "../../src/access/oauth_caller.ts";
import { oauthConfig } from "./support.ts";

const CLAIMS: Claims = { sub: "ada", scope: "webex:read webex:write" };

async function callerOf(claims: Claims, changes: Readonly<Record<string, unknown>> = {}) {
  const verdict = await oauthCaller({ ...CLAIMS, ...claims }, oauthConfig(changes));
  return "caller" in verdict ? verdict.caller : assert.fail(JSON.stringify(verdict));
}

async function refusalOf(claims: Claims, changes: Readonly<Record<string, unknown>> = {}) {
  const verdict = await oauthCaller({ ...CLAIMS, ...claims }, oauthConfig(changes));
  return "refusal" in verdict ? verdict.refusal : assert.fail(JSON.stringify(verdict));
}

const RULES = {
  callers: [
    { when: { groups: ["ops", "admins"], tenant: "t1" }, confirm: "writes" },
    { when: { groups: "viewers" }, read_only: true },
    { when: { "https://example.test/role": "bot" }, rate_per_minute: 5 },
  ],
};

Deno.test("oauthCaller() gives the policy of the first rule whose claims all fit, texts or lists", async () => {
  const policy = async (claims: Claims) => (await callerOf(claims, RULES)).policy;
  assert.deepEqual(await policy({ groups: ["x", "admins", "viewers"], tenant: "t1" }), { confirm: "writes" });
  assert.deepEqual(await policy({ groups: "ops", tenant: ["t1"] }), { confirm: "writes" });
  assert.deepEqual(await policy({ groups: ["admins", "viewers"], tenant: "t2" }), { readOnly: true });
  assert.deepEqual(await policy({ "https://example.test/role": "bot" }), { ratePerMinute: 5 });
});

Deno.test("oauthCaller() turns away whom no rule fits", async () => {
  const others: Claims[] = [
    {},
    { groups: ["admins"] },
    { groups: "viewers,ops" },
    { groups: "Viewers" },
    { groups: { viewers: "viewers" } },
    { groups: [["viewers"]] },
    { tenant: "t1", groups: null },
  ];
  for (const claims of others) {
    const refusal = await refusalOf(claims, RULES);
    assert.deepEqual([refusal.status, refusal.error, refusal.reason], [403, undefined, "no_rule"]);
  }
  const inherited = { callers: [{ when: { constructor: "x", toString: "y" } }] };
  assert.equal((await refusalOf({}, inherited)).status, 403);
});

Deno.test("oauthCaller() refuses a token without the scope for reading, and names it", async () => {
  for (const claims of [{ scope: undefined }, { scope: "webex:write" }, { scope: "webex:reader" }, { scope: 7 }]) {
    assert.deepEqual(await refusalOf(claims), {
      status: 403,
      error: "insufficient_scope",
      reason: "no_scope",
      description: "The token lacks a scope",
      scope: "webex:read",
    });
  }
});

Deno.test("oauthCaller() makes a caller read-only without the scope for writing, and missingScope() names both", async () => {
  const reader = await callerOf({ scope: "webex:read" }, { callers: [{ features: ["People"] }] });
  assert.deepEqual(reader.policy, { features: ["People"], readOnly: true });
  assert.equal(missingScope(reader, true), "webex:read webex:write");
  assert.equal(missingScope(reader, false), undefined);
  const writer = await callerOf({});
  assert.deepEqual([writer.policy, missingScope(writer, true)], [{}, undefined]);
  const own = await callerOf({ scope: "r w" }, { scopes: { read: "r", write: "w" } });
  assert.equal(missingScope(own, true), undefined);
});

Deno.test("missingScope() asks for no scope where the policy stays read-only with any, nor of other callers", async () => {
  const reader = await callerOf({ scope: "webex:read" }, { callers: [{ read_only: true }] });
  assert.equal(missingScope(reader, true), undefined);
  assert.equal(missingScope({ name: "ci", policy: { readOnly: true } }, true), undefined);
});

Deno.test("scopesOf() reads both of the claims that issuers have, as texts and as lists", () => {
  assert.deepEqual(scopesOf({ scope: "a  b" }), ["a", "b"]);
  assert.deepEqual(scopesOf({ scp: ["a", "b c", 7], scope: "a" }), ["a", "b", "c"]);
  assert.deepEqual(scopesOf({ scp: "x" }), ["x"]);
  assert.deepEqual(scopesOf({ scope: null }), []);
});

Deno.test("oauthCaller() names the caller by the claim that the configuration says", async () => {
  assert.equal((await callerOf({ email: "ada@example.test" }, { name_claim: "email" })).name, "oauth:ada@example.test");
  const unnamed = await refusalOf({}, { name_claim: "email" });
  assert.deepEqual([unnamed.error, unnamed.reason], ["invalid_token", "no_name"]);
  assert.equal((await refusalOf({}, { name_claim: "constructor" })).error, "invalid_token");
});

Deno.test("callerName() is visible, at most 80 characters long, and another for every other claim", async () => {
  assert.equal(await callerName("ada"), "oauth:ada");
  assert.match(await callerName("Ada \u001b[31m\n"), /^oauth:Ada__\[31m_~[\w-]{16}$/);
  assert.equal((await callerName("x".repeat(5_000))).length, 80);
  const claims = fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.string({ minLength: 60, maxLength: 120 }));
  await fc.assert(fc.asyncProperty(claims, claims, async (one, other) => {
    const [first, second] = await Promise.all([callerName(one), callerName(other)]);
    assert.match(first, /^oauth:[\x21-\x7e]*$/);
    assert.ok(first.length <= 80);
    assert.equal(first === second, one.toWellFormed() === other.toWellFormed());
    // Nobody can be named so that it is taken for a name that was made.
    if (first !== `oauth:${one}`) assert.notEqual(await callerName(first.slice(6)), first);
  }));
});
