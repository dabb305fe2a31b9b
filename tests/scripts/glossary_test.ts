import assert from "node:assert/strict";
import type { Draft } from "../../scripts/collection/draft.ts";
import { Glossary } from "../../scripts/collection/glossary.ts";

function draft(path = "/locations/{locationId}/queues"): Draft {
  return {
    key: `POST ${path}`,
    feature: "Queues",
    title: "Create",
    method: "POST",
    path,
    description: "",
    deprecated: false,
    parameters: { name: { name: "name", in: "query", required: false, description: "", schema: { type: "string" } } },
    body: {
      contentType: "application/json",
      required: true,
      schema: {
        properties: {
          name: { type: "string" },
          overflow: { type: "object", properties: { name: { type: "string" } } },
        },
      },
    },
    responses: {},
    facts: { kind: "write", destructive: false, idempotent: false, scopes: [], roles: [] },
    examples: [],
    prose: "",
  };
}

function described(glossary: Glossary, subject: Draft): (string | undefined)[] {
  glossary.describe(subject);
  const properties = subject.body?.schema.properties;
  return [
    subject.parameters.name?.description,
    properties?.name?.description,
    properties?.overflow?.properties?.name?.description,
  ];
}

Deno.test("Glossary.describe() takes the most specific entry", () => {
  const glossary = new Glossary({ "name": "Any", "?name": "Filter", "overflow.name": "Inner", "overflow": "Object" });
  assert.deepEqual(described(glossary, draft()), ["Filter", "Any", "Inner"]);
  assert.deepEqual(glossary.problems(), []);
});

Deno.test("Glossary.describe() ties an entry to endpoints by a fragment, and to their end by $", () => {
  const entries = { "name": "Any", "name @ /queues$": "Queue", "overflow": "Object" };
  assert.deepEqual(described(new Glossary(entries), draft()), ["Queue", "Queue", "Queue"]);
  assert.deepEqual(described(new Glossary(entries), draft("/queues/{id}")), ["Any", "Any", "Any"]);
});

Deno.test("Glossary.problems() names what has no entry, and entries without a use", () => {
  const glossary = new Glossary({ "name": "Any", "extension": "Unused" });
  glossary.describe(draft());
  assert.deepEqual(glossary.problems(), [
    'No glossary entry for "overflow" of POST /locations/{locationId}/queues',
    'Glossary entry "extension" is never used',
  ]);
});
