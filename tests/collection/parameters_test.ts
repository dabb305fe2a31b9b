import assert from "node:assert/strict";
import type { Parameter } from "../../src/collection/endpoint.ts";
import { readParameters } from "../../src/collection/parameters.ts";
import { SourceDocument } from "../../src/collection/source_document.ts";

const text = { schema: { type: "string" } };

function read(path: string, ...lists: unknown[][]): Parameter[] {
  const document = new SourceDocument({}, "x.json");
  const parameters = readParameters(document, path, lists.map((list) => ({ holder: { parameters: list }, at: "" })));
  document.finish({});
  return parameters;
}

function query(fields: Record<string, unknown>): Parameter | undefined {
  return read("/a", [{ name: "q", in: "query", ...fields }])[0];
}

Deno.test("readParameters() reads path, query and header parameters in their order", () => {
  const parameters = read("/a/{id}", [
    { name: "id", in: "path", description: "Identifier", ...text },
    { name: "max", in: "query", required: false, schema: { type: "integer" } },
    { name: "timezone", in: "header", required: true, ...text },
  ]);
  assert.deepEqual(parameters, [
    { name: "id", in: "path", required: true, description: "Identifier", schema: { type: "string" }, explode: false },
    { name: "max", in: "query", required: false, schema: { type: "integer" }, explode: true },
    { name: "timezone", in: "header", required: true, schema: { type: "string" }, explode: false },
  ]);
});

Deno.test("readParameters() adds what only the path names", () => {
  assert.deepEqual(read("/a/{id}/b/{other}", [{ name: "other", in: "path", ...text }]).map((one) => one.name), [
    "other",
    "id",
  ]);
  assert.deepEqual(read("/a/{id}")[0], {
    name: "id",
    in: "path",
    required: true,
    schema: { type: "string" },
    explode: false,
  });
});

Deno.test("readParameters() leaves out cookies, reserved headers and path parameters without a place", () => {
  const parameters = read("/a", [
    { name: "session", in: "cookie", ...text },
    { name: "authorization", in: "header", ...text },
    { name: "Content-Type", in: "header", required: true, ...text },
    { name: "Accept", in: "header", ...text },
    { name: "Host", in: "header", ...text },
    { name: "id", in: "path", required: true, ...text },
  ]);
  assert.deepEqual(parameters, []);
});

Deno.test("readParameters() lets a later parameter replace an earlier one in its position", () => {
  const parameters = read(
    "/a",
    [{ name: "a", in: "query", ...text }, { name: "X-B", in: "header", ...text }, { name: "c", in: "query", ...text }],
    [{ name: "x-b", in: "header", required: true, ...text }, { name: "a", in: "query", required: true, ...text }],
  );
  assert.deepEqual(parameters.map(({ name, required }) => [name, required]), [
    ["a", true],
    ["x-b", true],
    ["c", false],
  ]);
});

Deno.test("readParameters() knows the styles of lists", () => {
  assert.equal(query({ ...text })?.explode, true);
  assert.equal(query({ ...text, style: "form" })?.explode, true);
  assert.equal(query({ ...text, style: "form", explode: false })?.explode, false);
  assert.equal(query({ ...text, explode: false })?.explode, false);
  assert.equal(query({ ...text, collectionFormat: "csv" })?.explode, false);
  assert.equal(query({ ...text, collectionFormat: "multi" })?.explode, true);
});

Deno.test("readParameters() leaves out an optional parameter of a style it cannot send, and refuses a required one", () => {
  for (const style of [{ style: "deepObject" }, { style: "pipeDelimited" }, { collectionFormat: "tsv" }]) {
    assert.equal(query({ ...text, ...style }), undefined);
    assert.throws(
      () => query({ ...text, ...style, required: true }),
      /parameters\[0\]\.style: expected "form", got "(deepObject|pipeDelimited|tsv)"/,
    );
  }
});

Deno.test("readParameters() marks a parameter with JSON content", () => {
  const content = { "application/json": { schema: { type: "object" } } };
  assert.deepEqual(query({ content }), {
    name: "q",
    in: "query",
    required: false,
    schema: { type: "object" },
    json: true,
    explode: true,
  });
  assert.equal(query({ content: { "text/plain": text } })?.json, undefined);
});

Deno.test("readParameters() reads a schema that is written into the parameter", () => {
  assert.deepEqual(query({ type: "array", items: { type: "integer" }, description: "Ids", required: true }), {
    name: "q",
    in: "query",
    required: true,
    description: "Ids",
    schema: { type: "array", items: { type: "integer" } },
    explode: true,
  });
  assert.deepEqual(query({})?.schema, { type: "string" });
});

Deno.test("readParameters() names the parameter that is wrong", () => {
  const cases: [unknown, RegExp][] = [
    [{ name: "a", in: "body" }, /parameters\[0\]\.in: expected one of "path", "query", "header", got "body"$/],
    [{ in: "query" }, /parameters\[0\]\.name: expected a name, got nothing/],
    [{ in: "query", name: "" }, /parameters\[0\]\.name: expected a name, got ""/],
    [{ in: "header", name: "a: b" }, /parameters\[0\]\.name: expected a header's name, got "a: b"/],
    [{ in: "query", name: "a", required: "yes" }, /parameters\[0\]\.required: expected true or false, got "yes"/],
    [{ in: "query", name: "a", schema: 1 }, /parameters\[0\]\.schema: expected a schema, got 1/],
    ["a", /parameters\[0\]: expected an object, got "a"/],
  ];
  for (const [parameter, message] of cases) assert.throws(() => read("/a", [parameter]), message);
});
