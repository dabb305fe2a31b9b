import type { Client } from "@modelcontextprotocol/client";
import { Server } from "@modelcontextprotocol/server";
import fc from "fast-check";
import assert from "node:assert/strict";
import { complete, registerCompletion } from "../../src/server/completion.ts";
import { createCatalogueIndex } from "../../src/tools/catalogue_index.ts";
import { createWorkflowBook } from "../../src/tools/workflows/workflow_book.ts";
import { endpointOf } from "../support/endpoints.ts";
import { withInMemoryClient } from "../support/in_memory_client.ts";

const FEATURES = ["Call Routing", "Features: Call Queue", "Recalls", "People", "User Call Settings (1/2)"];

Deno.test("complete() gives what begins with the text, then words that do, then what contains it", () => {
  assert.deepEqual(complete(FEATURES, "CALL").values, [
    "Call Routing",
    "Features: Call Queue",
    "User Call Settings (1/2)",
    "Recalls",
  ]);
  assert.deepEqual(complete(FEATURES, "nothing"), { values: [], total: 0, hasMore: false });
});

Deno.test("complete() minds neither case nor punctuation", () => {
  for (const typed of ["features: call", "features call", "Features:Call", " FEATURES  C"]) {
    assert.deepEqual(complete(FEATURES, typed).values, ["Features: Call Queue"], typed);
  }
  assert.deepEqual(complete(FEATURES, "settings (1/").values, ["User Call Settings (1/2)"]);
  assert.deepEqual(complete(["people_list_people", "people_get"], "people l").values, ["people_list_people"]);
  assert.deepEqual(complete(FEATURES, "").values, FEATURES);
});

Deno.test("complete() gives at most 100 values, and says how many there are", () => {
  const many = Array.from({ length: 250 }, (_, index) => `tool_${index}`);
  const { values, total, hasMore } = complete(many, "tool");
  assert.deepEqual([values.length, total, hasMore], [100, 250, true]);
  assert.equal(complete(many.slice(0, 100), "tool").hasMore, false);
});

Deno.test("complete() takes any text, and gives known values once each", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (typed) => {
    const { values, total } = complete(FEATURES, typed);
    assert.equal(new Set(values).size, total);
    assert.ok(values.every((value) => FEATURES.includes(value)));
  }));
});

const ENDPOINTS = [
  endpointOf({ tool: "people_list_people", feature: "People" }),
  endpointOf({ tool: "hunt_group_list", feature: "Features: Hunt Group" }),
];

/** Lets a real client talk to a server that completes only. */
async function withClient(work: (client: Client) => Promise<void>): Promise<void> {
  const index = createCatalogueIndex({ endpoints: () => Promise.resolve(ENDPOINTS) }, () => Promise.resolve({}));
  const find = () => "some_tool";
  const book = createWorkflowBook({ operations: () => Promise.resolve(find) }, "all");
  const server = new Server({ name: "test", version: "0" }, { capabilities: { completions: {} } });
  registerCompletion(server, { index, book, hide: (text) => text.replaceAll("planted", "[redacted]") });
  await withInMemoryClient(server, work);
}

async function promptValues(client: Client, name: string, argument: string, value: string): Promise<string[]> {
  const { completion } = await client.complete({
    ref: { type: "ref/prompt", name },
    argument: { name: argument, value },
  });
  return completion.values;
}

async function resourceValues(client: Client, uri: string, argument: string, value: string): Promise<string[]> {
  const { completion } = await client.complete({
    ref: { type: "ref/resource", uri },
    argument: { name: argument, value },
  });
  return completion.values;
}

Deno.test("registerCompletion() completes arguments of prompts: fixed values, features and tools", async () => {
  await withClient(async (client) => {
    assert.deepEqual(await promptValues(client, "build_call_queue", "policy", "sim"), ["SIMULTANEOUS"]);
    assert.deepEqual(await promptValues(client, "onboard_user", "licence", "prof"), ["Webex Calling Professional"]);
    assert.deepEqual(await promptValues(client, "explore_feature", "feature", "hunt"), ["Features: Hunt Group"]);
    assert.deepEqual(await promptValues(client, "explore_feature", "tool", "people"), ["people_list_people"]);
    assert.deepEqual(await promptValues(client, "onboard_user", "email", "a"), []);
    assert.deepEqual(await promptValues(client, "onboard_user", "other", ""), []);
  });
});

Deno.test("registerCompletion() completes the variables of addresses", async () => {
  await withClient(async (client) => {
    assert.deepEqual(await resourceValues(client, "webex://features/{feature}", "feature", "peo"), ["People"]);
    assert.deepEqual(await resourceValues(client, "webex://tools/{tool}", "tool", "hunt_"), ["hunt_group_list"]);
    assert.deepEqual(await resourceValues(client, "webex://features/{feature}", "tool", ""), []);
    assert.deepEqual(await resourceValues(client, "webex://tools/{tool}", "feature", ""), []);
    assert.deepEqual(await resourceValues(client, "webex://results/{id}", "id", ""), []);
    assert.deepEqual(await resourceValues(client, "webex://catalogue", "x", ""), []);
  });
});

Deno.test("registerCompletion() refuses references to nothing", async () => {
  await withClient(async (client) => {
    const wrongs: [() => Promise<unknown>, RegExp][] = [
      [() => promptValues(client, "onbord_user", "email", ""), /did you mean "onboard_user"/],
      [
        () => resourceValues(client, "webex://other/{x}", "x", ""),
        /Unknown resource template "webex:\/\/other\/\{x\}"/,
      ],
      [() => resourceValues(client, "planted", "x", ""), /"\[redacted\]"/],
    ];
    for (const [work, message] of wrongs) await assert.rejects(work(), { code: -32602, message });
  });
});
