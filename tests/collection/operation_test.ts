import assert from "node:assert/strict";
import { readOperation } from "../../src/collection/operation.ts";
import { SourceDocument } from "../../src/collection/source_document.ts";

function read(holder: Record<string, unknown>, root: Record<string, unknown> = {}) {
  const document = new SourceDocument(root, "x.json");
  const operation = readOperation(document, "/a", { holder, at: 'endpoint "POST /a": ' });
  document.finish({});
  return operation;
}

Deno.test("readOperation() is content with an empty operation", () => {
  assert.deepEqual(read({}), { description: "", deprecated: false, parameters: [], responses: {} });
});

Deno.test("readOperation() reads the preferred body with its encoding", () => {
  const schema = { type: "object", properties: { file: { type: "string", format: "binary" } } };
  const { body } = read({
    requestBody: {
      required: true,
      content: {
        "text/csv": {},
        "multipart/form-data": { schema, encoding: { file: { contentType: "audio/wav" }, other: {} } },
      },
    },
  });
  assert.deepEqual(body, {
    contentType: "multipart/form-data",
    required: true,
    schema,
    encoding: { file: { contentType: "audio/wav" }, other: {} },
  });
});

Deno.test("readOperation() takes a body as optional where the file says nothing", () => {
  assert.deepEqual(read({ requestBody: { content: { "application/json": {} } } }).body, {
    contentType: "application/json",
    required: false,
    schema: {},
  });
  assert.equal(read({ requestBody: { content: {} } }).body, undefined);
});

Deno.test("readOperation() reads answers by status", () => {
  const { responses } = read({
    responses: {
      "200": { content: { "application/json;charset=UTF-8": { schema: { type: "object" } } } },
      "204": {},
      "206": { content: { "text/csv": {} } },
      "5XX": { $ref: "#/problem" },
      default: {},
      "x-note": {},
      "999": {},
    },
  }, { problem: { content: { "application/json": { schema: { type: "null" } } } } });
  assert.deepEqual({ ...responses }, {
    "200": { contentType: "application/json", schema: { type: "object" } },
    "204": {},
    "206": { contentType: "text/csv" },
    "5XX": { contentType: "application/json", schema: { type: "null" } },
    default: {},
  });
});

Deno.test("readOperation() names the part that is wrong", () => {
  const cases: [Record<string, unknown>, string][] = [
    [{ requestBody: [] }, "requestBody: expected an object, got an array"],
    [{ requestBody: { content: { json: {} } } }, 'requestBody.content: expected a media type, got "json"'],
    [
      { requestBody: { required: 1, content: { "text/csv": {} } } },
      "requestBody.required: expected true or false, got 1",
    ],
    [{ responses: { 200: 1 } }, "responses.200: expected an object, got 1"],
    [{ deprecated: "no" }, 'deprecated: expected true or false, got "no"'],
  ];
  for (const [operation, message] of cases) {
    assert.throws(() => read(operation), {
      message: `Cannot read collection "x.json": endpoint "POST /a": ${message}`,
    });
  }
});
