/**
 * Listens for HTTP requests, within limits that no client can stretch.
 *
 * It is Node's server, which Deno has built in, and not `Deno.serve`: that one waits for ever for the rest of a header,
 * takes any number of connections, and can't take another certificate (docs/decisions/0020-http-listener.md).
 *
 * @module
 */

import { getRequestListener } from "@hono/node-server";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import { Server as NetServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type Address, addressText } from "../../config/address.ts";
import { UsageError } from "../../core/errors.ts";
import { AcceptWatch, knockAt } from "./accept_watch.ts";
import type { Arrival } from "./arrival.ts";
import { OpenAnswers } from "./open_answers.ts";

/** A certificate chain and its private key, PEM. */
export interface TlsPair {
  readonly cert: string;
  readonly key: string;
}

/** What one client can take of the server. */
export interface ListenerLimits {
  /** Connections at a time; more are closed at once. */
  readonly connections: number;
  /** Bytes of a request's head; more are answered 431. */
  readonly headBytes: number;
  /** Fields of a request's head; more are answered 431. */
  readonly headFields: number;
  /** How long the head of a request may take, in milliseconds. */
  readonly headMs: number;
  /** How long a whole request may take, in milliseconds. */
  readonly requestMs: number;
  /** How long a connection is kept for the next request, in milliseconds. */
  readonly idleMs: number;
  /** How long the other side may take to read what was written, in milliseconds. */
  readonly stalledMs: number;
  /** How long the other side may take to notice that the rest of its request isn't read, in milliseconds. */
  readonly unreadMs: number;
  /** How often it is made sure that connections are still taken, in milliseconds. */
  readonly acceptMs: number;
}

/** Generous for any client that means well; a proxy in front keeps its connections open. */
export const LISTENER_LIMITS: ListenerLimits = {
  connections: 2_000,
  headBytes: 16 * 1024,
  headFields: 100,
  headMs: 10_000,
  requestMs: 30_000,
  idleMs: 65_000,
  stalledMs: 120_000,
  unreadMs: 1_000,
  acceptMs: 5_000,
};

const MIN_TLS = "TLSv1.2";

/** Connections that the system holds until they are taken; Node's default. */
const BACKLOG = 511;

/** How late an overdue connection may be noticed, in milliseconds. */
const CHECK_MS = 1_000;

/** What a listener is made of. */
export interface ListenerOptions {
  readonly address: Address;
  readonly fetch: (request: Request, arrival: Arrival) => Response | Promise<Response>;
  readonly tls?: TlsPair | undefined;
  readonly limits?: Partial<ListenerLimits>;
  /** Learns why a connection was closed, without values. */
  readonly onRefused?: (reason: string) => void;
}

/** A listening server. */
export interface Listener extends AsyncDisposable {
  /** Where it listens; with the port that the system chose. */
  readonly address: Address;
  /** How many connections are open. */
  readonly connections: number;
  /**
   * Takes another certificate for the connections to come.
   *
   * @param pair The certificate and its key.
   * @throws {Error} If they don't belong together; the one before stays.
   */
  useCertificate(pair: TlsPair): void;
  /**
   * Takes no further connection, and closes those that wait for a request; the others, after their answer. Resolves when
   * the last one is closed.
   */
  close(): Promise<void>;
  /** Closes what is still open. */
  destroy(): void;
}

/** What a broken request is answered with where nobody reads it any further. */
const STATUS_LINES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** What the parser of HTTP complains about. */
type ParseError = Error & { readonly code?: string };

function refuse({ code = "unknown" }: ParseError, socket: Duplex): string {
  if (socket.writable && code !== "ECONNRESET") {
    socket.end(`HTTP/1.1 ${STATUS_LINES[code] ?? "400 Bad Request"}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  }
  return code;
}

function boundAddress(server: Server, { hostname }: Address): Address {
  const bound = server.address();
  return { hostname, port: typeof bound === "object" && bound !== null ? bound.port : 0 };
}

function cannotListen(address: Address, cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const reason = code === "EADDRINUSE"
    ? "the address is in use"
    : code === "EADDRNOTAVAIL"
    ? "this machine has no such address"
    : code === "EACCES"
    ? "the system does not allow it"
    : undefined;
  if (reason === undefined) return cause;
  return new UsageError(`Cannot listen on ${addressText(address)}: ${reason}`, {
    code: "cannot_listen",
    guidance: "Choose another address, or stop what uses this one.",
    cause,
  });
}

async function listening(server: Server, { hostname, port }: Address): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen({ host: hostname, port, backlog: BACKLOG }, resolve);
  await promise;
  server.off("error", reject);
}

async function ended(socket: Socket): Promise<void> {
  await new Promise((resolve) => socket.once("close", resolve));
}

/** Has it listen anew where it no longer takes connections; those that are open stay. */
function watchAccepting(
  server: Server,
  wanted: Address,
  everyMs: number,
  tell: (reason: string) => void,
): Disposable {
  const { hostname, port } = boundAddress(server, wanted);
  const renew = () => {
    tell("listening_renewed");
    // Not that of HTTP, which closes the connections that wait for a request, too.
    if (server.listening) NetServer.prototype.close.call(server);
    server.listen({ host: hostname, port, backlog: BACKLOG });
  };
  return new AcceptWatch({ server, knock: knockAt({ hostname, port }), renew, everyMs });
}

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/**
 * Watches over an answer: resolves when it is through or the connection is gone, and gives a client up that doesn't read
 * it to its end, because it is kept in memory meanwhile.
 */
function watchAnswer(outgoing: ServerResponse, socket: Socket, stalledMs: number): Arrival["ended"] {
  const { promise, resolve } = Promise.withResolvers<"answered" | "gone">();
  let isWaiting = false;
  const timer = setInterval(() => {
    if (isWaiting) socket.destroy();
    isWaiting = outgoing.writableEnded || outgoing.writableNeedDrain;
  }, stalledMs);
  const end = (how: "answered" | "gone") => {
    clearInterval(timer);
    socket.off("close", leave);
    resolve(how);
  };
  const leave = () => end("gone");
  outgoing.once("finish", () => end("answered"));
  outgoing.once("close", leave);
  // An answer whose connection breaks before it began hears of nothing.
  socket.once("close", leave);
  return promise;
}

/**
 * Gives a client up that goes on sending what nobody reads: its answer came before the end of its request, and no time
 * limit of the server holds for it any more.
 */
function endUnread(incoming: IncomingMessage, ms: number): void {
  const { socket } = incoming;
  if (incoming.complete || socket.destroyed) return;
  const stay = () => clearTimeout(timer);
  const timer = setTimeout(() => {
    socket.off("close", stay);
    if (!incoming.complete) socket.destroy();
  }, ms);
  socket.once("close", stay);
}

function answerWith({ fetch }: ListenerOptions, limits: ListenerLimits, answers: OpenAnswers): Answer {
  const ends = new WeakMap<object, Arrival["ended"]>();
  const answer = getRequestListener((request, { incoming, outgoing }) =>
    fetch(request, {
      remoteAddress: incoming.socket.remoteAddress ?? "",
      target: incoming.url ?? "",
      ended: ends.get(outgoing) ?? Promise.resolve("gone"),
    }), { overrideGlobalObjects: false, autoCleanupIncoming: false });
  return (incoming, outgoing) => {
    if (incoming.rawHeaders.length > limits.headFields * 2) {
      outgoing.writeHead(431, { connection: "close", "content-length": "0" }).end();
      return;
    }
    const ended = watchAnswer(outgoing, incoming.socket, limits.stalledMs);
    void ended.then(() => endUnread(incoming, limits.unreadMs));
    ends.set(outgoing, ended);
    answers.add(outgoing, ended);
    void answer(incoming, outgoing);
  };
}

function serverOf(options: ListenerOptions, limits: ListenerLimits, answers: OpenAnswers): Server | TlsServer {
  const common = {
    maxHeaderSize: limits.headBytes,
    headersTimeout: limits.headMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: CHECK_MS,
  };
  const answer = answerWith(options, limits, answers);
  if (options.tls === undefined) return createServer(common, answer);
  const { cert, key } = options.tls;
  return createTlsServer({ ...common, cert, key, handshakeTimeout: limits.headMs, minVersion: MIN_TLS }, answer);
}

class HttpListener implements Listener {
  readonly address: Address;
  readonly #server: Server | TlsServer;
  readonly #sockets: ReadonlySet<Socket>;
  readonly #answers: OpenAnswers;
  readonly #watch: Disposable;

  constructor(
    server: Server | TlsServer,
    sockets: ReadonlySet<Socket>,
    answers: OpenAnswers,
    watch: Disposable,
    wanted: Address,
  ) {
    this.#server = server;
    this.#watch = watch;
    this.#sockets = sockets;
    this.#answers = answers;
    this.address = boundAddress(server, wanted);
  }

  get connections(): number {
    return this.#sockets.size;
  }

  useCertificate(pair: TlsPair): void {
    if ("setSecureContext" in this.#server) this.#server.setSecureContext({ ...pair, minVersion: MIN_TLS });
  }

  async close(): Promise<void> {
    this.#watch[Symbol.dispose]();
    this.#answers.end();
    if (this.#server.listening) this.#server.close();
    this.#server.closeIdleConnections();
    // The event of the server would not do: it comes too early where it has listened anew meanwhile.
    await Promise.all([...this.#sockets].map(ended));
  }

  destroy(): void {
    this.#server.closeAllConnections();
    for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const done = this.close();
    this.destroy();
    await done;
  }
}

/**
 * Starts to listen.
 *
 * @param options Where, and what answers.
 * @returns The listener.
 * @throws {UsageError} If the address is in use, or the system has none such.
 */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const limits = { ...LISTENER_LIMITS, ...options.limits };
  const { onRefused = () => {} } = options;
  const answers = new OpenAnswers();
  const server = serverOf(options, limits, answers);
  const sockets = new Set<Socket>();
  server.maxConnections = limits.connections;
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    // Each request that waits on a connection listens for its end; a client may send many at once.
    socket.setMaxListeners(0);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("clientError", (error: ParseError, socket) => onRefused(refuse(error, socket)));
  server.on("drop", () => onRefused("too_many_connections"));
  await listening(server, options.address).catch((cause) => {
    throw cannotListen(options.address, cause);
  });
  server.on("error", ({ code = "unknown" }: ParseError) => onRefused(code));
  const watch = watchAccepting(server, options.address, limits.acceptMs, onRefused);
  return new HttpListener(server, sockets, answers, watch, options.address);
}
