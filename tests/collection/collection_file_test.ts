import assert from "node:assert/strict";
import { readCollectionFile } from "../../src/collection/collection_file.ts";
import type { Endpoint } from "../../src/collection/endpoint.ts";

const classic: unknown = JSON.parse(
  await Deno.readTextFile(new URL("../fixtures/classic_collection.json", import.meta.url)),
);

/** A file with one endpoint. */
function file(endpoint: unknown, rest: Record<string, unknown> = {}): Record<string, unknown> {
  return { endpoints: { People: [endpoint] }, ...rest };
}

function only(endpoint: Record<string, unknown>, rest: Record<string, unknown> = {}): Endpoint {
  const [first] = readCollectionFile(file({ method: "GET", path: "/a", ...endpoint }, rest), "x.json").endpoints;
  assert(first !== undefined);
  return first;
}

Deno.test("readCollectionFile() reads the reference design's form", () => {
  const collection = readCollectionFile(classic, "classic.json");
  assert.equal(collection.source, "classic.json");
  assert.equal(collection.namespace, "");
  assert.ok(collection.endpoints.some(({ server }) => server === "https://webexapis.com/v1"));
  assert.deepEqual(collection.aliases, { People: ["Users", "Directory"] });
  assert.deepEqual(
    collection.endpoints.map((one) => [one.id, one.title, one.feature, one.method, one.path]),
    [
      ["p1", "List People", "People", "GET", "/people"],
      ["p2", "Create a Person", "People", "POST", "/people"],
      ["3", "Delete a Person", "People", "DELETE", "/people/{personId}"],
      ["c1", "Get Detailed Call History", "Detailed Call History", "GET", "/cdr_feed"],
    ],
  );
  assert.deepEqual(collection.endpoints.slice(0, 3).map((one) => one.tool), [
    "people_list_people",
    "people_create_a_person",
    "people_delete_a_person",
  ]);
});

Deno.test("readCollectionFile() reads parameters, body, answers and servers", () => {
  const [list, create, remove, history] = readCollectionFile(classic, "classic.json").endpoints;
  assert.deepEqual(list?.parameters.map((one) => [one.name, one.explode]), [
    ["email", true],
    ["id", false],
    ["roles", true],
    ["max", true],
  ]);
  assert.deepEqual(list?.responses["200"]?.schema?.properties?.items?.items, { $ref: "#/schemas/Person" });
  assert.deepEqual(create?.body, {
    contentType: "application/json",
    required: true,
    schema: { $ref: "#/schemas/Person" },
  });
  assert.deepEqual(create?.schemas.Person?.required, ["emails"]);
  assert.deepEqual(remove?.parameters.map((one) => one.name), ["personId"]);
  assert.deepEqual([list?.server, history?.server], [
    "https://webexapis.com/v1",
    "https://analytics-calling.webexapis.com/v1",
  ]);
});

Deno.test("readCollectionFile() takes facts from the file and derives missing ones", () => {
  const [, create, remove, history] = readCollectionFile(classic, "classic.json").endpoints;
  assert.deepEqual(history?.facts.paging, { style: "window", default: 500, max: 5000 });
  assert.equal(history?.facts.list, "items");
  assert.equal(create?.facts.kind, "write");
  assert.equal(remove?.facts.destructive, true);
});

Deno.test("readCollectionFile() reads a trusted file to the same result", () => {
  assert.deepEqual(
    readCollectionFile(classic, "classic.json", { trusted: true }),
    readCollectionFile(classic, "classic.json"),
  );
});

Deno.test("readCollectionFile() takes over the components of OpenAPI", () => {
  const endpoint = only(
    {
      spec: {
        spec: {
          parameters: [{ $ref: "#/components/parameters/Max" }],
          requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/A" } } } },
        },
      },
    },
    {
      components: {
        schemas: { A: { type: "string" } },
        parameters: { Max: { name: "max", in: "query", schema: { type: "integer" } } },
      },
    },
  );
  assert.deepEqual(endpoint.schemas, { A: { type: "string" } });
  assert.equal(endpoint.parameters[0]?.name, "max");
});

Deno.test("readCollectionFile() is content with method and path alone", () => {
  const endpoint = only({ method: "get", path: "/people/{id}", spec: null });
  assert.equal(endpoint.id, "GET /people/{id}");
  assert.equal(endpoint.title, "Get people by id");
  assert.equal(endpoint.tool, "people_get_people_by_id");
  assert.equal(endpoint.description, "");
  assert.equal(only({ spec: { spec: { summary: "S" } }, title: "T" }).description, "S");
});

Deno.test("readCollectionFile() keeps the names that a tool had formerly", () => {
  assert.deepEqual(only({ formerly: ["old_name"] }).formerly, ["old_name"]);
  assert.equal("formerly" in only({}), false);
});

Deno.test("readCollectionFile() leaves out methods that no endpoint can have", () => {
  assert.deepEqual(readCollectionFile(file({ method: "TRACE", path: "/a" }), "x").endpoints, []);
});

Deno.test("readCollectionFile() puts the namespace before every name", () => {
  const { endpoints, namespace } = readCollectionFile(classic, "classic.json", { namespace: "mine" });
  assert.equal(namespace, "mine");
  assert(endpoints.every((one) => one.tool.startsWith("mine_")));
});

Deno.test("readCollectionFile() names endpoint, field and what was expected", () => {
  const get = { method: "GET", path: "/people" };
  const spec = (fields: unknown) => ({ ...get, spec: { spec: fields } });
  const cases: [unknown, string][] = [
    [[], ": expected an object, got an array"],
    [{}, ": endpoints: expected an object, got nothing"],
    [{ endpoints: [] }, ": endpoints: expected an object, got an array"],
    [{ endpoints: { People: {} } }, ": endpoints.People: expected an array, got an object"],
    [file("x"), ': endpoint "People[0]": expected an object, got "x"'],
    [file({ ...get, method: "GRAB" }), ': endpoint "People[0]": method: expected a method such as "GET", got "GRAB"'],
    [
      file({ method: "GET" }),
      ': endpoint "People[0]": path: expected a path such as "/people/{personId}", got nothing',
    ],
    [
      file(spec({ parameters: [{ name: "a", in: "body" }] })),
      ': endpoint "GET /people": parameters[0].in: expected one of "path", "query", "header", got "body"',
    ],
    [file({ ...get, spec: 1 }), ': endpoint "GET /people": spec: expected an object, got 1'],
    [file({ ...get, facts: { kind: 1 } }), ': endpoint "GET /people": facts.kind: expected "read" or "write", got 1'],
    [
      file(spec({ requestBody: { content: { "application/json": { schema: { $ref: "#/schemas/X" } } } } })),
      ': endpoint "GET /people": requestBody.content.application/json.schema.$ref: ' +
      'expected the name of a schema in the same file, got "#/schemas/X"',
    ],
    [file(get, { schemas: { A: { type: 1 } } }), ": schemas.A.type: expected one of"],
    [file(get, { features: { People: { aliases: "x" } } }), ": features.People.aliases: expected an array of strings"],
    [{ endpoints: { A: [get], B: [get] } }, ': endpoint "GET /people": expected once, got it in "A" and in "B"'],
  ];
  for (const [root, message] of cases) {
    assert.throws(() => readCollectionFile(root, "x.json"), (error: Error) => {
      assert.equal(error.name, "UsageError");
      assert(error.message.startsWith(`Cannot read collection "x.json"${message}`), error.message);
      return true;
    });
  }
});
