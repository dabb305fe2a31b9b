import type { Client } from "@modelcontextprotocol/client";
import { createMcpHandler } from "@modelcontextprotocol/server";
import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.ts";
import type { Observers } from "../../src/server/observed_server.ts";
import { createServerFactory } from "../../src/server/server.ts";
import { createCatalogue } from "../../src/tools/catalogue.ts";
import type { Caller, Dispatcher } from "../../src/tools/dispatcher.ts";
import type { ToolResult } from "../../src/tools/results/result.ts";
import { createCatalogueIndex } from "../../src/tools/catalogue_index.ts";
import { createWorkflowBook } from "../../src/tools/workflows/workflow_book.ts";
import { createMemoryStore } from "../../src/store/memory_store.ts";
import { createResultStore } from "../../src/tools/results/result_store.ts";
import { endpointOf } from "../support/endpoints.ts";
import { withInMemoryClient } from "../support/in_memory_client.ts";
import { recordingMeter, recordingTracer } from "../support/recording_telemetry.ts";

const TOOL = "people_list_people";
const CATALOGUE = createCatalogue([endpointOf({ tool: TOOL, feature: "People" })], "full");
const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = "b7ad6b7169203331";

/** Fails where the arguments say so; a name that is no tool's is told as one. */
async function carryOut(tool: string, args: unknown, caller: Caller): Promise<ToolResult | undefined> {
  await Promise.resolve();
  if (tool !== TOOL) return undefined;
  caller.named?.(TOOL);
  const mode = JSON.stringify(args);
  if (mode.includes("throw")) throw new TypeError("planted");
  caller.span?.request("GET /people", {}).end();
  return { isError: mode.includes("fail"), value: { body: "planted" } };
}

const INDEX = createCatalogueIndex(CATALOGUE, () => Promise.resolve({}));

function factoryOf(observers: Observers) {
  const dispatcher: Dispatcher = {
    definitions: CATALOGUE.definitions,
    explain: () => Promise.resolve("Unknown tool"),
    settled: () => Promise.resolve(),
    inFlight: () => 0,
    call: carryOut,
  };
  return createServerFactory({
    implementation: { name: "test", version: "0" },
    instructions: "",
    dispatcher,
    catalogue: CATALOGUE,
    index: INDEX,
    book: createWorkflowBook(INDEX, "all"),
    results: createResultStore({ store: createMemoryStore({ clock: systemClock }), owner: "ann", clock: systemClock }),
    hide: (text) => text,
    structured: false,
    isPublic: true,
    observers,
  });
}

/** Lets a real client do something, and gives what was observed of it. */
async function observed(work: (client: Client) => Promise<unknown>) {
  const [tracer, meter] = [recordingTracer(), recordingMeter()];
  await withInMemoryClient(factoryOf({ tracer, meter })(), async (client) => void await work(client));
  const spans = tracer.spans.filter(({ start }) => start?.name !== "initialize");
  return { spans, meter };
}

Deno.test("ObservedServer makes a span of each request, named by method and tool", async () => {
  const { spans } = await observed(async (client) => {
    await client.listTools();
    await client.callTool({ name: TOOL, arguments: {} });
    await client.listResources();
    await client.readResource({ uri: "webex://catalogue" });
    await client.listPrompts();
    await client.complete({ ref: { type: "ref/prompt", name: "planted" }, argument: { name: "planted", value: "x" } })
      .catch(() => {});
  });
  assert.deepEqual(spans.map(({ name, ended }) => [name, ended]), [
    ["tools/list", 1],
    [`tools/call ${TOOL}`, 1],
    ["resources/list", 1],
    ["resources/read", 1],
    ["prompts/list", 1],
    ["completion/complete", 1],
  ]);
  assert.deepEqual(spans[1]?.attributes, {
    "mcp.method.name": "tools/call",
    "network.transport": "pipe",
    "mcp.protocol.version": "2025-11-25",
    "jsonrpc.request.id": "2",
    "gen_ai.operation.name": "execute_tool",
    "gen_ai.tool.name": TOOL,
  });
  assert.deepEqual(spans[1]?.requests.map(({ name }) => name), ["GET /people"]);
  assert.ok(!JSON.stringify(spans).includes("planted"));
});

Deno.test("ObservedServer tells what went wrong by one of few words", async () => {
  const { spans, meter } = await observed(async (client) => {
    await client.callTool({ name: TOOL, arguments: { mode: "fail" } });
    await client.callTool({ name: "planted", arguments: {} }).catch(() => {});
    await client.callTool({ name: TOOL, arguments: { mode: "throw" } }).catch(() => {});
    await client.readResource({ uri: "webex://planted" }).catch(() => {});
    await client.listTools();
  });
  assert.deepEqual(spans.map(({ name, error }) => [name, error]), [
    [`tools/call ${TOOL}`, "tool_error"],
    ["tools/call", "-32602"],
    [`tools/call ${TOOL}`, "internal_error"],
    ["resources/read", "-32602"],
    ["tools/list", undefined],
  ]);
  assert.equal(spans[1]?.attributes["rpc.response.status_code"], "-32602");
  assert.ok(!JSON.stringify(spans).includes("planted"));
  const operations = meter.of("operationEnded").slice(1).map((one) =>
    JSON.stringify(one).replace(/\d+(\.\d+)?}$/, "0}")
  );
  assert.deepEqual(operations.map((text) => JSON.parse(text)), [
    { method: "tools/call", errorType: "tool_error", durationMs: 0 },
    { method: "tools/call", errorType: "-32602", durationMs: 0 },
    { method: "tools/call", errorType: "internal_error", durationMs: 0 },
    { method: "resources/read", errorType: "-32602", durationMs: 0 },
    { method: "tools/list", durationMs: 0 },
  ]);
});

Deno.test("ObservedServer finds the caller's span in the request's metadata, and ignores what is malformed", async () => {
  const { spans } = await observed(async (client) => {
    const traced = { traceparent: `00-${TRACE}-${PARENT}-01`, tracestate: "vendor=1" };
    await client.callTool({ name: TOOL, arguments: {}, _meta: traced });
    await client.listTools({ _meta: traced });
    await client.listTools({ _meta: { traceparent: "planted", tracestate: "vendor=1" } });
    await client.listTools({ _meta: { "io.example/traceparent": traced.traceparent } });
  });
  const parent = { traceId: TRACE, spanId: PARENT, isSampled: true, state: "vendor=1" };
  assert.deepEqual(spans.map(({ start }) => start?.parent), [parent, parent, undefined, undefined]);
  assert.deepEqual(spans.map(({ start }) => start?.link), [undefined, undefined, undefined, undefined]);
});

/** A request over HTTP, as clients of 2026 send it. */
function requestOf(id: unknown, meta: Record<string, unknown>, headers: Record<string, string>): Request {
  const revision = "2026-07-28";
  const envelope = {
    "io.modelcontextprotocol/protocolVersion": revision,
    "io.modelcontextprotocol/clientInfo": { name: "planted", version: "0" },
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  const params = { name: TOOL, arguments: { name: "planted" }, _meta: { ...envelope, ...meta } };
  return new Request("http://localhost/mcp", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": revision,
      "mcp-method": "tools/call",
      "mcp-name": TOOL,
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params }),
  });
}

Deno.test("ObservedServer links the HTTP request that carried a request, in the newest revision", async () => {
  const tracer = recordingTracer();
  const factory = factoryOf({ tracer });
  const handler = createMcpHandler(() => factory());
  const other = "00f067aa0ba902b7";
  const meta = { traceparent: `00-${TRACE}-${PARENT}-01` };
  const headers = { traceparent: `00-${TRACE}-${other}-00` };
  for (const id of [7, "planted-id", 1e12]) {
    const answer = await handler.fetch(requestOf(id, meta, headers));
    assert.equal(answer.status, 200, await answer.text());
  }
  await handler.close();
  const [first, ...others] = tracer.spans;
  assert.equal(first?.name, `tools/call ${TOOL}`);
  assert.deepEqual(first?.attributes, {
    "mcp.method.name": "tools/call",
    "network.transport": "tcp",
    "mcp.protocol.version": "2026-07-28",
    "jsonrpc.request.id": "7",
    "gen_ai.operation.name": "execute_tool",
    "gen_ai.tool.name": TOOL,
  });
  assert.deepEqual(first?.start?.parent, { traceId: TRACE, spanId: PARENT, isSampled: true });
  assert.deepEqual(first?.start?.link, { traceId: TRACE, spanId: other, isSampled: false });
  // Ids that may tell something are left out.
  assert.deepEqual(others.map(({ attributes }) => attributes["jsonrpc.request.id"]), others.map(() => undefined));
  assert.ok(!JSON.stringify(tracer.spans).includes("planted"));
});
