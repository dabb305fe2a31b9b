import { Client } from "@modelcontextprotocol/client";
import { InMemoryTransport, Server } from "@modelcontextprotocol/server";
import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.ts";
import { isJsonObject, type Json } from "../../src/core/json.ts";
import { registerResources } from "../../src/server/resources.ts";
import { createResultStore, type ResultStore } from "../../src/tools/results/result_store.ts";

/** Lets a real client talk to a server that has resources only. */
async function withClient(work: (client: Client, store: ResultStore) => Promise<void>): Promise<void> {
  const store = createResultStore({ clock: systemClock });
  const server = new Server({ name: "test", version: "0" }, { capabilities: { resources: {} } });
  registerResources(server, store);
  const [near, far] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: "test", version: "0" });
  await server.connect(far);
  await client.connect(near);
  try {
    await work(client, store);
  } finally {
    await client.close();
    await server.close();
  }
}

async function textOf(client: Client, uri: string): Promise<string> {
  const { contents: [content] } = await client.readResource({ uri });
  assert.ok(content !== undefined && "text" in content);
  assert.deepEqual([content.uri, content.mimeType], [uri, "application/json"]);
  return content.text;
}

Deno.test("registerResources() lists the results that there are, and the form of their addresses", async () => {
  await withClient(async (client, store) => {
    assert.deepEqual((await client.listResources()).resources, []);
    const kept = store.put('{"body":[1]}', "people_list_people");
    const { resources: [resource] } = await client.listResources();
    assert.deepEqual([resource?.uri, resource?.mimeType, resource?.size], [kept?.uri, "application/json", 12]);
    assert.match(resource?.name ?? "", /^people_list_people \d{4}-/);
    const { resourceTemplates } = await client.listResourceTemplates();
    assert.deepEqual(resourceTemplates.map(({ uriTemplate }) => uriTemplate), ["webex://results/{id}"]);
  });
});

Deno.test("registerResources() reads a result whole", async () => {
  await withClient(async (client, store) => {
    const text = JSON.stringify({ status_code: 200, body: { items: ["é".repeat(400_000)] } });
    const kept = store.put(text, "people_list_people");
    assert.equal(await textOf(client, kept?.uri ?? ""), text);
  });
});

Deno.test("registerResources() reads the first whole items of a result that is longer than clients take", async () => {
  await withClient(async (client, store) => {
    const items = Array.from({ length: 60_000 }, (_, id) => ({ id, displayName: `Person ${id}` }));
    const kept = store.put(JSON.stringify({ status_code: 200, body: { items }, items_returned: 60_000 }), "list");
    const text = await textOf(client, kept?.uri ?? "");
    assert.ok(text.length <= 1_000_000 && text.length > 900_000);
    const value: Json = JSON.parse(text);
    assert.ok(isJsonObject(value) && isJsonObject(value.body) && Array.isArray(value.body.items));
    assert.deepEqual(value.body.items, items.slice(0, value.body.items.length));
    assert.ok(isJsonObject(value.truncated));
    assert.deepEqual([value.truncated.result, value.items_returned], [kept?.uri, value.body.items.length]);
    assert.equal(store.list().length, 1);
  });
});

Deno.test("registerResources() refuses what isn't there, by the code of the protocol's newest revision", async () => {
  await withClient(async (client, store) => {
    const kept = store.put("{}", "list");
    for (const uri of ["webex://results/other", "webex://results/", kept?.id ?? "", "file:///etc/passwd"]) {
      await assert.rejects(client.readResource({ uri }), (error: unknown) => {
        assert.ok(error instanceof Error && "code" in error);
        assert.equal(error.code, -32602);
        assert.match(error.message, /There is no result/);
        return true;
      });
    }
  });
});
