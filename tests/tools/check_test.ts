import assert from "node:assert/strict";
import fc from "fast-check";
import type { JsonObject } from "../../src/core/json.ts";
import { checkArguments, type Problem } from "../../src/tools/check.ts";
import type { InputSchema, PlainSchema } from "../../src/tools/definitions/input_schema.ts";

function schemaOf(properties: Record<string, PlainSchema>, required: string[] = []): InputSchema {
  return { type: "object", properties, required, additionalProperties: false };
}

function check(args: JsonObject, properties: Record<string, PlainSchema>, required: string[] = []): Problem[] {
  return checkArguments(args, schemaOf(properties, required));
}

/** The message for one wrong value. */
function said(value: JsonObject[string], schema: PlainSchema): string {
  const problems = check({ a: value }, { a: schema });
  assert.equal(problems.length, 1, JSON.stringify(problems));
  const [problem] = problems;
  assert.equal(problem?.kind, "invalid");
  return problem?.message ?? "";
}

Deno.test("checkArguments() finds nothing wrong with good arguments", () => {
  const properties: Record<string, PlainSchema> = {
    name: { type: "string" },
    tags: { type: "array", items: { type: "string" } },
  };
  assert.deepEqual(check({ name: "n", tags: ["a"] }, properties, ["name"]), []);
});

Deno.test("checkArguments() names a missing argument and what it is", () => {
  const properties: Record<string, PlainSchema> = {
    personId: { type: "string", description: "Person" },
    mode: { type: "string", enum: ["a", "b"] },
  };
  assert.deepEqual(check({}, properties, ["personId", "mode"]), [
    {
      kind: "missing",
      argument: "personId",
      expected: "string (Person)",
      message: 'Missing argument "personId": expected string (Person)',
    },
    {
      kind: "missing",
      argument: "mode",
      expected: 'one of "a", "b"',
      message: 'Missing argument "mode": expected one of "a", "b"',
    },
  ]);
});

Deno.test("checkArguments() names an undeclared argument and the nearest declared one", () => {
  const [problem] = check({ person_id: "x" }, { personId: { type: "string" }, orgId: { type: "string" } });
  assert.deepEqual(problem, {
    kind: "unknown",
    argument: "person_id",
    nearest: ["personId"],
    message: 'Unknown argument "person_id": did you mean "personId"?',
  });
});

Deno.test("checkArguments() lists the declared names where none is near", () => {
  const [problem] = check({ zzz: 1 }, { personId: { type: "string" }, max: { type: "integer" } });
  assert.equal(problem?.message, 'Unknown argument "zzz": declared are "personId", "max"');
  assert.equal(check({ zzz: 1 }, {})[0]?.message, 'Unknown argument "zzz": the tool takes none');
});

Deno.test("checkArguments() shows a wrong value and says what was expected", () => {
  assert.equal(said(5, { type: "string" }), 'Argument "a" is 5: expected string');
  assert.equal(said(1.5, { type: "integer" }), 'Argument "a" is 1.5: expected integer');
  assert.equal(said(null, { type: ["string", "boolean"] }), 'Argument "a" is null: expected string or boolean');
  assert.equal(said("c", { type: "string", enum: ["a", "b"] }), 'Argument "a" is "c": expected one of "a", "b"');
  assert.equal(said("", { type: "string", minLength: 1 }), 'Argument "a" is "": expected at least 1 characters');
  assert.equal(said("abc", { type: "string", maxLength: 2 }), 'Argument "a" is "abc": expected at most 2 characters');
  assert.equal(said([], { type: "array", minItems: 1 }), 'Argument "a" is []: expected at least 1 items');
  assert.equal(said([1, 2], { type: "array", maxItems: 1 }), 'Argument "a" is [1,2]: expected at most 1 items');
  assert.equal(said(0, { type: "number", minimum: 1 }), 'Argument "a" is 0: expected >= 1');
  assert.equal(said(2, { type: "number", exclusiveMaximum: 2 }), 'Argument "a" is 2: expected < 2');
  assert.equal(said(3, { type: "number", multipleOf: 2 }), 'Argument "a" is 3: expected multiple of 2');
  assert.equal(said("b", { type: "string", const: "c" }), 'Argument "a" is "b": expected "c"');
  assert.equal(said([1, 1], { type: "array", uniqueItems: true }), 'Argument "a" is [1,1]: expected no item twice');
});

Deno.test("checkArguments() says what was expected instead of every choice's complaint", () => {
  const text = said(true, { anyOf: [{ type: "string" }, { type: "object", properties: {} }] });
  assert.equal(text, 'Argument "a" is true: expected string or object');
  const typed: PlainSchema = { type: ["string", "object"], anyOf: [{ type: "string" }, { type: "object" }] };
  assert.equal(said(true, typed), 'Argument "a" is true: expected string or object');
});

Deno.test("checkArguments() tells what is wrong with the choice that the value was meant for", () => {
  const choice: PlainSchema = {
    anyOf: [{ type: "string" }, { type: "object", properties: { n: { type: "integer" } } }],
  };
  const problems = check({ a: { n: "x" } }, { a: choice });
  assert.deepEqual(problems.map(({ message }) => message), ['Argument "a.n" is "x": expected integer']);
});

Deno.test("checkArguments() tells the place of a problem inside of an argument", () => {
  const agent: PlainSchema = {
    type: "object",
    properties: { id: { type: "string" }, "a/b~c": { type: "integer" } },
    required: ["id"],
  };
  const properties: Record<string, PlainSchema> = { agents: { type: "array", items: agent } };
  const problems = check({ agents: [{ id: "x" }, { "a/b~c": "no" }] }, properties);
  assert.deepEqual(problems.map(({ argument }) => argument).sort(), ["agents[1].a/b~c", "agents[1].id"]);
  assert.ok(problems.some(({ message }) => message === 'Missing argument "agents[1].id": expected string'));
});

Deno.test("checkArguments() names an argument that is a number", () => {
  assert.equal(check({ 0: 5 }, { 0: { type: "string" } })[0]?.argument, "0");
});

Deno.test("checkArguments() tells all that is wrong, at most ten problems", () => {
  const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
  const properties = Object.fromEntries(names.map((name): [string, PlainSchema] => [name, { type: "string" }]));
  assert.equal(check({}, properties, names).length, 10);
  const three = check({ n0: 5, zzz: 1 }, properties, ["n1"]);
  assert.deepEqual(three.map(({ kind }) => kind).sort(), ["invalid", "missing", "unknown"]);
});

Deno.test("checkArguments() shortens a long value in its message", () => {
  assert.ok(said("x".repeat(5_000), { type: "integer" }).length < 120);
  assert.ok(said("😀".repeat(5_000), { type: "integer" }).isWellFormed());
});

Deno.test("checkArguments() lets a nested member pass that the specification may not know yet", () => {
  const inner: PlainSchema = {
    type: "object",
    properties: { enabled: { type: "boolean" }, number: { type: "string" } },
  };
  assert.deepEqual(check({ a: { enabled: true, somethingNew: 1 } }, { a: inner }), []);
  assert.deepEqual(check({ a: [{ somethingNew: 1 }] }, { a: { type: "array", items: inner } }), []);
});

Deno.test("checkArguments() takes a nested member for a slip that nearly is a declared, unused one", () => {
  const inner: PlainSchema = {
    type: "object",
    properties: { enabled: { type: "boolean" }, phoneNumber: { type: "string" } },
  };
  for (const slip of ["enabld", "Enabled", "enableds", "phone_number", "phoneNumbr"]) {
    const [problem] = check({ a: { [slip]: 1 } }, { a: inner });
    assert.equal(problem?.kind, "unknown", slip);
    assert.equal(problem?.argument, `a.${slip}`);
    assert.match(problem?.message ?? "", /did you mean "(enabled|phoneNumber)"/);
  }
  const [problem] = check({ a: [{ enabld: true }] }, { a: { type: "array", items: inner } });
  assert.equal(problem?.argument, "a[0].enabld");
});

Deno.test("checkArguments() takes no name of another alphabet for a slip just because it has no Latin letter", () => {
  const inner: PlainSchema = { type: "object", properties: { "名前": { type: "string" } } };
  assert.deepEqual(check({ a: { "名": "x" } }, { a: inner }), []);
});

Deno.test("checkArguments() tells a mistyped name before the missing argument that comes with it", () => {
  const problems = check({ person_id: "x" }, { personId: { type: "string" } }, ["personId"]);
  assert.deepEqual(problems.map(({ kind }) => kind), ["unknown", "missing"]);
});

Deno.test("checkArguments() takes a nested member for new where the similar one is used", () => {
  const inner: PlainSchema = { type: "object", properties: { enabled: { type: "boolean" } } };
  assert.deepEqual(check({ a: { enabled: true, enabled2: true } }, { a: inner }), []);
});

Deno.test("checkArguments() accepts any name where an object is a map", () => {
  const map: PlainSchema = {
    type: "object",
    properties: { number: { type: "string" } },
    additionalProperties: { type: "string" },
  };
  assert.deepEqual(check({ a: { numbers: "x" } }, { a: map }), []);
  assert.equal(check({ a: { other: 5 } }, { a: map })[0]?.argument, "a.other");
});

Deno.test("checkArguments() looks for slips in what a map holds", () => {
  const inner: PlainSchema = { type: "object", properties: { enabled: { type: "boolean" } } };
  const map: PlainSchema = { type: "object", additionalProperties: inner };
  assert.equal(check({ a: { x: { enabld: true } } }, { a: map })[0]?.argument, "a.x.enabld");
});

Deno.test("checkArguments() refuses names that every object inherits", () => {
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
    const args: JsonObject = JSON.parse(`{"${name}":1}`);
    assert.deepEqual(check(args, { a: { type: "string" } }).map(({ kind, argument }) => `${kind} ${argument}`), [
      `unknown ${name}`,
    ]);
    assert.deepEqual(check({ a: args }, { a: { type: "object", properties: { b: { type: "string" } } } }), []);
  }
});

Deno.test("checkArguments() answers in sentences for any arguments", () => {
  const properties: Record<string, PlainSchema> = {
    name: { type: "string", minLength: 1 },
    list: { type: "array", items: { type: "object", properties: { id: { type: "string" } }, required: ["id"] } },
  };
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
    for (const { message, argument } of check(JSON.parse(JSON.stringify(value)), properties, ["name"])) {
      assert.match(message, /^(Missing argument|Unknown argument|Argument) "/);
      assert.ok(message.includes(`"${argument}"`));
      assert.doesNotMatch(message, /undefined|\[object/);
    }
  }));
});

Deno.test("checkArguments() leaves patterns to the service, as one of them could stop the server", () => {
  assert.deepEqual(check({ a: `${"a".repeat(40)}!` }, { a: { type: "string", pattern: "^(a+)+$" } }), []);
});

Deno.test("checkArguments() says of what only the answer has that it cannot be sent back", () => {
  const schema: InputSchema = {
    type: "object",
    properties: { orgId: { type: "string" } },
    additionalProperties: false,
  };
  const [problem] = checkArguments({ id: "x" }, schema, ["id"]);
  assert.equal(problem?.message, 'Argument "id" cannot be sent: it belongs to the answer only, leave it out');
  assert.deepEqual(checkArguments({ id: "x" }, schema).map(({ nearest }) => nearest), [[]]);
});
