import assert from "node:assert/strict";
import { runCollection } from "../../src/cli/collection.ts";
import { loadCollections } from "../../src/cli/collections.ts";
import type { Endpoint } from "../../src/collection/endpoint.ts";
import { selectEndpoints } from "../../src/collection/selection.ts";
import { isRisky } from "../../src/tools/confirmation/risk.ts";
import { fakeSystem } from "../support/fake_system.ts";

const PARKING = JSON.stringify({
  openapi: "3.0.0",
  info: { title: "Parking", version: "1" },
  servers: [{ url: "https://parking.example.com" }],
  paths: {
    "/lots": {
      get: { tags: ["Lots"], summary: "List Lots", responses: { 200: { description: "OK" } } },
      post: { tags: ["Lots"], summary: "Create a Lot", responses: { 201: { description: "OK" } } },
    },
    "/cars": { get: { tags: ["Cars"], summary: "List Cars", responses: { 200: { description: "OK" } } } },
  },
});

Deno.test("loadCollections() without paths is the embedded collection alone", async () => {
  const collections = await loadCollections([], () => assert.fail("read a file"));
  assert.deepEqual(collections.map(({ endpoints }) => endpoints.length), [1177]);
});

Deno.test("loadCollections() keeps files of one name apart", async () => {
  const system = fakeSystem({ files: { "a/parking.json": PARKING, "b/parking.json": PARKING } });
  const collections = await loadCollections(["a/parking.json", "b/parking.json"], system.readTextFile);
  assert.deepEqual(collections.map(({ namespace }) => namespace), ["", "parking", "parking2"]);
  const tools = collections.flatMap(({ endpoints }) => endpoints.map(({ tool }) => tool));
  assert.equal(new Set(tools).size, tools.length);
  assert.ok(tools.includes("parking_lots_list_lots"));
});

Deno.test("loadCollections() says which file is missing", async () => {
  await assert.rejects(loadCollections(["x.json"], fakeSystem().readTextFile), {
    message: 'Cannot read "x.json": there is no such file',
  });
});

Deno.test("runCollection() counts the operations of each feature", async () => {
  const system = fakeSystem({ files: { "parking.json": PARKING } });
  assert.equal(await runCollection({ command: "collection", paths: ["parking.json"], json: false }, system), 0);
  assert.equal(
    system.out(),
    'parking.json: 3 operations in 2 features, tools begin with "parking_"\n  2  Lots\n  1  Cars\n',
  );
});

Deno.test("runCollection() prints the counts for machines", async () => {
  const system = fakeSystem({ files: { "parking.json": PARKING } });
  await runCollection({ command: "collection", paths: ["parking.json"], json: true }, system);
  assert.deepEqual(JSON.parse(system.out()), [
    { path: "parking.json", namespace: "parking", endpoints: 3, features: { Lots: 2, Cars: 1 } },
  ]);
});

Deno.test("runCollection() prints nothing when one of the files is malformed", async () => {
  const system = fakeSystem({ files: { "parking.json": PARKING, "bad.json": "{" } });
  await assert.rejects(
    runCollection({ command: "collection", paths: ["parking.json", "bad.json"], json: false }, system),
    {
      name: "UsageError",
    },
  );
  assert.equal(system.out(), "");
});

Deno.test("loadCollections() knows operations of Webex Calling under another address, and what they do", async () => {
  const operation = { tags: ["Any"], summary: "Do it", responses: { 200: { description: "OK" } } };
  const api = {
    openapi: "3.0.0",
    info: { title: "Again", version: "1" },
    servers: [{ url: "https://webexapis.com" }],
    paths: {
      "/v1/telephony/config/jobs/locations/deleteCallingLocation": { post: operation },
      "/v1/convergedRecordings/purge": { post: operation },
      "/v1/people/{anyId}": {
        put: { ...operation, parameters: [{ name: "anyId", in: "path", required: true, schema: { type: "string" } }] },
      },
      "/v1/unknown/things": { post: operation },
    },
  };
  const collections = await loadCollections(
    ["again.json"],
    fakeSystem({ files: { "again.json": JSON.stringify(api) } }).readTextFile,
  );
  const again = collections[1]?.endpoints ?? [];
  assert.deepEqual(again.map(({ path, facts }) => [path, facts.destructive, isRisky(endpointAt(again, path))]), [
    ["/v1/telephony/config/jobs/locations/deleteCallingLocation", true, true],
    ["/v1/convergedRecordings/purge", true, true],
    ["/v1/people/{anyId}", true, true],
    ["/v1/unknown/things", false, false],
  ]);
});

Deno.test("a file cannot make a change of Webex Calling pass for a read, nor any POST on a read-only server", async () => {
  const spec = { spec: { responses: {} } };
  const file = {
    version: "1",
    endpoints: {
      Any: [
        { id: "1", title: "Purge", method: "POST", path: "/convergedRecordings/purge", facts: { kind: "read" }, spec },
        {
          id: "2",
          title: "Soft",
          method: "POST",
          path: "/convergedRecordings/softDelete",
          facts: { destructive: false },
          spec,
        },
        { id: "3", title: "Look", method: "POST", path: "/lots/look", facts: { kind: "read" }, spec },
        { id: "4", title: "List", method: "GET", path: "/lots", spec },
      ],
    },
  };
  const collections = await loadCollections(
    ["any.json"],
    fakeSystem({ files: { "any.json": JSON.stringify(file) } }).readTextFile,
  );
  const facts = (collections[1]?.endpoints ?? []).map((endpoint) => [endpoint.facts.kind, endpoint.facts.destructive]);
  assert.deepEqual(facts, [["write", true], ["write", true], ["read", false], ["read", false]]);
  const readable = selectEndpoints(collections.slice(1), { readOnly: true }).map(({ path }) => path);
  assert.deepEqual(readable, ["/lots"]);
});

function endpointAt(endpoints: readonly Endpoint[], path: string): Endpoint {
  return endpoints.find((endpoint) => endpoint.path === path) ?? assert.fail(path);
}
