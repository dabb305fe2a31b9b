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
  let called = false;
  const factory = () => {
    const server = new Server({ name: "test", version: "0" }, { capabilities: { tools: {} } });
    server.setRequestHandler("tools/call", async () => {
      called = true;
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
  return { stdin, stop, force, lines, release, served, send, isCalled: () => called, output: () => output };
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
