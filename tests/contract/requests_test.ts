import assert from "node:assert/strict";
import { type Argument, argumentsOf } from "../../src/collection/arguments.ts";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import type { Endpoint } from "../../src/collection/endpoint.ts";
import type { Json, JsonObject } from "../../src/core/json.ts";
import { checkArguments } from "../../src/tools/check.ts";
import { coerceArguments } from "../../src/tools/coerce.ts";
import { inputSchemaOf } from "../../src/tools/definitions/input_schema.ts";
import { DEFAULT_BASE_URL } from "../../src/webex/requests/hosts.ts";
import { buildRequest, type PreparedRequest } from "../../src/webex/requests/request.ts";
import { sampleArguments } from "../support/samples.ts";

const { endpoints } = embeddedCollection();

/** A file of the first type that the field accepts. */
function fileFor({ body }: Endpoint, { key }: Argument): JsonObject {
  const type = body?.encoding?.[key]?.contentType?.split(",")[0] ?? "application/octet-stream";
  return { base64: "UklGRg==", name: "greeting", type };
}

function argsFor(endpoint: Endpoint, all: boolean): JsonObject {
  const args = sampleArguments(inputSchemaOf(endpoint), all);
  for (const argument of argumentsOf(endpoint)) {
    if (argument.file && argument.name in args) args[argument.name] = fileFor(endpoint, argument);
  }
  return args;
}

function build(endpoint: Endpoint, args: JsonObject): Promise<PreparedRequest> {
  return buildRequest(endpoint, args, { readFile: () => Promise.reject(new Error("Expected no file")) });
}

function text(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The query that the specification means, as decoded pairs. */
function expectedQuery(endpoint: Endpoint, args: JsonObject): string[] {
  return endpoint.parameters.filter((parameter) => parameter.in === "query").flatMap(({ name, explode }) => {
    const value = args[name];
    if (value === undefined) return [];
    if (!Array.isArray(value)) return [`${name}=${text(value)}`];
    if (explode) return value.map((member) => `${name}=${text(member)}`);
    return value.length === 0 ? [] : [`${name}=${value.map(text).join(",")}`];
  });
}

function checkAddress(endpoint: Endpoint, args: JsonObject, { method, url }: PreparedRequest): void {
  assert.equal(method, endpoint.method);
  const base = new URL(endpoint.server ?? DEFAULT_BASE_URL);
  assert.equal(url.origin, base.origin);
  const template = (base.pathname + endpoint.path).split("/");
  const expected = template.map((part) => part.replace(/^\{(.*)\}$/, (_, name: string) => text(args[name] ?? "")));
  assert.deepEqual(url.pathname.split("/").map(decodeURIComponent), expected, endpoint.tool);
  assert.deepEqual([...url.searchParams].map((pair) => pair.join("=")), expectedQuery(endpoint, args), endpoint.tool);
}

async function checkBody(endpoint: Endpoint, args: JsonObject, { body, headers }: PreparedRequest): Promise<void> {
  const fields = argumentsOf(endpoint).filter(({ place, name }) => place === "field" && name in args);
  const given = Object.fromEntries(fields.map(({ key, name }) => [key, args[name]]));
  if (body instanceof FormData) {
    assert.deepEqual([...body.keys()], Object.keys(given), endpoint.tool);
    for (const { key, file } of fields) assert.equal(body.get(key) instanceof File, file, endpoint.tool);
    return;
  }
  if (body === undefined) return assert.deepEqual(given, {}, endpoint.tool);
  assert.equal(headers.get("content-type"), endpoint.body?.contentType);
  const sent: unknown = await new Response(body).json();
  assert.deepEqual(sent, "body" in args && fields.length === 0 ? args["body"] : given, endpoint.tool);
}

for (const all of [false, true]) {
  const which = all ? "all" : "only the required";
  Deno.test(`buildRequest() builds what the specification means from ${which} arguments, for every endpoint`, async () => {
    for (const endpoint of endpoints) {
      const args = argsFor(endpoint, all);
      const request = await build(endpoint, args);
      checkAddress(endpoint, args, request);
      await checkBody(endpoint, args, request);
      for (const { name, key, place } of argumentsOf(endpoint)) {
        if (place === "header" && name in args) assert.equal(request.headers.get(key), args[name]);
      }
    }
  });
}

Deno.test("buildRequest() sends a body with exactly the endpoints that have one", async () => {
  for (const endpoint of endpoints) {
    const { body } = await build(endpoint, argsFor(endpoint, true));
    assert.equal(body !== undefined, endpoint.body !== undefined, endpoint.tool);
  }
});

Deno.test("buildRequest() reaches analytics and call records on their own hosts", async () => {
  const elsewhere = endpoints.filter(({ server }) => server !== DEFAULT_BASE_URL);
  const urls = await Promise.all(
    elsewhere.map(async (endpoint) => (await build(endpoint, argsFor(endpoint, false))).url),
  );
  assert.deepEqual(urls.map(({ origin, pathname }) => origin + pathname).sort(), [
    "https://analytics-calling.webexapis.com/v1/cdr_feed",
    "https://analytics-calling.webexapis.com/v1/cdr_stream",
    "https://analytics.webexapis.com/v1/analytics/callQualityStats",
  ]);
});

Deno.test("checkArguments() accepts the sampled arguments of every endpoint, and in their string forms", () => {
  // Each schema is compiled at its first use, which takes most of the time; every fifth has all kinds of them.
  for (const endpoint of endpoints.filter((_, index) => index % 5 === 0)) {
    const schema = inputSchemaOf(endpoint);
    const args = sampleArguments(schema, true);
    assert.deepEqual(checkArguments(args, schema), [], endpoint.tool);
    const texts = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, text(value)]));
    assert.deepEqual(coerceArguments(texts, schema), args, endpoint.tool);
  }
});

Deno.test("buildRequest() takes the five DELETEs with a body, the uploads and the one JSON Patch for what they are", () => {
  const having = (filter: (endpoint: Endpoint) => boolean) => endpoints.filter(filter).length;
  assert.ok(having(({ method, body }) => method === "DELETE" && body !== undefined) >= 5);
  assert.equal(having(({ body }) => body?.contentType === "multipart/form-data"), 12);
  assert.equal(having(({ body }) => body?.contentType === "application/json-patch+json"), 1);
  assert.equal(having(({ method, body }) => method === "GET" && body !== undefined), 0);
});
