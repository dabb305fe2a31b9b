import assert from "node:assert/strict";
import { CLIENTS, type Driven } from "../support/clients.ts";
import { MAIN, repliesOf, start, startUpstream } from "../support/process.ts";
import { openSession } from "../support/session.ts";

interface FeatureLine {
  readonly feature: string;
  readonly uri: string;
  readonly read_tools: number;
  readonly write_tools: number;
}

async function toolsAt(client: Driven, uri: string): Promise<{ name: string; kind: string }[]> {
  return (await client.read(uri)).tools;
}

for (const { name, connect } of CLIENTS) {
  Deno.test(`the catalogue, its features and tools are resources, with the client of ${name}`, async () => {
    await using upstream = await startUpstream();
    const client = await connect(upstream.url);
    try {
      const uris = await client.resources();
      assert.equal(uris.length, 66);
      const { tools, features }: { tools: number; features: FeatureLine[] } = await client.read("webex://catalogue");
      assert.equal(tools, 1177);
      assert.deepEqual(["webex://catalogue", ...features.map(({ uri }) => uri)], uris);
      for (const { feature, uri, read_tools: reads, write_tools: writes } of features) {
        const listed = await toolsAt(client, uri);
        assert.equal(listed.length, reads + writes, feature);
        assert.equal(listed.filter(({ kind }) => kind === "read").length, reads, feature);
      }
      const named = ["User Call Settings (1/2)", "Partner Reports/Templates", "Reports: Detailed Call History"];
      for (const feature of named) {
        assert.ok((await toolsAt(client, `webex://features/${feature}`)).length > 0, feature);
        assert.ok((await toolsAt(client, `webex://features/${encodeURIComponent(feature)}`)).length > 0, feature);
      }
      const tool = await client.read("webex://tools/hunt_group_create_a_hunt_group");
      assert.deepEqual(tool.input_schema.required, ["locationId", "name", "callPolicies", "agents", "enabled"]);
      assert.deepEqual(tool.ids.locationId, ["locations_list_locations"]);
      assert.deepEqual([tool.method, tool.kind], ["POST", "write"]);

      assert.deepEqual(await client.templates(), [
        "webex://features/{feature}",
        "webex://tools/{tool}",
        "webex://results/{id}",
      ]);
      const features1 = { type: "ref/resource", uri: "webex://features/{feature}" } as const;
      assert.deepEqual(await client.complete(features1, "feature", "hunt"), ["Features: Hunt Group"]);
      const tools1 = { type: "ref/resource", uri: "webex://tools/{tool}" } as const;
      assert.equal((await client.complete(tools1, "tool", "")).length, 100);
      await assert.rejects(client.read("webex://features/hunt grup"), /did you mean "Hunt Group"/);
      await assert.rejects(client.read("webex://tools/people_list_peple"), /did you mean "people_list_people"/);
      await assert.rejects(
        client.complete({ type: "ref/resource", uri: "webex://x/{y}" }, "y", ""),
        /Unknown resource/,
      );
    } finally {
      await client.close();
    }
    assert.deepEqual(upstream.sandbox.requests.entries, []);
  });
}

Deno.test("resources show the current selection only", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url, { flags: ["--read-only", "--features", "hunt group,people"] });
  const read = async (uri: string) => (await session.request("resources/read", { uri })).result?.contents[0].text;
  const { features, write_tools: writes } = JSON.parse(await read("webex://catalogue"));
  assert.deepEqual(features.map(({ feature }: FeatureLine) => feature).sort(), ["Features: Hunt Group", "People"]);
  assert.equal(writes, 0);
  assert.equal(await read("webex://features/Call Queue"), undefined);
  assert.equal(await read("webex://tools/people_create_a_person"), undefined);
  const { error } = await session.request("resources/read", { uri: "webex://tools/people_create_a_person" });
  assert.match(error?.message ?? "", /is not available: this server was started read-only/);
});

Deno.test("what never changes may be cached by anybody, and the list with results in it by nobody", async () => {
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": { name: "test", version: "0" },
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  const requests: readonly (readonly [method: string, params: Record<string, unknown>, scope: string])[] = [
    ["prompts/list", {}, "public"],
    ["resources/templates/list", {}, "public"],
    ["resources/read", { uri: "webex://catalogue" }, "public"],
    ["resources/list", {}, "private"],
  ];
  const program = start(["run", "--quiet", "-A", MAIN, "serve", "--sandbox"]);
  await program.send(...requests.map(([method, params], id) => ({
    jsonrpc: "2.0",
    id,
    method,
    params: { ...params, _meta },
  })));
  const replies = repliesOf((await program.finish()).stdout);
  for (const [id, [method, , scope]] of requests.entries()) {
    const { result } = replies.find((reply) => reply.id === id) ?? {};
    assert.deepEqual([result?.cacheScope, result?.ttlMs > 0], [scope, scope === "public"], method);
  }
});
