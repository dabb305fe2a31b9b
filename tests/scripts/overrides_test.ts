import assert from "node:assert/strict";
import type { Draft } from "../../scripts/collection/draft.ts";
import { applyOverrides, type Override, parseOverrides } from "../../scripts/collection/overrides.ts";

function draft(method: string, path: string): Draft {
  return {
    key: `${method} ${path}`,
    feature: "Lamps",
    title: "Switch a lamp",
    method,
    path,
    description: "",
    deprecated: false,
    parameters: {
      id: { name: "id", in: "query", required: false, description: "", schema: { type: "array", enum: ["sample"] } },
    },
    responses: {},
    facts: { kind: "write", destructive: false, idempotent: false, scopes: [], roles: [] },
    examples: [{ lamp: "on", notes: { bright: "true" } }],
    prose: "",
  };
}

function entries(...list: readonly Record<string, unknown>[]): Override[] {
  return parseOverrides("lamps.yaml", list.map((entry) => ({ reason: "A reason", source: "A source", ...entry })));
}

Deno.test("parseOverrides() reads one operation or a list of them", () => {
  const [one, several] = entries({ for: "GET /a", set: { path: "/b" } }, {
    for: ["GET /a", "PUT /a"],
    at: "facts",
    unset: ["list"],
  });
  assert.deepEqual([one?.for, one?.at, one?.unset], [["GET /a"], "", []]);
  assert.deepEqual([several?.for, several?.at, several?.set], [["GET /a", "PUT /a"], "facts", {}]);
});

Deno.test("parseOverrides() refuses entries without operation, reason, source or change", () => {
  const refuses = (content: unknown, problem: RegExp) =>
    assert.throws(() => parseOverrides("lamps.yaml", content), problem);
  const whole = { for: "GET /a", set: { path: "/b" }, reason: "A reason", source: "A source" };
  refuses({}, /Cannot use "lamps.yaml": expected a list/);
  refuses(["text"], /override 1 of "lamps.yaml": expected a map/);
  refuses([whole, { ...whole, for: [] }], /override 2 of "lamps.yaml": "for" names no operation/);
  refuses([{ ...whole, reason: undefined }], /"reason" and "source" are required/);
  refuses([{ ...whole, source: undefined }], /"reason" and "source" are required/);
  refuses([{ ...whole, set: [] }], /"set" a map/);
  refuses([{ ...whole, set: {} }], /nothing to "set" or "unset"/);
});

Deno.test("applyOverrides() writes and takes away members at a place", () => {
  const lamp = draft("GET", "/lamps/");
  const problems = applyOverrides(
    [lamp],
    entries(
      { for: "GET /lamps/", set: { path: "/lamps" } },
      { for: "GET /lamps/", at: "parameters.id", set: { explode: false } },
      { for: "GET /lamps/", at: "parameters.id.schema", unset: ["enum"] },
      { for: "GET /lamps/", at: "facts", set: { danger: "Blinds" } },
    ),
  );
  assert.deepEqual(problems, []);
  assert.equal(lamp.path, "/lamps");
  assert.equal(lamp.key, "GET /lamps/");
  assert.deepEqual(lamp.parameters.id?.schema, { type: "array" });
  assert.equal(lamp.parameters.id?.explode, false);
  assert.equal(lamp.facts.danger, "Blinds");
});

Deno.test("applyOverrides() reaches into lists by index", () => {
  const lamp = draft("PUT", "/lamps");
  assert.deepEqual(
    applyOverrides([lamp], entries({ for: "PUT /lamps", at: "examples.0.notes", set: { bright: true } })),
    [],
  );
  assert.deepEqual(lamp.examples, [{ lamp: "on", notes: { bright: true } }]);
  assert.deepEqual(applyOverrides([lamp], entries({ for: "PUT /lamps", at: "examples.3", set: { lamp: "off" } })), [
    'lamps.yaml: "PUT /lamps" at "examples.3": no such place in PUT /lamps',
  ]);
});

Deno.test("applyOverrides() makes a missing last step, so that a parameter can be added", () => {
  const lamp = draft("GET", "/lamps");
  const schema = { type: "string" };
  const added = { name: "color", in: "query", required: false, description: "", schema };
  assert.deepEqual(applyOverrides([lamp], entries({ for: "GET /lamps", at: "parameters.color", set: added })), []);
  assert.deepEqual(lamp.parameters.color, added);
  assert.deepEqual(applyOverrides([lamp], entries({ for: "GET /lamps", at: "body.schema", set: schema })), [
    'lamps.yaml: "GET /lamps" at "body.schema": no such place in GET /lamps',
  ]);
});

Deno.test("applyOverrides() takes * for any text and the rest literally", () => {
  const lamps = [draft("GET", "/lamps/{id}"), draft("PUT", "/lamps/{id}"), draft("GET", "/lampsX/id")];
  assert.deepEqual(
    applyOverrides(lamps, entries({ for: "* /lamps/{id}", at: "facts", set: { scopes: ["lamps"] } })),
    [],
  );
  assert.deepEqual(lamps.map((lamp) => lamp.facts.scopes), [["lamps"], ["lamps"], []]);
});

Deno.test("applyOverrides() names what no longer applies", () => {
  const overrides = entries(
    { for: "GET /lamps", at: "facts", set: { kind: "write" } },
    { for: "GET /lamps", at: "facts", unset: ["list"] },
    { for: "GET /candles", set: { path: "/lamps" } },
  );
  assert.deepEqual(applyOverrides([draft("GET", "/lamps")], overrides), [
    'lamps.yaml: "GET /lamps" at "facts": no longer changes anything in GET /lamps',
    'lamps.yaml: "GET /lamps" at "facts": no longer changes anything in GET /lamps',
    'lamps.yaml: "GET /candles": no such operation',
  ]);
});

Deno.test("applyOverrides() keeps the values of one entry apart in each operation", () => {
  const lamps = [draft("GET", "/a"), draft("GET", "/b")];
  applyOverrides(
    lamps,
    entries({ for: ["GET /a", "GET /b"], at: "parameters.id", set: { schema: { type: "string" } } }),
  );
  applyOverrides(lamps, entries({ for: "GET /a", at: "parameters.id.schema", set: { type: "number" } }));
  assert.equal(lamps[1]?.parameters.id?.schema.type, "string");
});
