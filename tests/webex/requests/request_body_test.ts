import assert from "node:assert/strict";
import type { Body, Endpoint, Schema } from "../../../src/collection/endpoint.ts";
import { RefusedError } from "../../../src/core/errors.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { buildRequest, type PreparedRequest } from "../../../src/webex/requests/request.ts";
import { endpointOf, writerOf } from "../../support/endpoints.ts";

const WAV = new Uint8Array([82, 73, 70, 70]);
const FILE: Schema = { type: "string", format: "binary", maxLength: 8 };

const files: Record<string, Uint8Array<ArrayBuffer>> = { "/tmp/hello.wav": WAV, "/tmp/big.wav": new Uint8Array(9) };

function build(endpoint: Endpoint, args: JsonObject): Promise<PreparedRequest> {
  const readFile = (path: string) =>
    files[path] === undefined ? Promise.reject(new Deno.errors.NotFound(path)) : Promise.resolve(files[path]);
  return buildRequest(endpoint, args, { readFile });
}

function uploader(parts: Partial<Body> = {}): Endpoint {
  const schema: Schema = {
    type: "object",
    properties: { file: FILE, fileName: { type: "string" } },
    required: ["file"],
  };
  const body: Body = {
    contentType: "multipart/form-data",
    required: true,
    schema,
    encoding: { file: { contentType: "audio/wav" } },
    ...parts,
  };
  return writerOf({}, [], { body });
}

function taking(contentType: string, schema: Schema, required = true): Endpoint {
  return endpointOf({ method: "POST", body: { contentType, required, schema } });
}

async function formOf(request: PreparedRequest): Promise<FormData> {
  assert.ok(request.body instanceof FormData);
  assert.equal(request.headers.get("content-type"), null, "The boundary is the sender's");
  return await new Response(request.body).formData();
}

Deno.test("buildRequest() sends a file that is named by its path", async () => {
  const form = await formOf(await build(uploader(), { file: { path: "/tmp/hello.wav" }, fileName: "Hello" }));
  const file = form.get("file");
  assert.ok(file instanceof File);
  assert.equal(file.name, "hello.wav");
  assert.equal(file.type, "audio/wav");
  assert.deepEqual(await file.bytes(), WAV);
  assert.equal(form.get("fileName"), "Hello");
});

Deno.test("buildRequest() sends a file that comes as base64 with a name and a type", async () => {
  const file = { base64: WAV.toBase64(), name: "x.bin", type: "audio/wav" };
  const sent = (await formOf(await build(uploader(), { file }))).get("file");
  assert.ok(sent instanceof File);
  assert.deepEqual([sent.name, sent.type], ["x.bin", "audio/wav"]);
  assert.deepEqual(await sent.bytes(), WAV);
});

Deno.test("buildRequest() refuses files that are too large or of another type", async () => {
  await assert.rejects(
    build(uploader(), { file: { path: "/tmp/big.wav" } }),
    /"file" is too large: 9 bytes, at most 8/,
  );
  const png = { base64: WAV.toBase64(), name: "a.png" };
  await assert.rejects(build(uploader(), { file: png }), /"file" is "image\/png": expected audio\/wav/);
});

Deno.test("buildRequest() writes the other fields of a form as text, and objects as JSON", async () => {
  const schema: Schema = { type: "object", properties: { a: {}, b: {}, c: {} } };
  const form = await formOf(await build(uploader({ schema }), { a: true, b: { c: 1 }, c: 5, later: "x" }));
  assert.deepEqual([...form], [["a", "true"], ["b", '{"c":1}'], ["c", "5"], ["later", "x"]]);
});

Deno.test("buildRequest() sends every member of a form whose fields are not declared", async () => {
  const schema: Schema = { type: "object" };
  const form = await formOf(await build(uploader({ schema }), { body: { name: "n", count: 2 } }));
  assert.deepEqual([...form], [["name", "n"], ["count", "2"]]);
});

Deno.test("buildRequest() sends a JSON Patch as the one object that its fields make", async () => {
  const properties: Record<string, Schema> = { op: { type: "string" }, path: { type: "string" }, value: {} };
  const schema: Schema = { type: "object", properties };
  const body: Body = { contentType: "application/json-patch+json", required: true, schema };
  const request = await build(endpointOf({ method: "PATCH", body }), { op: "add", path: "tags", value: ["a"] });
  assert.equal(request.body, '{"op":"add","path":"tags","value":["a"]}');
  assert.equal(request.headers.get("content-type"), "application/json-patch+json");
});

Deno.test("buildRequest() sends a body that is an array, a scalar or a choice as it is", async () => {
  const list = taking("application/json", { type: "array", items: { type: "string" } });
  assert.equal((await build(list, { body: ["a"] })).body, '["a"]');
  const choice = taking("application/json", { oneOf: [{ type: "object" }, { type: "string" }] });
  assert.equal((await build(choice, { body: "text" })).body, '"text"');
  assert.equal((await build(choice, { body: { a: null } })).body, '{"a":null}');
});

Deno.test("buildRequest() sends no body where an optional whole one is not given, unless it is an object", async () => {
  for (const schema of [{ type: "array" }, { oneOf: [{ type: "object" }] }, { type: "string" }]) {
    const request = await build(taking("application/json", schema, false), {});
    assert.equal(request.body, undefined);
    assert.equal(request.headers.get("content-type"), null);
  }
  assert.equal((await build(taking("application/json", { type: "object" }, false), {})).body, "{}");
});

Deno.test("buildRequest() drops no undeclared argument beside a whole body", async () => {
  const request = await build(taking("application/json", { type: "array" }), { body: [1], later: "x" });
  assert.equal(request.body, "[1]");
  assert.equal(request.url.search, "?later=x");
});

Deno.test("buildRequest() takes flat fields where a whole object is meant and a caller insists", async () => {
  const request = await build(taking("application/json", { type: "object" }), { name: "n" });
  assert.equal(request.body, '{"name":"n"}');
});

Deno.test("buildRequest() sends plain text as text and a binary body as the file's bytes", async () => {
  const text = await build(taking("text/plain", { type: "string" }), { body: "a\nb" });
  assert.equal(text.body, "a\nb");
  assert.equal(text.headers.get("content-type"), "text/plain");
  const binary = taking("application/octet-stream", { type: "string", format: "binary", maxLength: 8 });
  const { body, headers } = await build(binary, { body: { path: "/tmp/hello.wav" } });
  assert.ok(body instanceof Blob);
  assert.deepEqual(await body.bytes(), WAV);
  assert.equal(headers.get("content-type"), "application/octet-stream");
  await assert.rejects(build(binary, { body: { path: "/tmp/big.wav" } }), RefusedError);
});

Deno.test("buildRequest() sends form-encoded fields, whole or one by one", async () => {
  const type = "application/x-www-form-urlencoded";
  const fields = taking(type, { type: "object", properties: { a: {}, b: {} } });
  assert.equal(String((await build(fields, { a: "x y", b: "ü&" })).body), "a=x+y&b=%C3%BC%26");
  const whole = taking(type, { type: "object" });
  const request = await build(whole, { body: { a: "1", b: [2] } });
  assert.ok(request.body instanceof URLSearchParams);
  assert.equal(String(request.body), "a=1&b=%5B2%5D");
});
