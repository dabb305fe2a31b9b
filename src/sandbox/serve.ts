/**
 * Serves the simulated organization on loopback, so that a test exercises a real socket.
 *
 * `node:http` instead of `Deno.serve`, because only it can break a connection before an answer.
 *
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { Sandbox } from "./sandbox.ts";

const BODYLESS = new Set(["GET", "HEAD"]);
/** Webex takes uploads of a few megabytes; more than this is a mistake of the caller. */
const MAX_BODY = 32 * 1024 * 1024;

/** Where to serve. */
export interface ServeOptions {
  /** Default `127.0.0.1`. */
  readonly hostname?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Ends the serving. */
  readonly signal?: AbortSignal;
}

/** A sandbox that is being served. */
export interface ServedSandbox {
  /** The base URL, for example `http://127.0.0.1:40123/v1`. */
  readonly url: string;
  /** Ends the serving and breaks all connections. */
  close(): Promise<void>;
}

async function readBody(incoming: IncomingMessage): Promise<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    if (!(chunk instanceof Uint8Array)) continue;
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > MAX_BODY) throw new RangeError(`Cannot read a request: expected at most ${MAX_BODY} bytes`);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole.buffer;
}

async function toRequest(incoming: IncomingMessage, origin: string, signal: AbortSignal): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headersDistinct)) {
    for (const single of value ?? []) headers.append(name, single);
  }
  const method = incoming.method ?? "GET";
  const body = BODYLESS.has(method) ? undefined : await readBody(incoming);
  const url = new URL(incoming.url ?? "/", origin);
  return new Request(url, {
    method,
    headers,
    signal,
    ...(body === undefined || body.byteLength === 0 ? {} : { body }),
  });
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) {
    outgoing.end();
    return;
  }
  const gone = new Promise<void>((resolve) => outgoing.once("close", resolve));
  for await (const chunk of response.body) {
    if (outgoing.destroyed) return;
    // What is written must be on its way before a fault breaks the connection.
    await Promise.race([new Promise((resolve) => outgoing.write(chunk, resolve)), gone]);
  }
  outgoing.end();
}

async function handle(
  sandbox: Sandbox,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  origin: string,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  try {
    const request = await toRequest(incoming, origin, gone.signal);
    await send(await sandbox.fetch(request), outgoing);
  } catch {
    // A dropped connection is what the fault asks for; anything else looks the same to the caller.
    outgoing.destroy();
  }
}

/**
 * Serves a sandbox.
 *
 * @param sandbox The sandbox.
 * @param options Where to serve it.
 * @returns Its address, once it accepts connections.
 */
export async function serveSandbox(sandbox: Sandbox, options: ServeOptions = {}): Promise<ServedSandbox> {
  const { hostname = "127.0.0.1", port = 0, signal } = options;
  let origin = "";
  const server = createServer((incoming, outgoing) => void handle(sandbox, incoming, outgoing, origin));
  server.listen(port, hostname);
  await once(server, "listening");
  const address = server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  origin = `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${actual}`;
  let closed: Promise<void> | undefined;
  const close = () =>
    closed ??= new Promise((resolve) => {
      signal?.removeEventListener("abort", close);
      server.close(() => resolve());
      server.closeAllConnections();
    });
  signal?.addEventListener("abort", close, { once: true });
  if (signal?.aborted) await close();
  return { url: `${origin}/v1`, close };
}
