import assert from "node:assert/strict";
import { SourceDocument } from "../../src/collection/source_document.ts";

Deno.test("SourceDocument.schema() copies, and in a trusted file doesn't", () => {
  const schema = { type: "string", unknown: 1 };
  assert.deepEqual(new SourceDocument({}, "x").schema(schema, "here"), { type: "string" });
  assert.equal(new SourceDocument({}, "x", true).schema(schema, "here"), schema);
  assert.deepEqual(new SourceDocument({}, "x").schema(null, "here"), {});
});

Deno.test("SourceDocument.schemas() reads named schemas", () => {
  const holder = JSON.parse('{"schemas": {"A": {"type": "string"}, "__proto__": {"type": "null"}}}');
  const schemas = new SourceDocument({}, "x").schemas(holder, "components.");
  assert.deepEqual(Object.keys(schemas), ["A", "__proto__"]);
  assert.equal(new SourceDocument({}, "x", true).schemas(holder, ""), holder.schemas);
});

Deno.test("SourceDocument.object() follows references through the file", () => {
  const root = { a: { $ref: "#/b/c~1d" }, b: { "c/d": { found: true } } };
  const document = new SourceDocument(root, "x");
  assert.equal(document.object(root.a, "here"), root.b["c/d"]);
  assert.equal(document.object(root.b, "here"), root.b);
  document.finish({});
});

Deno.test("SourceDocument.object() reports what leads nowhere, or in a circle", () => {
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ $ref: "#/nowhere" }, /here\.\$ref: expected a place in the same file, got "#\/nowhere"/],
    [{ $ref: "other.yaml#/a" }, /got "other\.yaml#\/a"/],
    [{ $ref: "#/a" }, /here\.\$ref: expected an object, got references in a circle/],
    [{ $ref: "#/text" }, /here: expected an object, got "text"/],
  ];
  for (const [a, message] of cases) {
    const document = new SourceDocument({ a, text: "text" }, "x");
    assert.equal(document.object(a, "here"), undefined);
    assert.throws(() => document.finish({}), message);
  }
});

Deno.test("SourceDocument.finish() reports references to unknown schemas with their place", () => {
  const document = new SourceDocument({}, "x.json");
  document.schema({ items: { $ref: "#/schemas/Nobody" } }, "here");
  assert.throws(() => document.finish({}), {
    message:
      'Cannot read collection "x.json": here.items.$ref: expected the name of a schema in the same file, got "#/schemas/Nobody"',
  });
});

Deno.test("SourceDocument.place() spares a trusted file the places", () => {
  assert.equal(new SourceDocument({}, "x").place("a.", "b"), "a.b");
  assert.equal(new SourceDocument({}, "x").place("a.", "b", 2), "a.b[2]");
  assert.equal(new SourceDocument({}, "x", true).place("a.", "b", 2), "");
});
