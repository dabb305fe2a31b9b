import assert from "node:assert/strict";
import fc from "fast-check";
import { bearerToken } from "../../src/access/bearer.ts";

function outcome(header: string | undefined): string {
  const found = bearerToken(header);
  return "token" in found ? found.token : `${found.refusal.status} ${found.refusal.error ?? "-"}`;
}

const MISSING = "401 -";
const MALFORMED = "401 invalid_request";

function refusalOf(header: string) {
  const found = bearerToken(header);
  return "refusal" in found ? found.refusal : assert.fail("expected a refusal");
}

Deno.test("bearerToken() finds the token, however the scheme is written", () => {
  for (const scheme of ["Bearer", "bearer", "BEARER"]) assert.equal(outcome(`${scheme} aZ09-._~+/==`), "aZ09-._~+/==");
  assert.equal(outcome(`Bearer ${"x".repeat(8192)}`), "x".repeat(8192));
});

Deno.test("bearerToken() tells a header that isn't there, or is of another scheme, from one that is malformed", () => {
  const others = ["Basic dXNlcjpwYXNz", "Negotiate abc", `Negotiate ${"a".repeat(10_000)}`, "x".repeat(100_000)];
  for (const header of [undefined, "", ...others]) assert.equal(outcome(header), MISSING);
  const malformed = [
    "Bearer",
    "Bearer ",
    "Bearer a b",
    "Bearer a ",
    " Bearer a",
    "Bearer\ta",
    "Bearer a, Bearer b",
    "Basic dXNlcjpwYXNz, Bearer a",
    "Bearer a,b",
    "Bearer é",
    "Bearer a\u0000",
    "Bearer a\r\nX-Evil: 1",
    "Bearer =",
    "Bearer a=b",
    `Bearer ${"x".repeat(8193)}`,
    "(Bearer) a",
  ];
  for (const header of malformed) assert.equal(outcome(header), MALFORMED, header.slice(0, 40));
});

Deno.test("bearerToken() answers any header, repeats nothing of it, and finds only tokens of RFC 6750", () => {
  const headers = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string().map((text) => `Bearer ${text}`),
    fc.array(fc.constantFrom("Bearer", " ", ",", "=", "a", "\n", "é"), { maxLength: 8 }).map((parts) => parts.join("")),
  );
  fc.assert(fc.property(headers, (header) => {
    const found = bearerToken(header);
    if ("token" in found) return assert.match(found.token, /^[A-Za-z0-9._~+/-]+=*$/);
    assert.equal(found.refusal.status, 401);
    assert.ok(["A bearer token is required", "Expected one bearer token in the Authorization header"]
      .includes(found.refusal.description));
  }));
});

Deno.test("bearerToken() says of a token that is too long how long it is and may be, and nothing else of it", () => {
  for (const length of [8_193, 15_000]) {
    assert.deepEqual(refusalOf(`Bearer ${"planted".repeat(3_000).slice(0, length)}`), {
      status: 401,
      error: "invalid_request",
      reason: "token_too_long",
      description: `Expected a bearer token of at most 8192 characters, got ${length}`,
    });
  }
  assert.equal(refusalOf("Bearer a b").reason, "bad_header");
  assert.equal(refusalOf("Basic x").reason, "no_token");
});
