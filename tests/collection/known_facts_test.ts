import assert from "node:assert/strict";
import { withKnownFacts } from "../../src/collection/known_facts.ts";
import { endpointOf } from "../support/endpoints.ts";

const KNOWN = endpointOf({ method: "POST", path: "/things/{id}/purge" }, {
  kind: "write",
  destructive: true,
  idempotent: false,
  danger: "Gone for good",
});

function told(facts: Parameters<typeof endpointOf>[1], path = "/v1/things/{thing}/purge") {
  const endpoint = endpointOf({ method: "POST", path }, facts);
  const collection = { source: "x", namespace: "x", endpoints: [endpoint], aliases: {} };
  return withKnownFacts(collection, [KNOWN]).endpoints[0]?.facts;
}

Deno.test("withKnownFacts() lets the graver of two accounts count", () => {
  const facts = told({ kind: "read", destructive: false, idempotent: true, danger: "None at all", scopes: ["own"] });
  assert.deepEqual(facts, {
    kind: "write",
    destructive: true,
    idempotent: false,
    danger: "Gone for good",
    scopes: ["own"],
    roles: [],
  });
});

Deno.test("withKnownFacts() leaves what is not known as it is", () => {
  assert.equal(told({ kind: "read", danger: "Own" }, "/other")?.danger, "Own");
});
