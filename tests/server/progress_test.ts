import { InMemoryTransport, Server, type ServerContext } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import assert from "node:assert/strict";
import type { ProgressNote } from "../../src/core/context.ts";
import { isRecord } from "../../src/core/json.ts";
import { clientNameOf } from "../../src/server/client_name.ts";
import { type ProgressListener, progressOf } from "../../src/server/progress.ts";
import { FakeClock } from "../support/fake_clock.ts";

const CLIENT = { name: "test-client", version: "1.2.3" };
const ENVELOPE = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientCapabilities": {},
};

type Era = "2025-11-25" | "2026-07-28";
const ERAS: readonly Era[] = ["2025-11-25", "2026-07-28"];

/** What the handler of a call has in hand. */
interface Handling {
  readonly ctx: ServerContext;
  readonly server: Server;
  readonly listen: () => ProgressListener;
  readonly clock: FakeClock;
}

interface Request {
  readonly era: Era;
  /** The client's words about itself; absent, it says nothing where it may. */
  readonly client?: unknown;
  readonly progressToken?: string | number;
}

type Message = Parameters<InMemoryTransport["send"]>[0];

/** Calls a tool of a server in this process; answers every message that the server sent for it, the answer too. */
async function callTool(
  { era, client, progressToken }: Request,
  work: (handling: Handling) => Promise<void>,
): Promise<Record<string, unknown>[]> {
  const clock = new FakeClock();
  const factory = () => {
    const server = new Server({ name: "test", version: "0" }, { capabilities: { tools: {} } });
    server.setRequestHandler("tools/call", async ({ params }, ctx) => {
      await work({ ctx, server, clock, listen: () => progressOf(ctx, params, clock) });
      return { content: [] };
    });
    return server;
  };
  const [near, far] = InMemoryTransport.createLinkedPair();
  const received: Record<string, unknown>[] = [];
  const { promise: answered, resolve } = Promise.withResolvers<void>();
  near.onmessage = (message: unknown) => {
    if (!isRecord(message) || message.id === 1) return;
    received.push(message);
    if (message.id === 2) resolve();
  };
  const served = serveStdio(factory, { transport: far });
  await near.start();
  const send = (message: object) => near.send({ jsonrpc: "2.0", ...message } as Message);
  if (era === "2025-11-25") {
    const params = { protocolVersion: era, capabilities: {}, clientInfo: client ?? CLIENT };
    await send({ id: 1, method: "initialize", params });
    await send({ method: "notifications/initialized" });
  }
  const told = client === undefined ? {} : { "io.modelcontextprotocol/clientInfo": client };
  const _meta = {
    ...(progressToken === undefined ? {} : { progressToken }),
    ...(era === "2026-07-28" ? ENVELOPE : {}),
  };
  await send({
    id: 2,
    method: "tools/call",
    params: { name: "any", arguments: {}, _meta: { ..._meta, ...(era === "2026-07-28" ? told : {}) } },
  });
  await answered;
  await clock.advance(10_000);
  await served.close();
  return received;
}

/** The parameters of the notifications that a call sends. */
async function notified(era: Era, work: (listen: ProgressListener, clock: FakeClock) => Promise<void>) {
  const messages = await callTool({ era, client: CLIENT, progressToken: "p" }, async ({ listen, clock }) => {
    using progress = listen();
    await work(progress, clock);
  });
  assert.equal(messages.at(-1)?.id, 2);
  return messages.slice(0, -1).map(({ method, params }) => {
    assert.equal(method, "notifications/progress");
    assert.ok(isRecord(params));
    const { progressToken, ...rest } = params;
    assert.equal(progressToken, "p");
    return rest;
  });
}

for (const era of ERAS) {
  Deno.test(`progressOf() passes notes on with growing figures to a client of ${era}`, async () => {
    const notes: ProgressNote[] = [
      { message: "Waiting 5 s" },
      { message: "Waiting 9 s" },
      { message: "Reading", done: 100, total: 400 },
      { message: "Waiting 2 s" },
      { message: "Reading", done: 100, total: 400 },
      { message: "Reading", done: 300, total: 400 },
      { message: "Odd", done: Number.NaN, total: Number.POSITIVE_INFINITY },
    ];
    const sent = await notified(era, async (listen, clock) => {
      for (const note of notes) {
        listen(note);
        await clock.advance(200);
      }
    });
    assert.deepEqual(sent, [
      { progress: 1, message: "Waiting 5 s" },
      { progress: 2, message: "Waiting 9 s" },
      { progress: 100, total: 400, message: "Reading" },
      { progress: 100.015625, message: "Waiting 2 s" },
      { progress: 100.03125, total: 400, message: "Reading" },
      { progress: 300, total: 400, message: "Reading" },
      { progress: 300.015625, message: "Odd" },
    ]);
  });

  Deno.test(`progressOf() sends nothing to a client of ${era} that sent no token`, async () => {
    const messages = await callTool({ era, client: CLIENT }, ({ listen }) => {
      using progress = listen();
      progress({ message: "Waiting" });
      return Promise.resolve();
    });
    assert.deepEqual(messages.map(({ id }) => id), [2]);
  });

  Deno.test(`clientNameOf() names a client of ${era}`, async () => {
    const names: string[] = [];
    const nameOf = (client: unknown) =>
      callTool({ era, client }, ({ ctx, server }) => {
        names.push(clientNameOf(ctx, server));
        return Promise.resolve();
      });
    await nameOf(CLIENT);
    await nameOf({ name: " a\u001b[31m\n b\u2028\u200b ", version: "1\t0" });
    await nameOf({ name: "字".repeat(200), version: "1" });
    await nameOf({ name: "\u0000", version: "" });
    assert.deepEqual(names, ["test-client/1.2.3", "a [31m b /1 0", "字".repeat(80), "/"]);
  });
}

Deno.test("clientNameOf() knows no name of a client that does not tell", async () => {
  await callTool({ era: "2026-07-28" }, ({ ctx, server }) => {
    assert.equal(clientNameOf(ctx, server), "unknown");
    return Promise.resolve();
  });
});

Deno.test("progressOf() lets the latest of many notes win and loses none at the end", async () => {
  const sent = await notified("2025-11-25", async (listen, clock) => {
    for (let done = 1; done <= 20; done++) {
      listen({ message: "Reading", done, total: 20 });
      listen({ message: "Reading", done: done + 0.5, total: 20 });
      await clock.advance(50);
    }
    await clock.advance(200);
  });
  assert.deepEqual(sent.map(({ progress }) => progress), [1, 4.5, 8.5, 12.5, 16.5, 20.5]);
});

Deno.test("progressOf() sends nothing after it was disposed of", async () => {
  const sent = await notified("2025-11-25", (listen, clock) => {
    listen({ message: "a" });
    listen({ message: "b" });
    listen[Symbol.dispose]();
    listen({ message: "c" });
    assert.equal(clock.sleeping, 0);
    return Promise.resolve();
  });
  assert.deepEqual(sent.map(({ message }) => message), ["a"]);
});

Deno.test("progressOf() goes on when its notifications cannot be sent", async () => {
  let tries = 0;
  await callTool({ era: "2025-11-25", progressToken: 7 }, async ({ ctx, clock }) => {
    const notify = () => Promise.reject(new Error(`Try ${++tries}: not connected`));
    using progress = progressOf({ ...ctx, mcpReq: { ...ctx.mcpReq, notify } }, { _meta: { progressToken: 7 } }, clock);
    progress({ message: "a" });
    progress({ message: "b" });
    await clock.advance(200);
  });
  assert.equal(tries, 2);
});

Deno.test("progressOf() sends nothing once the call is cancelled", async () => {
  const stop = new AbortController();
  const sent: string[] = [];
  await callTool({ era: "2025-11-25" }, async ({ ctx, clock }) => {
    const mcpReq = {
      ...ctx.mcpReq,
      signal: stop.signal,
      notify: ({ method }: { method: string }) => Promise.resolve(void sent.push(method)),
    };
    using progress = progressOf({ ...ctx, mcpReq }, { _meta: { progressToken: 0 } }, clock);
    progress({ message: "a" });
    progress({ message: "b" });
    stop.abort();
    await clock.advance(1000);
    progress({ message: "c" });
  });
  assert.equal(sent.length, 1);
});
