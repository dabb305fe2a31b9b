import { Server } from "@modelcontextprotocol/server";
import assert from "node:assert/strict";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { serveOverStdio } from "../../src/transport/stdio.ts";
import { INITIALIZE, repliesOf, until } from "../support/process.ts";

const CALL = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "wait", arguments: {} } };

/** A server with one tool that answers when the test says so. */
function situation(drainMs?: number) {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const stop = new AbortController();
  const force = new AbortController();
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const { promise: answer, resolve: release } = Promise.withResolvers<void>();
  let calls = 0;
  const factory = () => {
    const server = new Server({ name: "test", version: "0" }, { capabilities: { tools: {} } });
    server.setRequestHandler("tools/call", async () => {
      calls++;
      await answer;
      return { content: [{ type: "text", text: "done" }] };
    });
    return server;
  };
  let output = "";
  stdout.on("data", (chunk) => output += String(chunk));
  const log = { debug: write, info: write, warning: write, error: write };
  const served = serveOverStdio({
    factory,
    log,
    stdin,
    stdout,
    signal: stop.signal,
    force: force.signal,
    ...(drainMs === undefined ? {} : { drainMs }),
  });
  const send = (...messages: readonly unknown[]) => stdin.write(messages.map((m) => `${JSON.stringify(m)}\n`).join(""));
  return {
    stdin,
    stdout,
    stop,
    force,
    lines,
    release,
    served,
    send,
    isCalled: () => calls > 0,
    calls: () => calls,
    output: () => output,
  };
}

Deno.test("serveOverStdio() answers what is in flight when input ends", async () => {
  const { stdin, release, served, send, isCalled, output } = situation();
  send(INITIALIZE, CALL);
  await until(isCalled);
  stdin.end();
  await once(stdin, "end");
  release();
  await served;
  assert.deepEqual(repliesOf(output()).map((reply) => reply.id), [0, 1]);
});

Deno.test("serveOverStdio() answers what is in flight when it is told to stop", async () => {
  const { stop, release, served, send, isCalled, output } = situation();
  send(INITIALIZE, CALL);
  await until(isCalled);
  stop.abort();
  release();
  await served;
  assert.deepEqual(repliesOf(output()).map((reply) => reply.id), [0, 1]);
});

Deno.test("serveOverStdio() does not wait for a cancelled call", async () => {
  const { stdin, release, served, send, isCalled } = situation();
  send(INITIALIZE, CALL);
  await until(isCalled);
  send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } });
  stdin.end();
  await served;
  release();
});

Deno.test("serveOverStdio() stops at last, and says so, when a call does not end", async () => {
  const { stdin, release, served, send, isCalled, lines } = situation(20);
  send(INITIALIZE, CALL);
  await until(isCalled);
  stdin.end();
  await served;
  release();
  assert.deepEqual(lines, ["Stopped with calls still in flight"]);
});

Deno.test("serveOverStdio() reports a line that is no message and goes on", async () => {
  const { stdin, served, send, lines, output, release } = situation();
  stdin.write("hello\n{}\n");
  send(INITIALIZE);
  await until(() => output().includes('"id":0'));
  stdin.end();
  await served;
  release();
  assert.equal(repliesOf(output()).length, 1);
  assert.match(lines.join("\n"), /^Protocol: /);
});

Deno.test("serveOverStdio() does not wait for calls in flight when it is told a second time", async () => {
  const { stop, force, release, served, send, isCalled, lines } = situation();
  send(INITIALIZE, CALL);
  await until(isCalled);
  stop.abort();
  force.abort();
  await served;
  release();
  assert.deepEqual(lines, ["Stopped with calls still in flight"]);
});

Deno.test("serveOverStdio() refuses a request of more than 16 MiB and goes on", async () => {
  const { stdin, release, served, send, isCalled, lines, output } = situation();
  send(INITIALIZE, CALL);
  await until(isCalled);
  send({
    jsonrpc: "2.0",
    id: 2,
    method: "tools/call",
    params: { name: "wait", arguments: { a: "x".repeat(2 ** 24) } },
  });
  await until(() => output().includes('"id":2'));
  release();
  stdin.end();
  await served;
  const replies = repliesOf(output());
  assert.deepEqual(replies.map((reply) => reply.id), [0, 2, 1]);
  assert.match(JSON.stringify(replies[1]), /-32600.*Cannot take the request: the message has 16777\d+ bytes/);
  assert.match(lines.join("\n"), /^Protocol: Refused a message: the message has/);
});

Deno.test("serveOverStdio() takes a request of 11 MB: the largest announcement fits", async () => {
  const { stdin, release, served, send, output } = situation();
  release();
  send(INITIALIZE, { ...CALL, params: { name: "wait", arguments: { a: "x".repeat(11_000_000) } } });
  await until(() => output().includes("done"));
  stdin.end();
  await served;
});

Deno.test("serveOverStdio() refuses a second request under an id that is in use", async () => {
  const { stdin, release, served, send, isCalled, calls, output } = situation();
  send(INITIALIZE, CALL);
  await until(isCalled);
  send(CALL);
  await until(() => output().includes("-32600"));
  release();
  await until(() => output().includes("done"));
  send(CALL);
  await until(() => calls() === 2);
  stdin.end();
  await served;
  assert.equal(calls(), 2);
  assert.equal(repliesOf(output()).length, 4);
});

Deno.test("serveOverStdio() carries out a request whose progress token is none", async () => {
  const { stdin, release, served, send, output } = situation();
  release();
  const tokens = [null, {}, [], true, 1.5];
  const params = (progressToken: unknown) => ({ ...CALL.params, _meta: { progressToken } });
  send(INITIALIZE, ...tokens.map((token, index) => ({ ...CALL, id: index + 1, params: params(token) })));
  await until(() => repliesOf(output()).length === 6);
  stdin.end();
  await served;
  assert.doesNotMatch(output(), /error/);
});

Deno.test("serveOverStdio() answers a request that breaks the protocol, where its id can be read", async () => {
  const { stdin, release, served, send, output } = situation();
  release();
  send(INITIALIZE, { ...CALL, params: { _meta: 5 } }, { ...CALL, id: 2, method: 5 }, { ...CALL, id: null });
  await until(() => repliesOf(output()).length === 3);
  stdin.end();
  await served;
  const refused = repliesOf(output()).filter((reply) => JSON.stringify(reply).includes("-32600"));
  assert.deepEqual(refused.map((reply) => reply.id), [1, 2]);
});

Deno.test("serveOverStdio() ends when the client takes no answers any more", async () => {
  const { stdout, release, served, send, isCalled } = situation();
  send(INITIALIZE, CALL);
  await until(isCalled);
  stdout.destroy(new Error("EPIPE"));
  await served;
  release();
});

Deno.test("serveOverStdio() does not wait for a subscription", async () => {
  const { stdin, release, served, send, output } = situation();
  release();
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  const params = { _meta, notifications: { toolsListChanged: true } };
  send({ jsonrpc: "2.0", id: 1, method: "server/discover", params: { _meta } });
  send({ jsonrpc: "2.0", id: 2, method: "subscriptions/listen", params });
  await until(() => output().includes("subscriptions/"));
  stdin.end();
  await served;
});
