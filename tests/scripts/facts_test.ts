import assert from "node:assert/strict";
import { collectFacts } from "../../scripts/collection/facts.ts";
import { readSpecifications, type Specification } from "../../scripts/collection/specification.ts";

type Operation = Specification["paths"][string][string];

function factsOf(method: string, operation: Partial<Operation>) {
  const full: Operation = { summary: "Do it", tags: ["Things"], responses: { "200": {} }, ...operation };
  const [draft] = readSpecifications([{
    info: { title: "t", version: "1" },
    paths: { "/things": { [method]: full } },
  }]);
  assert.ok(draft !== undefined);
  collectFacts(draft);
  return draft.facts;
}

function query(name: string, description: string, schema = { type: "number" }) {
  return { name, in: "query", description, schema };
}

Deno.test("collectFacts() finds scopes and roles in the text", () => {
  const description =
    "Reads things.\n\nIt requires a full, read-only or location administrator auth token with a scope of `spark-admin:telephony_config_read`.";
  const { scopes, roles } = factsOf("get", { description });
  assert.deepEqual(scopes, ["spark-admin:telephony_config_read"]);
  assert.deepEqual(roles, ["full", "location", "read-only"]);
});

Deno.test("collectFacts() finds the paging style, the sizes and the list key", () => {
  const items = {
    "200": { content: { "application/json": { schema: { properties: { things: { type: "array" } } } } } },
  };
  const parameters = [query("max", "At most. The default is 2000."), query("start", "Offset")];
  const facts = factsOf("get", { parameters, responses: items });
  assert.deepEqual(facts.paging, { style: "offset", default: 2000 });
  assert.equal(facts.list, "things");
  assert.deepEqual(factsOf("get", { parameters: [query("max", "The maximum value is `100`.")] }).paging, {
    style: "cursor",
    max: 100,
  });
});

Deno.test("collectFacts() takes only a GET for reading, a DELETE for destructive, and a POST for not repeatable", () => {
  const hints = (method: string) => {
    const { kind, destructive, idempotent } = factsOf(method, {});
    return [kind, destructive, idempotent];
  };
  assert.deepEqual(hints("get"), ["read", false, true]);
  assert.deepEqual(hints("put"), ["write", false, true]);
  assert.deepEqual(hints("post"), ["write", false, false]);
  assert.deepEqual(hints("delete"), ["write", true, true]);
});
