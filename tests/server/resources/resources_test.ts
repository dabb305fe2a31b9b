import type { Client } from "@modelcontextprotocol/client";
import { Server } from "@modelcontextprotocol/server";
import assert from "node:assert/strict";
import { systemClock } from "../../../src/core/clock.ts";
import { registerResources } from "../../../src/server/resources/resources.ts";
import { createCatalogue } from "../../../src/tools/catalogue.ts";
import { createCatalogueIndex } from "../../../src/tools/catalogue_index.ts";
import { createMemoryStore } from "../../../src/store/memory_store.ts";
import { createResultStore, type ResultStore } from "../../../src/tools/results/result_store.ts";
import { endpointOf, writerOf } from "../../support/endpoints.ts";
import { withInMemoryClient } from "../../support/in_memory_client.ts";

const CATALOGUE = createCatalogue([
  endpointOf({ tool: "hunt_group_list", formerly: ["hunt_list"], feature: "Features: Hunt Group", path: "/groups" }),
  endpointOf({ tool: "user_get", feature: "User Call Settings (1/2)" }),
  writerOf({}, [], { tool: "partner_reports_create", feature: "Partner Reports/Templates" }),
  endpointOf({ tool: "call_history_get", feature: "Reports: Detailed Call History" }),
], "full");

/** Lets a real client talk to a server that has resources only. */
async function withClient(work: (client: Client, store: ResultStore) => Promise<void>): Promise<void> {
  const store = createResultStore({
    store: createMemoryStore({ clock: systemClock }),
    owner: "ann",
    clock: systemClock,
  });
  const server = new Server({ name: "test", version: "0" }, { capabilities: { resources: {} } });
  registerResources(server, {
    catalogue: CATALOGUE,
    index: createCatalogueIndex(CATALOGUE, () => Promise.resolve({ "Features: Hunt Group": ["Ring Groups"] })),
    results: store,
    explain: (tool) => Promise.resolve(`Unknown tool "${tool}": did you mean "${CATALOGUE.nearest(tool)[0]}"?`),
    isPublic: true,
    hide: (text) => text.replaceAll("planted", "[redacted]"),
  });
  await withInMemoryClient(server, (client) => work(client, store));
}

async function textOf(client: Client, uri: string): Promise<string> {
  const { contents: [content] } = await client.readResource({ uri });
  assert.ok(content !== undefined && "text" in content);
  assert.deepEqual([content.uri, content.mimeType], [uri, "application/json"]);
  return content.text;
}

async function refusal(client: Client, uri: string): Promise<string> {
  try {
    await client.readResource({ uri });
  } catch (error) {
    assert.ok(error instanceof Error && "code" in error);
    assert.equal(error.code, -32602);
    return error.message;
  }
  return assert.fail(`Expected no resource ${uri}`);
}

Deno.test("registerResources() lists the catalogue, every feature and the results that there are", async () => {
  await withClient(async (client, store) => {
    const kept = await store.put('{"body":[1]}', "people_list_people");
    const { resources } = await client.listResources();
    assert.deepEqual(resources.map(({ uri }) => uri), [
      "webex://catalogue",
      "webex://features/Features%3A%20Hunt%20Group",
      "webex://features/User%20Call%20Settings%20%281%2F2%29",
      "webex://features/Partner%20Reports%2FTemplates",
      "webex://features/Reports%3A%20Detailed%20Call%20History",
      kept?.uri,
    ]);
    for (const { uri } of resources) assert.ok((await textOf(client, uri)).length > 0);
    const { resourceTemplates } = await client.listResourceTemplates();
    assert.deepEqual(resourceTemplates.map(({ uriTemplate }) => uriTemplate), [
      "webex://features/{feature}",
      "webex://tools/{tool}",
      "webex://results/{id}",
    ]);
  });
});

Deno.test("registerResources() finds features by any of their names, escaped or not", async () => {
  const names = [
    ["Features: Hunt Group", "hunt_group_list"],
    ["hunt%20group", "hunt_group_list"],
    ["RING-GROUPS", "hunt_group_list"],
    ["User%20Call%20Settings%20(1%2F2)", "user_get"],
    ["User Call Settings (1/2)", "user_get"],
    ["Partner%20Reports/Templates", "partner_reports_create"],
    ["detailed call history", "call_history_get"],
  ];
  await withClient(async (client) => {
    for (const [name, tool] of names) {
      const { tools } = JSON.parse(await textOf(client, `webex://features/${name}`));
      assert.deepEqual(tools.map((one: { name: string }) => one.name), [tool], name);
    }
  });
});

Deno.test("registerResources() reads a tool, under a former name too", async () => {
  await withClient(async (client) => {
    for (const name of ["hunt_group_list", "hunt_list"]) {
      const { tool, path } = JSON.parse(await textOf(client, `webex://tools/${name}`));
      assert.deepEqual([tool, path], ["hunt_group_list", "/groups"]);
    }
  });
});

Deno.test("registerResources() refuses what isn't there, and names what comes closest", async () => {
  await withClient(async (client, store) => {
    const kept = await store.put("{}", "list");
    assert.match(
      await refusal(client, "webex://features/hunt%20grup"),
      /no feature "hunt grup" here; did you mean "Hunt Group"/,
    );
    assert.match(
      await refusal(client, "webex://features/zzzzzz"),
      /no feature "zzzzzz" here; webex:\/\/catalogue lists all/,
    );
    assert.match(await refusal(client, "webex://features/"), /no feature ""/);
    assert.match(await refusal(client, "webex://tools/hunt_group_lst"), /did you mean "hunt_group_list"/);
    assert.match(await refusal(client, "webex://results/other"), /There is no result/);
    for (const uri of [kept?.id ?? "", "file:///etc/passwd", "webex://other"]) {
      assert.match(
        await refusal(client, uri),
        /There is no resource .*: expected webex:\/\/catalogue, webex:\/\/features/,
      );
    }
    assert.ok((await refusal(client, `webex://features/${"x".repeat(200_000)}`)).length < 300);
  });
});

Deno.test("registerResources() hides secrets, in contents and in refusals", async () => {
  await withClient(async (client, store) => {
    const kept = await store.put('{"body":"planted"}', "list");
    assert.equal(await textOf(client, kept?.uri ?? ""), '{"body":"[redacted]"}');
    for (const uri of ["webex://features/planted", "webex://tools/planted", "webex://planted"]) {
      assert.doesNotMatch(await refusal(client, uri), /planted/);
    }
  });
});
