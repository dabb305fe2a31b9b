/**
 * Serves MCP over the standard streams.
 *
 * @module
 */

import { parseJSONRPCMessage, type Server } from "@modelcontextprotocol/server";
import { serveStdio, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { once } from "node:events";
import process from "node:process";
import { PassThrough, type Readable, type Writable } from "node:stream";
import type { Log } from "../core/log.ts";
import { LineReader, type LongLine } from "./line_reader.ts";
import { answeredIdOf, dropOddToken, requestIdOf, requestIdOfLong } from "./request_id.ts";

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

/** The longest line that is taken: a file of 8 MB, the most that Webex takes, and its base64 and escapes fit into it. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** JSON-RPC 2.0, section 5.1. */
const INVALID_REQUEST = -32_600;
const INTERNAL_ERROR = -32_603;

/** What the SDK passes on. */
type Message = Parameters<StdioServerTransport["send"]>[0];

type Id = string | number;

/**
 * A transport that reads for itself, and knows which requests wait for an answer.
 *
 * The SDK's own aborts what is in flight when input ends: an administrator's write must not be cut off like that. It ends
 * without a word at a line that is too long, lets requests that it cannot read wait for ever, and carries a request out
 * again whose id is in use.
 */
class CountingTransport extends StdioServerTransport {
  readonly #log: Log;
  readonly #waiting = new Set<Id>();
  /** The server's own requests, such as questions to the user, that the client has not answered yet. */
  readonly #asked = new Set<Id>();
  readonly #closed = Promise.withResolvers<void>();
  readonly #reader = new LineReader(MAX_LINE_BYTES, {
    line: (text) => this.#take(text),
    tooLong: (line) => this.#refuseLong(line),
  });
  #idle: (() => void) | undefined;

  constructor(stdout: Writable, log: Log) {
    super(new PassThrough(), stdout);
    this.#log = log;
  }

  /** Takes bytes of the input. */
  readonly read = (chunk: Uint8Array): void => this.#reader.take(chunk);

  override async send(message: Message): Promise<void> {
    if ("method" in message && "id" in message) this.#asked.add(message.id);
    try {
      await super.send(message);
    } finally {
      if (!("method" in message)) this.#settle(message.id);
    }
  }

  override async close(): Promise<void> {
    await super.close();
    this.#closed.resolve();
  }

  /** Takes nothing more: what the client was asked will not be answered, and calls that wait for it go on without. */
  finishInput(): void {
    for (const id of this.#asked) this.#answerNothing(id, "The input has ended");
  }

  /** Resolves when nothing can be answered any more. */
  closed(): Promise<void> {
    return this.#closed.promise;
  }

  /** Resolves when every request is answered. */
  drained(): Promise<void> {
    return this.#waiting.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle = resolve);
  }

  #take(line: string): void {
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch {
      if (line.trim() !== "") this.#log.debug("Protocol: A line is no JSON");
      return;
    }
    dropOddToken(json);
    let message: Message;
    try {
      message = parseJSONRPCMessage(json);
    } catch {
      const answered = answeredIdOf(json);
      if (answered !== undefined && this.#asked.has(answered)) this.#answerNothing(answered, "The answer is malformed");
      else this.#refuse(requestIdOf(json), "the message is none of JSON-RPC or MCP");
      return;
    }
    if (!("method" in message) && message.id !== undefined) this.#asked.delete(message.id);
    if ("method" in message && "id" in message) {
      if (this.#waiting.has(message.id)) {
        this.#refuse(message.id, "a request with this id is still being carried out");
        return;
      }
      // A subscription is answered at the end of all.
      if (message.method !== "subscriptions/listen") this.#waiting.add(message.id);
    }
    if ("method" in message && message.method === "notifications/cancelled") this.#settle(message.params?.requestId);
    this.onmessage?.(message);
  }

  #answerNothing(id: Id, message: string): void {
    this.#asked.delete(id);
    this.onmessage?.({ jsonrpc: "2.0", id, error: { code: INTERNAL_ERROR, message } });
  }

  #refuseLong(line: LongLine): void {
    this.#refuse(requestIdOfLong(line), `the message has ${line.bytes} bytes, more than ${MAX_LINE_BYTES}`);
  }

  /** Answers past the count: another request may wait under the same id. */
  #refuse(id: Id | undefined, problem: string): void {
    this.#log.warning(`Protocol: Refused a message: ${problem}`);
    if (id === undefined) return;
    const message = `Cannot take the request: ${problem}`;
    // A client that is gone is noticed by the next answer, too.
    super.send({ jsonrpc: "2.0", id, error: { code: INVALID_REQUEST, message } }).catch(() => {});
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
  const transport = new CountingTransport(stdout, log);
  const handle = serveStdio(factory, { transport, onerror: (error) => log.warning(`Protocol: ${problemOf(error)}`) });
  const end = Promise.race([ended(stdin, signal), transport.closed()]);
  stdin.on("data", transport.read);
  await end;
  stdin.off("data", transport.read);
  transport.finishInput();
  const finished = await withinLimits(Promise.race([transport.drained(), transport.closed()]), drainMs, force);
  if (!finished) log.warning("Stopped with calls still in flight");
  await handle.close();
  stdin.destroy();
}
