import assert from "node:assert/strict";
import { Checker } from "../../src/collection/check.ts";
import { deriveFacts, readFacts } from "../../src/collection/facts.ts";

Deno.test("deriveFacts() knows the methods", () => {
  const facts = (method: Parameters<typeof deriveFacts>[0]) => {
    const { kind, destructive, idempotent } = deriveFacts(method);
    return [kind, destructive, idempotent];
  };
  assert.deepEqual(facts("GET"), ["read", false, true]);
  assert.deepEqual(facts("HEAD"), ["read", false, true]);
  assert.deepEqual(facts("PUT"), ["write", false, true]);
  assert.deepEqual(facts("POST"), ["write", false, false]);
  assert.deepEqual(facts("PATCH"), ["write", false, false]);
  assert.deepEqual(facts("DELETE"), ["write", true, true]);
  assert.deepEqual(deriveFacts("GET").scopes, []);
});

Deno.test("readFacts() takes all facts of a file", () => {
  const facts = {
    kind: "read",
    destructive: false,
    idempotent: true,
    scopes: ["a"],
    roles: ["b"],
    paging: { style: "offset", default: 100, max: 1000 },
    list: "items",
    job: { poll: "GET /jobs/{id}", errors: "GET /jobs/{id}/errors" },
    danger: "Ends the call",
  };
  const check = new Checker("x");
  assert.deepEqual(readFacts({ facts: { ...facts, future: 1 } }, "", "POST", check), facts);
  check.finish();
});

Deno.test("readFacts() derives what is missing", () => {
  const check = new Checker("x");
  assert.deepEqual(readFacts({}, "", "DELETE", check), deriveFacts("DELETE"));
  assert.deepEqual(
    readFacts({ facts: { kind: "read", job: { poll: "GET /a" }, paging: { style: "cursor" } } }, "", "POST", check),
    {
      ...deriveFacts("POST"),
      kind: "read",
      paging: { style: "cursor" },
      job: { poll: "GET /a" },
    },
  );
  check.finish();
});

Deno.test("readFacts() names the member that is wrong", () => {
  const facts = { kind: "maybe", scopes: "a", paging: { style: "pages" }, job: {}, destructive: 1 };
  const check = new Checker("x");
  readFacts({ facts }, "", "GET", check);
  readFacts({ facts: { paging: { style: "offset", max: 0 } } }, "", "GET", check);
  assert.throws(() => check.finish(), (error: Error) => {
    assert.match(error.message, /facts\.kind: expected "read" or "write", got "maybe"/);
    assert.match(error.message, /facts\.paging\.style: expected one of "offset", "cursor", "window", got "pages"/);
    assert.match(error.message, /facts\.job\.poll: expected a method and a path, got nothing/);
    return true;
  });
});

Deno.test("readFacts() lets no file declare that a PUT, PATCH or DELETE only reads", () => {
  for (const method of ["PUT", "PATCH", "DELETE"] as const) {
    const check = new Checker("x.json");
    readFacts({ facts: { kind: "read" } }, "", method, check);
    assert.throws(() => check.finish(), new RegExp(`facts\\.kind: expected "write" for a ${method}`));
  }
});
