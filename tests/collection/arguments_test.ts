import assert from "node:assert/strict";
import fc from "fast-check";
import { argumentsOf, objectMembers } from "../../src/collection/arguments.ts";
import type { Endpoint, Schema } from "../../src/collection/endpoint.ts";
import { endpointOf, parameterOf, writerOf } from "../support/endpoints.ts";

const TEXT: Schema = { type: "string" };

/** Each argument as `name place:key`, with `!` after required ones. */
function summary(endpoint: Endpoint): string[] {
  return argumentsOf(endpoint).map(({ name, place, key, required }) => `${name} ${place}:${key}${required ? "!" : ""}`);
}

Deno.test("argumentsOf() lists path, query, header and body side by side, in this order", () => {
  const endpoint = writerOf({ name: TEXT, note: TEXT }, ["name"], {
    parameters: [
      parameterOf("timezone", { in: "header" }),
      parameterOf("orgId"),
      parameterOf("max", { required: true }),
      parameterOf("id", { in: "path" }),
    ],
  });
  const expected = [
    "id path:id!",
    "orgId query:orgId",
    "max query:max!",
    "timezone header:timezone",
    "name field:name!",
    "note field:note",
  ];
  assert.deepEqual(summary(endpoint), expected);
});

Deno.test("argumentsOf() makes a body field yield to a parameter of its name", () => {
  const endpoint = writerOf({ id: TEXT, body_id: TEXT }, [], { parameters: [parameterOf("id", { in: "path" })] });
  assert.deepEqual(summary(endpoint), ["id path:id!", "body_id field:id", "body_body_id field:body_id"]);
});

Deno.test("argumentsOf() makes a later place yield to an earlier one", () => {
  const endpoint = endpointOf({ parameters: [parameterOf("id"), parameterOf("id", { in: "path" })] });
  assert.deepEqual(summary(endpoint), ["id path:id!", "query_id query:id"]);
});

Deno.test("argumentsOf() makes one argument of a body without known members", () => {
  for (
    const schema of [{ type: "array" }, { type: "object" }, { oneOf: [TEXT] }, { type: "string", format: "binary" }]
  ) {
    const endpoint = endpointOf({ method: "POST", body: { contentType: "application/json", required: true, schema } });
    assert.deepEqual(summary(endpoint), ["body body:!"]);
    assert.equal(argumentsOf(endpoint)[0]?.file, "format" in schema);
  }
});

Deno.test("argumentsOf() takes the required fields of an optional body as required, except of a DELETE", () => {
  for (const [method, expected] of [["POST", "a field:a!"], ["PUT", "a field:a!"], ["DELETE", "a field:a"]] as const) {
    assert.deepEqual(summary(writerOf({ a: TEXT }, ["a"], { method })), [expected]);
  }
});

Deno.test("argumentsOf() gathers the fields of all parts of a body", () => {
  const base: Schema = { type: "object", properties: { a: TEXT, b: TEXT }, required: ["a"] };
  const schema: Schema = { allOf: [{ $ref: "#/schemas/Base" }, { properties: { c: TEXT } }], required: ["c"] };
  const body = { contentType: "application/json", required: false, schema };
  const endpoint = endpointOf({ method: "POST", body, schemas: { Base: base } });
  assert.deepEqual(summary(endpoint).sort(), ["a field:a!", "b field:b", "c field:c!"]);
});

Deno.test("argumentsOf() takes file fields of a form for files", () => {
  const schema: Schema = { type: "object", properties: { file: { type: "string", format: "binary" }, name: TEXT } };
  const endpoint = endpointOf({ method: "POST", body: { contentType: "multipart/form-data", required: true, schema } });
  assert.deepEqual(argumentsOf(endpoint).map(({ file }) => file), [true, false]);
});

Deno.test("argumentsOf() takes a description from the parameter before that of its schema", () => {
  const schema = { type: "string", description: "schema's" };
  const endpoint = endpointOf({
    parameters: [parameterOf("a", { schema, description: "own" }), parameterOf("b", { schema }), parameterOf("c")],
  });
  assert.deepEqual(argumentsOf(endpoint).map(({ description }) => description), ["own", "schema's", ""]);
});

Deno.test("argumentsOf() answers the same list each time", () => {
  const endpoint = endpointOf();
  assert.equal(argumentsOf(endpoint), argumentsOf(endpoint));
});

Deno.test("argumentsOf() gives unique names that clients accept, and loses no key", () => {
  const key = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "id",
      "body",
      "body_id",
      "query_id",
      "__proto__",
      "constructor",
      "a".repeat(80),
      "größe",
      "a b",
      "a_b",
      "",
    ),
  );
  const place = fc.constantFrom("path", "query", "header");
  const parameters = fc.uniqueArray(fc.tuple(key, place), { selector: String, maxLength: 8 });
  fc.assert(fc.property(parameters, fc.uniqueArray(key, { maxLength: 8 }), (parameters, keys) => {
    const properties = Object.fromEntries(keys.map((name) => [name, TEXT]));
    const endpoint = writerOf(properties, [], {
      parameters: parameters.map(([name, place]) => parameterOf(name, { in: place })),
    });
    const found = argumentsOf(endpoint);
    const names = found.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const name of names) assert.match(name, /^(?!__proto__$)[A-Za-z0-9_.-]{1,64}$/);
    const fields = found.filter(({ place }) => place === "field").map(({ key }) => key);
    assert.deepEqual(fields.sort(), keys.toSorted());
    assert.equal(found.length - (keys.length === 0 ? 1 : keys.length), parameters.length);
  }));
});

Deno.test("objectMembers() keeps a member named __proto__ in a part", () => {
  const schema: Schema = { allOf: [{ properties: JSON.parse('{"__proto__":{"type":"string"},"a":{}}') }] };
  assert.deepEqual(Object.keys(objectMembers(schema, {})?.properties ?? {}), ["__proto__", "a"]);
});

Deno.test("objectMembers() finds none in choices, scalars, empty objects and circles", () => {
  const circle: Schema = { allOf: [{ $ref: "#/schemas/Circle" }], properties: { a: TEXT } };
  for (const schema of [{ oneOf: [TEXT] }, { anyOf: [TEXT] }, TEXT, { type: "object" }, { properties: {} }, circle]) {
    assert.equal(objectMembers(schema, { Circle: circle }), undefined);
  }
});

Deno.test("argumentsOf() keeps the names free that ask the server itself for something", () => {
  const parameters = [parameterOf("dry_run"), parameterOf("plan_id", { in: "path" })];
  const endpoint = writerOf({ dry_run: TEXT, "plan id": TEXT }, [], { parameters, path: "/x/{plan_id}" });
  assert.deepEqual(
    summary(endpoint),
    [
      "path_plan_id path:plan_id!",
      "query_dry_run query:dry_run",
      "body_dry_run field:dry_run",
      "body_plan id field:plan id",
    ].map((line) => line.replace("body_plan id field", "body_plan_id field")),
  );
});
