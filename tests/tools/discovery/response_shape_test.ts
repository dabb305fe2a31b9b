import assert from "node:assert/strict";
import type { ResponseShape, Schema } from "../../../src/collection/endpoint.ts";
import { responseShapesOf } from "../../../src/tools/discovery/response_shape.ts";
import { endpointOf } from "../../support/endpoints.ts";

function shapesOf(responses: Record<string, ResponseShape>, schemas: Record<string, Schema> = {}): unknown {
  return responseShapesOf(endpointOf({ responses, schemas }));
}

function shapeOf(schema: Schema, schemas: Record<string, Schema> = {}): string {
  return responseShapesOf(endpointOf({ responses: { "200": { contentType: "application/json", schema } }, schemas }))[
    "200"
  ] ?? "";
}

const text: Schema = { type: "string" };

Deno.test("responseShapesOf() writes objects, arrays, values and references", () => {
  const item: Schema = {
    properties: {
      id: text,
      phoneNumbers: { type: "array", items: { properties: { type: { enum: ["work", "mobile"] }, value: text } } },
      active: { type: ["boolean", "null"] },
      extra: {},
    },
  };
  assert.equal(
    shapeOf({ type: "object", properties: { items: { type: "array", items: { $ref: "#/schemas/Item" } } } }, {
      Item: item,
    }),
    "{items: [{id: string, phoneNumbers: [{type: work|mobile, value: string}], active: boolean, extra: any}]}",
  );
  assert.equal(shapeOf({ type: "array", items: { type: "array", items: text } }), "[[string]]");
  assert.equal(shapeOf({ additionalProperties: { properties: { a: { type: "number" } } } }), "{[key]: {a: number}}");
  assert.equal(shapeOf({ properties: { "Report ID": text, const: { const: 5 } } }), "{'Report ID': string, const: 5}");
});

Deno.test("responseShapesOf() brings the parts of a composed schema together", () => {
  const a: Schema = { properties: { a: text } };
  const b: Schema = { properties: { b: text, a: { type: "number" } } };
  assert.equal(shapeOf({ allOf: [a, { $ref: "#/schemas/B" }] }, { B: b }), "{a: string, b: string}");
  assert.equal(shapeOf({ oneOf: [a, b] }), "{a: string, b: string}");
  assert.equal(shapeOf({ anyOf: [text, { type: "number" }] }), "string");
});

Deno.test("responseShapesOf() says which answers have no body, and what isn't JSON", () => {
  assert.deepEqual(
    shapesOf({
      "200": { contentType: "application/json", schema: text },
      "204": {},
      "206": { contentType: "application/octet-stream", schema: text },
      "404": { contentType: "application/json", schema: text },
    }),
    { "200": "string", "204": "no body", "206": "application/octet-stream" },
  );
  assert.deepEqual(shapesOf({ default: { contentType: "application/json", schema: text }, "500": {} }), {
    default: "string",
  });
  assert.deepEqual(shapesOf({}), {});
});

Deno.test("responseShapesOf() leaves out what lies deep, and says how much", () => {
  const many = (count: number, schema: Schema): Record<string, Schema> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, schema]));
  const shape = shapeOf({
    properties: { first: { properties: many(30, text) }, deep: { properties: many(40, text) }, last: text },
  });
  assert.match(
    shape,
    /^\{first: \{m0: string, .*m29: string\}, deep: \{m0: .*m26: string, … 13 more\}, last: string\}$/,
  );
  const nested = shapeOf({ properties: many(60, { properties: many(3, text) }) });
  assert.match(nested, /m59: \{… 3 members\}\}$/);
  assert.ok(shapeOf({ properties: many(500, { enum: ["a".repeat(100), "b".repeat(100)] }) }).length < 2_500);
});

Deno.test("responseShapesOf() shortens long lists of values", () => {
  const shape = shapeOf({ enum: Array.from({ length: 100 }, (_, index) => `value${index}`) });
  assert.equal(shape, "value0|value1|value2|value3|value4|value5|value6|value7|…");
});

Deno.test("responseShapesOf() ends where a schema contains itself", () => {
  const tree: Schema = { properties: { id: text, children: { type: "array", items: { $ref: "#/schemas/Tree" } } } };
  const shape = shapeOf({ $ref: "#/schemas/Tree" }, { Tree: tree });
  assert.equal(shape, "{id: string, children: [{… 2 members}]}");
  const self: Schema = { $ref: "#/schemas/Knot" };
  const knot: Schema = { allOf: [self, self, self], oneOf: [self, self], properties: { a: self } };
  assert.equal(shapeOf(self, { Knot: knot }), "{a: {… 1 member}}");
  assert.equal(shapeOf({ $ref: "#/schemas/List" }, { List: { items: { $ref: "#/schemas/List" } } }).length < 40, true);
});
