import assert from "node:assert/strict";
import { parse } from "yaml";
import type { Endpoint } from "../../src/collection/endpoint.ts";
import { readOpenApi } from "../../src/collection/openapi.ts";
import { resolveSchema } from "../../src/collection/resolve.ts";

function fixture(name: string): Promise<string> {
  return Deno.readTextFile(new URL(`../fixtures/${name}`, import.meta.url));
}

const library: unknown = parse(await fixture("library_31.yaml"));
const parking: unknown = JSON.parse(await fixture("parking_30.json"));

function endpoint(root: unknown, key: string): Endpoint {
  const found = readOpenApi(root, "x").endpoints.find((one) => `${one.method} ${one.path}` === key);
  assert(found !== undefined, key);
  return found;
}

Deno.test("readOpenApi() finds feature and title of each operation", () => {
  const collection = readOpenApi(library, "library.yaml", { namespace: "lib" });
  assert.equal(collection.endpoints[0]?.server, "https://eu.library.example/v2");
  assert.deepEqual(collection.endpoints.map((one) => [one.id, one.title, one.feature]), [
    ["listBooks", "List books", "Books"],
    ["POST /books", "Add a book", "Books"],
    ["replaceBookCover", "Replace book cover", "Branch Library"],
    ["DELETE /books/{bookId}/cover", "Delete books by book id cover", "Branch Library"],
    [
      "GET /branches/{branchId}/books/{bookId}/loans",
      "Get branches by branch id books by book id loans",
      "Branch Library",
    ],
  ]);
  assert.equal(collection.endpoints[0]?.tool, "lib_books_list_books");
});

Deno.test("readOpenApi() joins the parameters of path and operation", () => {
  const { parameters } = endpoint(library, "GET /books");
  assert.deepEqual(parameters.map(({ name, in: where, explode, json }) => [name, where, explode, json]), [
    ["branch", "query", true, undefined],
    ["subject", "query", false, undefined],
    ["format", "query", true, undefined],
    ["filter", "query", true, true],
    ["X-Branch-Trace", "header", false, undefined],
  ]);
  assert.deepEqual(parameters[0]?.schema, { type: ["string", "null"], maxLength: 8 });
  const changed = endpoint(parking, "PATCH /zones/{zoneId}").parameters;
  assert.deepEqual(changed.map(({ name, required }) => [name, required]), [["zoneId", true], ["lang", true]]);
  assert.deepEqual(
    endpoint(library, "GET /branches/{branchId}/books/{bookId}/loans").parameters.map((one) => one.name),
    [
      "bookId",
      "branchId",
    ],
  );
});

Deno.test("readOpenApi() follows references to bodies, answers and schemas", () => {
  const { body, schemas } = endpoint(library, "POST /books");
  assert.equal(body?.contentType, "application/json");
  assert.equal(body?.required, true);
  const book = resolveSchema(body?.schema ?? {}, schemas);
  assert.deepEqual(book.required, ["title"]);
  assert.equal(resolveSchema(book.properties?.sequels?.items ?? {}, schemas), book);
  assert.deepEqual(resolveSchema({ $ref: "#/components/schemas/Row" }, schemas), { type: "integer", minimum: 1 });
  assert.deepEqual(endpoint(library, "GET /books").responses.default, {
    contentType: "application/problem+json",
    schema: { type: "object", properties: { title: { type: "string" } } },
  });
});

Deno.test("readOpenApi() reads uploads and the server of a path", () => {
  const cover = endpoint(library, "PUT /books/{bookId}/cover");
  assert.equal(cover.server, "https://covers.library.example/v2");
  assert.deepEqual(cover.body, {
    contentType: "multipart/form-data",
    required: true,
    schema: {
      type: "object",
      properties: { cover: { type: "string", format: "binary" } },
      required: ["cover"],
    },
    encoding: { cover: { contentType: "image/png, image/jpeg" } },
  });
  assert.equal(endpoint(library, "DELETE /books/{bookId}/cover").deprecated, true);
});

Deno.test("readOpenApi() reads version 3.0", () => {
  const { endpoints } = readOpenApi(parking, "parking.json");
  assert.equal(endpoints[0]?.server, "https://parking.example/api");
  const [list, change] = endpoints;
  assert.deepEqual([list?.title, list?.feature], ["Zones list all", "City Parking"]);
  assert.deepEqual(Object.keys(list?.responses ?? {}), ["200", "404"]);
  const zone = resolveSchema(list?.responses["200"]?.schema?.items ?? {}, list?.schemas ?? {});
  assert.deepEqual(zone.properties?.kind?.enum, ["street", "garage"]);
  assert.equal(change?.body?.contentType, "application/json-patch+json");
  assert.equal(change?.responses["200"]?.contentType, "application/json");
});

Deno.test("readOpenApi() prefers the operation's own server, then the path's, then the file's", () => {
  const get = { servers: [{ url: "https://own.example" }], responses: {} };
  const paths = { "/a": { servers: [{ url: "https://path.example" }], get, put: {} }, "/b": { get, put: {} } };
  const root = { openapi: "3.0.0", servers: [{ url: "https://file.example/" }], paths };
  assert.deepEqual(readOpenApi(root, "x").endpoints.map((one) => one.server), [
    "https://own.example",
    "https://path.example",
    "https://own.example",
    "https://file.example",
  ]);
});

Deno.test("readOpenApi() takes a path over from another place of the document", () => {
  const root = {
    openapi: "3.1.0",
    paths: { "/a": { $ref: "#/components/pathItems/A" }, "x-note": 1 },
    components: { pathItems: { A: { get: { summary: "Read it" }, summary: "ignored", Get: {}, trace: {} } } },
  };
  assert.deepEqual(readOpenApi(root, "x").endpoints.map((one) => [one.title, one.feature]), [["Read it", "Other"]]);
});

Deno.test("readOpenApi() takes a version written as a number", () => {
  assert.deepEqual(readOpenApi({ openapi: 3.1 }, "x").endpoints, []);
  assert.deepEqual(readOpenApi({ openapi: 3 }, "x").endpoints, []);
});

Deno.test("readOpenApi() refuses other versions", () => {
  assert.throws(() => readOpenApi({ swagger: "2.0", paths: 1 }, "old.json"), {
    name: "UsageError",
    message: 'Cannot read collection "old.json": swagger: expected an OpenAPI document of version 3.0 or 3.1, ' +
      'converted from Swagger before, got "2.0"',
  });
  for (const openapi of ["2.0", "3.2.0", "4", "30", null, {}, undefined]) {
    assert.throws(() => readOpenApi({ openapi }, "x"), /openapi: expected version 3\.0 or 3\.1, got/);
  }
  assert.throws(() => readOpenApi("text", "x"), { name: "UsageError" });
});

Deno.test("readOpenApi() names endpoint, field and what was expected", () => {
  const path = (item: unknown, rest: Record<string, unknown> = {}) => ({
    openapi: "3.0.0",
    paths: { "/people": item },
    ...rest,
  });
  const cases: [unknown, string][] = [
    [{ openapi: "3.0.0", paths: { people: {} } }, 'paths: expected a path such as "/people/{personId}", got "people"'],
    [path([]), 'path "/people": expected an object, got an array'],
    [path({ get: 1 }), 'endpoint "GET /people": expected an object, got 1'],
    [path({ parameters: [{ in: "body" }], get: {} }), 'path "/people": parameters[0].in: expected one of'],
    [path({ get: { tags: "x" } }), 'endpoint "GET /people": tags: expected an array of strings, got "x"'],
    [path({ get: { requestBody: { $ref: "#/a" } } }), 'endpoint "GET /people": requestBody.$ref: expected a place'],
    [path({}, { components: { schemas: { A: 1 } } }), "components.schemas.A: expected a schema, got 1"],
    [
      path({}, { components: { schemas: { A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/schemas/A" } } } }),
      "components.schemas.A.$ref: expected a schema, got references in a circle",
    ],
    [path({}, { info: { title: 1 } }), "info.title: expected a string, got 1"],
    [path({ servers: {} }), 'path "/people": servers: expected an array, got an object'],
  ];
  for (const [root, message] of cases) {
    assert.throws(() => readOpenApi(root, "x.json"), (error: Error) => {
      assert(error.message.startsWith(`Cannot read collection "x.json": ${message}`), error.message);
      return true;
    });
  }
});
