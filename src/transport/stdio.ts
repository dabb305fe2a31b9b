/**
 * Serves MCP over the standard streams.
 *
 * @module
 */

import type { Server } from "@modelcontextprotocol/server";
import { serveStdio, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { once } from "node:events";
import process from "node:process";
import { PassThrough, type Readable, type Writable } from "node:stream";
import type { Log } from "../core/log.ts";

/** What serving needs. */
export interface StdioOptions {
  /** Makes the server of a connection; may be called for a throw-away probe, too. */
  readonly factory: () => Server;
  readonly log: Log;
  readonly stdin?: Readable;
  readonly stdout?: Writable;
  /** Ends serving as the end of input does. */
  readonly signal?: AbortSignal;
  /** Ends serving without waiting for calls in flight. */
  readonly force?: AbortSignal;
  /** How long calls may take to finish after the end, in milliseconds. */
  readonly drainMs?: number;
}

/** A little more than a call's own deadline. */
const DRAIN_MS = 60_000;

/** What the SDK passes on. */
type Message = Parameters<StdioServerTransport["send"]>[0];

/**
 * A transport that knows which requests wait for an answer.
 *
 * The SDK's own aborts what is in flight when input ends; an administrator's write must not be cut off like that.
 */
class CountingTransport extends StdioServerTransport {
  readonly #waiting = new Set<string | number>();
  #idle: (() => void) | undefined;

  override async start(): Promise<void> {
    const deliver = this.onmessage;
    this.onmessage = (message) => {
      if ("method" in message && "id" in message) this.#waiting.add(message.id);
      if ("method" in message && message.method === "notifications/cancelled") this.#settle(message.params?.requestId);
      deliver?.(message);
    };
    await super.start();
  }

  override async send(message: Message): Promise<void> {
    try {
      await super.send(message);
    } finally {
      if (!("method" in message)) this.#settle(message.id);
    }
  }

  /** Resolves when every request is answered. */
  drained(): Promise<void> {
    return this.#waiting.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle = resolve);
  }

  #settle(id: unknown): void {
    if (typeof id === "string" || typeof id === "number") this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#idle?.();
  }
}

function ended(stdin: Readable, signal: AbortSignal | undefined): Promise<unknown> {
  const input = Promise.race([once(stdin, "end"), once(stdin, "close")]).catch(() => undefined);
  if (signal === undefined) return input;
  if (signal.aborted) return Promise.resolve();
  return Promise.race([input, once(signal, "abort")]);
}

/** Waits for the work, but no longer than `ms`, and not after `force` fires; tells whether the work was done. */
async function withinLimits(work: Promise<void>, ms: number, force: AbortSignal | undefined): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  const giveUp = () => resolve(false);
  if (force?.aborted) giveUp();
  force?.addEventListener("abort", giveUp);
  work.then(() => resolve(true));
  const done = await promise;
  clearTimeout(timer);
  force?.removeEventListener("abort", giveUp);
  return done;
}

/** What the schemas say of a message that they refuse is long, and repeats names from it. */
function problemOf({ name, message }: Error): string {
  return name === "ZodError" || message.startsWith("[") ? "A message is none of JSON-RPC or MCP" : message;
}

/**
 * Serves one client until its input ends or `signal` fires, then lets the calls in flight finish.
 *
 * @param options The streams and the server.
 */
export async function serveOverStdio(options: StdioOptions): Promise<void> {
  const { factory, log, stdin = process.stdin, stdout = process.stdout, signal, force, drainMs = DRAIN_MS } = options;
  const input = new PassThrough();
  const transport = new CountingTransport(input, stdout);
  const end = ended(stdin, signal);
  const handle = serveStdio(factory, { transport, onerror: (error) => log.warning(`Protocol: ${problemOf(error)}`) });
  // The end is not passed on: it would abort what is in flight.
  stdin.pipe(input, { end: false });
  await end;
  stdin.unpipe(input);
  const finished = await withinLimits(transport.drained(), drainMs, force);
  if (!finished) log.warning("Stopped with calls still in flight");
  await handle.close();
  input.destroy();
  stdin.destroy();
}
