import assert from "node:assert/strict";
import fc from "fast-check";
import { argumentsOf } from "../../../src/collection/arguments.ts";
import type { Endpoint, Schema } from "../../../src/collection/endpoint.ts";
import { RefusedError } from "../../../src/core/errors.ts";
import type { Json, JsonObject } from "../../../src/core/json.ts";
import { buildRequest, type PreparedRequest } from "../../../src/webex/requests/request.ts";
import { endpointOf, parameterOf, writerOf } from "../../support/endpoints.ts";

const TEXT: Schema = { type: "string" };

function build(endpoint: Endpoint, args: JsonObject, baseUrl?: string): Promise<PreparedRequest> {
  return buildRequest(endpoint, args, { baseUrl, readFile: () => Promise.reject(new Error("Expected no file")) });
}

/** The body as text; fails where there is none or it is a form. */
function textBody({ body }: PreparedRequest): string {
  assert.equal(typeof body, "string");
  return String(body);
}

Deno.test("buildRequest() puts each argument where its parameter says", async () => {
  const endpoint = writerOf({ name: TEXT }, [], {
    method: "PUT",
    path: "/locations/{locationId}/things/{thingId}",
    parameters: [
      parameterOf("thingId", { in: "path" }),
      parameterOf("locationId", { in: "path" }),
      parameterOf("orgId"),
      parameterOf("timezone", { in: "header" }),
    ],
  });
  const request = await build(endpoint, { name: "n", orgId: "o=", locationId: "l/1", thingId: "t", timezone: "UTC" });
  assert.equal(request.method, "PUT");
  assert.equal(request.url.href, "https://webexapis.com/v1/locations/l%2F1/things/t?orgId=o%3D");
  assert.deepEqual(Object.fromEntries(request.headers), {
    accept: "application/json",
    "content-type": "application/json",
    timezone: "UTC",
  });
  assert.equal(textBody(request), '{"name":"n"}');
});

Deno.test("buildRequest() sends a call without arguments as nothing but method and path", async () => {
  const request = await build(endpointOf(), {});
  assert.equal(request.url.href, "https://webexapis.com/v1/things");
  assert.equal(request.body, undefined);
  assert.equal(request.headers.get("content-type"), null);
});

Deno.test("buildRequest() injects no default of a parameter or of a field", async () => {
  const endpoint = writerOf({ mode: { type: "string", default: "fast" }, n: { type: "integer", default: 1 } }, [], {
    parameters: [parameterOf("max", { schema: { type: "integer", default: 2000 } })],
  });
  const request = await build(endpoint, {});
  assert.equal(request.url.search, "");
  assert.equal(textBody(request), "{}");
});

Deno.test("buildRequest() calls the endpoint's own host, or only the chosen one", async () => {
  const endpoint = endpointOf({ path: "/cdr_feed", server: "https://analytics-calling.webexapis.com/v1" });
  assert.equal((await build(endpoint, {})).url.href, "https://analytics-calling.webexapis.com/v1/cdr_feed");
  assert.equal((await build(endpoint, {}, "http://127.0.0.1:9/v1")).url.href, "http://127.0.0.1:9/v1/cdr_feed");
  await assert.rejects(build({ ...endpoint, server: "https://evil.example" }, {}), RefusedError);
});

Deno.test("buildRequest() refuses a missing or hostile path value and names it", async () => {
  const endpoint = endpointOf({ path: "/things/{id}", parameters: [parameterOf("id", { in: "path" })] });
  await assert.rejects(build(endpoint, {}), /Argument "id" is empty/);
  await assert.rejects(build(endpoint, { id: ".." }), /Argument "id" is "\.\."/);
});

Deno.test("buildRequest() joins an array in the path or a header with commas", async () => {
  const list: Schema = { type: "array", items: TEXT };
  const endpoint = endpointOf({
    path: "/things/{ids}",
    parameters: [
      parameterOf("ids", { in: "path", schema: list }),
      parameterOf("timezone", { in: "header", schema: list }),
    ],
  });
  const request = await build(endpoint, { ids: ["a", "b"], timezone: ["x", "y"] });
  assert.equal(decodeURIComponent(request.url.pathname), "/v1/things/a,b");
  assert.equal(request.headers.get("timezone"), "x,y");
});

Deno.test("buildRequest() refuses headers with line breaks and characters outside of Latin-1", async () => {
  const endpoint = endpointOf({ parameters: [parameterOf("timezone", { in: "header" })] });
  for (const timezone of ["a\r\nAuthorization: x", "a\nb", "a\rb", "\0", "\u007f", "時"]) {
    await assert.rejects(build(endpoint, { timezone }), (error: unknown) => {
      assert.ok(error instanceof RefusedError);
      assert.equal(error.code, "invalid_header_value");
      assert.match(error.message, /^Argument "timezone" cannot be sent as a header/);
      return true;
    });
  }
});

Deno.test("buildRequest() either refuses a header's value or sends it alone", async () => {
  const endpoint = endpointOf({ parameters: [parameterOf("timezone", { in: "header" })] });
  await fc.assert(fc.asyncProperty(fc.string({ unit: "binary" }), async (timezone) => {
    const request = await build(endpoint, { timezone }).catch((error: unknown) => error);
    if (request instanceof RefusedError) return;
    assert.ok(request instanceof Object && "headers" in request && request.headers instanceof Headers);
    assert.deepEqual([...request.headers.keys()], ["accept", "timezone"]);
  }));
});

Deno.test("buildRequest() sends the given fields and nothing else as the body", async () => {
  const values = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 });
  await fc.assert(fc.asyncProperty(values, async (value) => {
    const fields: JsonObject = JSON.parse(JSON.stringify(value));
    const declared = Object.keys(fields).filter((_, index) => index % 2 === 0).map((
      key,
    ): [string, Schema] => [key, {}]);
    // Names that clients refuse become others; their own place is tested elsewhere.
    fc.pre(Object.keys(fields).every((key) => /^[\w.-]{1,64}$/.test(key) && key !== "__proto__"));
    const request = await build(writerOf(Object.fromEntries(declared)), fields);
    const body: Json = JSON.parse(request.body === undefined ? "{}" : textBody(request));
    assert.deepEqual(body, declared.length === 0 && "body" in fields ? fields.body : fields);
  }));
});

Deno.test("buildRequest() keeps nested members named __proto__", async () => {
  const args: JsonObject = JSON.parse('{"name":{"__proto__":{"a":1},"b":2}}');
  const request = await build(writerOf({ name: {} }), args);
  assert.equal(textBody(request), '{"name":{"__proto__":{"a":1},"b":2}}');
});

Deno.test("buildRequest() sends an undeclared field named __proto__ where a caller insists", async () => {
  const request = await build(writerOf({ name: TEXT }), JSON.parse('{"name":"n","__proto__":1}'));
  assert.equal(textBody(request), '{"name":"n","__proto__":1}');
});

Deno.test("buildRequest() sends a field whose own name no client accepts under its own name", async () => {
  const own = writerOf(JSON.parse('{"größe €":{},"__proto__":{},"a b":{},"a/b":{}}'));
  const args = Object.fromEntries(argumentsOf(own).map(({ name, key }) => [name, key]));
  const body: Json = JSON.parse(textBody(await build(own, args)));
  assert.equal(JSON.stringify(body), '{"größe €":"größe €","__proto__":"__proto__","a b":"a b","a/b":"a/b"}');
});

Deno.test("buildRequest() survives an undeclared name that stands for a declared one", async () => {
  const request = await build(writerOf({ "a b": TEXT }), { a_b: "declared", "a b": "undeclared" });
  assert.deepEqual(Object.keys(JSON.parse(textBody(request))), ["a b"]);
});

Deno.test("buildRequest() sends undeclared arguments to the query where there is no body", async () => {
  const request = await build(endpointOf({ parameters: [parameterOf("a")] }), { a: "1", later: ["x", "y"] });
  assert.equal(request.url.search, "?a=1&later=x&later=y");
});

Deno.test("buildRequest() sends the body of a DELETE that has one, and none where nothing is given", async () => {
  const endpoint = writerOf({ items: { type: "array", items: TEXT } }, ["items"], { method: "DELETE" });
  const request = await build(endpoint, { items: ["a"] });
  assert.equal(request.method, "DELETE");
  assert.equal(textBody(request), '{"items":["a"]}');
  assert.equal((await build(endpoint, {})).body, undefined);
});

Deno.test("buildRequest() sends an empty object where a POST, PUT or PATCH takes fields and none is given", async () => {
  for (const method of ["POST", "PUT", "PATCH"] as const) {
    const request = await build(writerOf({ name: TEXT }, [], { method }), {});
    assert.equal(textBody(request), "{}");
    assert.equal(request.headers.get("content-type"), "application/json");
  }
});

Deno.test("buildRequest() refuses a body where HTTP has none", async () => {
  const endpoint = writerOf({ name: TEXT }, [], { method: "GET" });
  await assert.rejects(build(endpoint, { name: "n" }), RefusedError);
  assert.equal((await build(endpoint, {})).body, undefined);
});

Deno.test("buildRequest() refuses an address or a header that is too long, without repeating it", async () => {
  const parameters = [parameterOf("q"), parameterOf("h", { in: "header" })];
  const endpoint = endpointOf({ parameters });
  for (const args of [{ q: "x".repeat(1_000_000) }, { other: ["y".repeat(9_000), "é".repeat(4_000)] }]) {
    await assert.rejects(build(endpoint, args), (error: unknown) => {
      assert.ok(error instanceof RefusedError);
      assert.equal(error.code, "invalid_url");
      assert.match(error.message, /^Cannot send GET \/things: its address would have \d+ characters, at most 16000/);
      return true;
    });
  }
  await assert.rejects(build(endpoint, { h: "x".repeat(1_000_000) }), (error: unknown) => {
    assert.ok(error instanceof RefusedError);
    assert.equal(error.code, "invalid_header_value");
    assert.ok(error.message.length < 200);
    return true;
  });
  assert.equal((await build(endpoint, { q: "x".repeat(15_000), h: "x".repeat(4_000) })).url.search.length, 15_003);
});
