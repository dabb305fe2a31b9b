import type { Client } from "@modelcontextprotocol/client";
import { type JSONRPCRequest, type Result, type ServerContext } from "@modelcontextprotocol/server";
import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { createCatalogueIndex } from "../../src/tools/catalogue_index.ts";
import { createWorkflowBook } from "../../src/tools/workflows/workflow_book.ts";
import { ObservedServer } from "../../src/server/observed_server.ts";
import { createServerFactory } from "../../src/server/server.ts";
import { createCatalogue } from "../../src/tools/catalogue.ts";
import type { Caller, Dispatcher } from "../../src/tools/dispatcher.ts";
import type { ToolResult } from "../../src/tools/results/result.ts";
import { createMemoryStore } from "../../src/store/memory_store.ts";
import { createResultStore } from "../../src/tools/results/result_store.ts";
import { endpointOf } from "../support/endpoints.ts";
import { withInMemoryClient } from "../support/in_memory_client.ts";

type Handler = (request: JSONRPCRequest, ctx: ServerContext) => Promise<Result>;
type Call = (args: JsonObject, caller: Caller) => Promise<ToolResult>;

interface Situation {
  readonly call?: Call;
  readonly structured?: boolean;
  readonly Kind?: typeof ObservedServer;
}

const CATALOGUE = createCatalogue([endpointOf({ tool: "people_list_people", feature: "People" })], "full");

/** A dispatcher of one tool. */
function dispatcherOf(call: Call): Dispatcher {
  return {
    definitions: CATALOGUE.definitions,
    explain: (tool) => Promise.resolve(`Unknown tool "${tool}": did you mean "${CATALOGUE.nearest(tool)[0]}"?`),
    settled: () => Promise.resolve(),
    inFlight: () => 0,
    call: async (tool, args, caller) => tool === "people_list_people" ? await call(args, caller) : undefined,
  };
}

/** Lets a real client talk to a server in this process. */
async function withClient(
  {
    call = () => Promise.resolve({ isError: false, value: { status_code: 200, body: null } }),
    structured = false,
    Kind,
  }: Situation,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const index = createCatalogueIndex(CATALOGUE, () => Promise.resolve({}));
  const server = createServerFactory({
    implementation: { name: "test", version: "0" },
    instructions: "Read me",
    dispatcher: dispatcherOf(call),
    catalogue: CATALOGUE,
    index,
    book: createWorkflowBook(index, "all"),
    results: createResultStore({
      store: createMemoryStore({ clock: systemClock }),
      owner: "ann",
      clock: systemClock,
    }),
    hide: (text) => text.replaceAll("planted", "[redacted]"),
    structured,
    isPublic: true,
  }, Kind)();
  await withInMemoryClient(server, work);
}

Deno.test("createServerFactory() makes a server that lists the catalogue and has instructions", async () => {
  await withClient({}, async (client) => {
    const { tools, nextCursor } = await client.listTools();
    assert.deepEqual(tools.map((tool) => tool.name), ["people_list_people"]);
    assert.equal(nextCursor, undefined);
    assert.equal(client.getInstructions(), "Read me");
  });
});

Deno.test("createServerFactory() makes a server that refuses an unknown tool and names the nearest", async () => {
  await withClient({}, async (client) => {
    const call = client.callTool({ name: "people_list_peple", arguments: {} });
    await assert.rejects(call, (error: unknown) => {
      assert.ok(error instanceof Error && "code" in error);
      assert.equal(error.code, -32602);
      assert.match(error.message, /did you mean "people_list_people"\?/);
      return true;
    });
  });
});

Deno.test("createServerFactory() makes a server that answers one text, and structured content only when asked", async () => {
  await withClient({}, async (client) => {
    const result = await client.callTool({ name: "people_list_people", arguments: {} });
    assert.deepEqual(result.content, [{ type: "text", text: '{"status_code":200,"body":null}' }]);
    assert.equal(result.structuredContent, undefined);
  });
  await withClient({ structured: true }, async (client) => {
    const result = await client.callTool({ name: "people_list_people", arguments: {} });
    assert.deepEqual(result.structuredContent, { status_code: 200, body: null });
  });
});

Deno.test("createServerFactory() makes a server that passes the caller's cancellation on", async () => {
  const { promise: started, resolve: start } = Promise.withResolvers<AbortSignal | undefined>();
  const call: Call = (_args, { signal }) => {
    start(signal);
    const { promise, resolve } = Promise.withResolvers<{ isError: boolean; value: Record<string, never> }>();
    signal?.addEventListener("abort", () => resolve({ isError: true, value: {} }));
    return promise;
  };
  await withClient({ call }, async (client) => {
    const stop = new AbortController();
    const pending = client.callTool({ name: "people_list_people", arguments: {} }, { signal: stop.signal });
    const signal = await started;
    stop.abort("enough");
    await assert.rejects(pending);
    assert.equal(signal?.aborted, true);
  });
});

Deno.test("createServerFactory() makes a server that sends no message longer than clients take", async () => {
  const large = (body: string) => () => Promise.resolve({ isError: false, value: { status_code: 200, body } });
  await withClient({ call: large('"'.repeat(3_000_000)) }, async (client) => {
    const result = await client.callTool({ name: "people_list_people", arguments: {} });
    assert.equal(result.isError, true);
    assert.match(JSON.stringify(result), /answer_too_large/);
  });
  await withClient({ call: large("字".repeat(3_000_000)) }, async (client) => {
    const result = await client.callTool({ name: "people_list_people", arguments: {} });
    assert.equal(result.isError, true);
  });
  const failing = () =>
    Promise.resolve({ isError: true, value: { status_code: 500, error: "\u0001".repeat(2_000_000) } });
  await withClient({ call: failing }, async (client) => {
    const [content] = (await client.callTool({ name: "people_list_people", arguments: {} })).content;
    const { status_code: status, guidance } = JSON.parse(content?.type === "text" ? content.text : "");
    assert.equal(status, 500);
    assert.doesNotMatch(guidance, /carried out/);
  });
  await withClient({ call: large("x".repeat(5_000_000)) }, async (client) => {
    const result = await client.callTool({ name: "people_list_people", arguments: {} });
    assert.equal(result.isError, undefined);
  });
});

Deno.test("createServerFactory() makes a server that hides secrets, wherever a caller has them from", async () => {
  const call: Call = () => Promise.resolve({ isError: true, value: { error: { message: 'Unknown "planted"' } } });
  await withClient({ call, structured: true }, async (client) => {
    const result = await client.callTool({ name: "people_list_people", arguments: { planted: 1 } });
    assert.doesNotMatch(JSON.stringify(result), /planted/);
    assert.match(JSON.stringify(result.structuredContent), /\[redacted\]/);
    await assert.rejects(client.callTool({ name: "planted", arguments: {} }), /Unknown tool "\[redacted\]"/);
  });
});

Deno.test("createServerFactory() makes a server that repeats no token in a refusal, and leaves results as they are", async () => {
  const jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.c2ln";
  const call: Call = ({ isError }) =>
    Promise.resolve({ isError: isError === true, value: { error: { message: jwt } } });
  await withClient({ call }, async (client) => {
    const answer = async (isError: boolean) =>
      JSON.stringify(await client.callTool({ name: "people_list_people", arguments: { isError } }));
    assert.ok(!(await answer(true)).includes("eyJ"));
    assert.ok((await answer(false)).includes(jwt));
    await assert.rejects(client.callTool({ name: jwt, arguments: {} }), /Unknown tool "\[redacted\]"/);
  });
});

Deno.test("createServerFactory() makes a server with resources, prompts and completion of its catalogue", async () => {
  await withClient({}, async (client) => {
    const { resources: [catalogue, feature] } = await client.listResources();
    assert.deepEqual([catalogue?.uri, feature?.uri], ["webex://catalogue", "webex://features/People"]);
    assert.deepEqual((await client.listPrompts()).prompts.map(({ name }) => name), ["explore_feature"]);
    const ref = { type: "ref/prompt", name: "explore_feature" } as const;
    const { completion } = await client.complete({ ref, argument: { name: "feature", value: "peo" } });
    assert.deepEqual(completion.values, ["People"]);
    await assert.rejects(client.readResource({ uri: "webex://tools/planted" }), /Unknown tool "\[redacted\]"/);
  });
});

Deno.test("createServerFactory() makes servers of a class that is given, with all of their own handlers", async () => {
  const asked: string[] = [];
  class Listener extends ObservedServer {
    protected override _wrapHandler(method: string, handler: Handler): Handler {
      return super._wrapHandler(method, (request, ctx) => {
        asked.push(method);
        return handler(request, ctx);
      });
    }
  }
  await withClient({ Kind: Listener }, async (client) => {
    assert.deepEqual((await client.listTools()).tools.map(({ name }) => name), ["people_list_people"]);
    await client.callTool({ name: "people_list_people", arguments: {} });
  });
  assert.deepEqual(asked.slice(-2), ["tools/list", "tools/call"]);
});
