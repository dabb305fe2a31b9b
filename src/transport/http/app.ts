/**
 * What the server answers on its address: `/mcp`, and what whoever runs it asks.
 *
 * @module
 */

import { type Context, Hono, type MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
import type { RefusalReason } from "../../access/caller.ts";
import type { Clock } from "../../core/clock.ts";
import type { Log } from "../../core/log.ts";
import { type Meter, noMeter, type Route } from "../../telemetry/meter.ts";
import { logRequest } from "./access_log.ts";
import type { Arrival } from "./arrival.ts";
import { type Health, HEALTH_PATHS, healthResponse } from "./health.ts";
import { type HostRules, refusedByHost } from "./host_guard.ts";
import { type RequestFacts, requestFactsOf } from "./request_facts.ts";
import { refusalResponse } from "./refusal.ts";
import type { TrustedProxies } from "./trusted_proxies.ts";

/** What is found out about a request on its way. */
export interface RequestNotes extends RequestFacts {
  caller?: string;
  /** The method of the protocol. */
  message?: string;
  /** Why its caller was not let in. */
  reason?: RefusalReason;
}

/** Hono's types of this application. */
interface AppTypes {
  Bindings: Arrival;
  Variables: { readonly notes: RequestNotes };
}

/** Answers requests at `/mcp`. */
export interface McpRoute {
  answer(request: Request, arrival: Arrival, notes: RequestNotes): Promise<Response>;
}

/** A document that anybody may read, for example where to get a token. */
export interface PublicDocument {
  readonly path: string;
  readonly content: unknown;
}

/** What an application is made of. */
export interface HttpAppOptions {
  readonly hosts: HostRules;
  readonly proxies: TrustedProxies;
  readonly mcp: McpRoute;
  readonly health: Health;
  readonly documents: readonly PublicDocument[];
  /** Clients reach the server by HTTPS only. */
  readonly isSecure: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter?: Meter;
  readonly randomId?: () => string;
}

/** Where the protocol is spoken. */
export const MCP_PATH = "/mcp";

const YEAR_SECONDS = 31_536_000;

/** What browsers of allowed pages may send and read. */
const CORS = {
  allowMethods: ["POST", "GET", "DELETE"],
  allowHeaders: [
    "authorization",
    "content-type",
    "accept",
    "mcp-protocol-version",
    "mcp-method",
    "mcp-name",
    "mcp-session-id",
    "last-event-id",
  ],
  exposeHeaders: ["www-authenticate", "mcp-session-id", "x-request-id", "retry-after"],
  maxAge: 600,
};

type Handler = MiddlewareHandler<AppTypes>;

/** The path of an answer to nothing that is there must not tell the log more than that. */
function pathOf(c: Context<AppTypes>): string {
  return new URL(c.req.url).pathname;
}

function routeOf(path: string): Route {
  if (path === MCP_PATH) return "mcp";
  if (path === "/healthz") return "healthz";
  if (path === "/readyz") return "readyz";
  return path.startsWith("/.well-known/") ? "metadata" : "other";
}

function recorded(options: HttpAppOptions): Handler {
  const { proxies, clock, log, meter = noMeter, randomId = () => crypto.randomUUID() } = options;
  return async (c, next) => {
    const begun = clock.monotonic();
    const notes: RequestNotes = requestFactsOf(c.req.raw, c.env, proxies, randomId);
    c.set("notes", notes);
    await next();
    // Hono's own way of setting a header makes another response each time, and Deno encodes the text of each at once.
    const { status, headers } = c.res;
    headers.set("x-request-id", notes.id);
    const [method, path] = [c.req.method, pathOf(c)];
    void c.env.ended.then((end) => {
      const { id, client, caller, message, reason } = notes;
      const durationMs = clock.monotonic() - begun;
      logRequest(log, { id, client, caller, message, reason, method, path, status, end, durationMs });
      meter.httpEnded({ route: routeOf(path), method, status, durationMs });
    });
  };
}

function securityHeaders(isSecure: boolean): Handler {
  return secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    crossOriginResourcePolicy: "same-origin",
    strictTransportSecurity: isSecure ? `max-age=${YEAR_SECONDS}` : false,
    xFrameOptions: "DENY",
    xXssProtection: false,
  });
}

/** Answers hold whatever the caller may see: no cache in between keeps them, no proxy holds a stream back. */
const fresh: Handler = async (c, next) => {
  await next();
  const { headers } = c.res;
  headers.set("cache-control", "no-store");
  if (headers.get("content-type")?.startsWith("text/event-stream")) headers.set("x-accel-buffering", "no");
  // Streams say that the connection is kept, also to clients that have said it will not be.
  if (headers.get("connection")?.toLowerCase() === "keep-alive") headers.delete("connection");
};

function guarded({ hosts }: HttpAppOptions): Handler {
  return async (c, next) => {
    const refusal = refusedByHost(c.req.raw, c.env.target, hosts);
    return refusal === undefined ? await next() : refusalResponse(refusal);
  };
}

/** nginx's word for a client that did not wait for its answer; it stands in the access log only. */
const CLIENT_LEFT = 499;

/** Whoever leaves makes waits end with an error, or with whatever the adapter ends a signal with: that is no failure. */
function failureResponse({ signal }: Request, thrown: unknown, log: Log): Response {
  if (signal.aborted) return new Response(null, { status: CLIENT_LEFT });
  log.error(`HTTP: Cannot answer: ${thrown instanceof Error ? thrown.name : "something was thrown that is no error"}`);
  log.debug(`HTTP: It failed with: ${thrown instanceof Error ? thrown.stack ?? thrown.message : thrown}`);
  return refusalResponse({ status: 500, message: "The server failed" });
}

/**
 * Makes the application.
 *
 * @param options What it is made of.
 * @returns What answers requests; it never throws.
 */
export function createHttpApp(options: HttpAppOptions): (request: Request, arrival: Arrival) => Promise<Response> {
  const { hosts, mcp, health, documents, isSecure, log } = options;
  const app = new Hono<AppTypes>({ strict: true });
  app.use(recorded(options), securityHeaders(isSecure), fresh);
  for (const path of HEALTH_PATHS) app.get(path, () => healthResponse(path, health));
  app.use(guarded(options));
  if (hosts.allowedOrigins.length > 0) app.use(MCP_PATH, cors({ origin: [...hosts.allowedOrigins], ...CORS }));
  for (const { path, content } of documents) app.get(path, cors({ origin: "*" }), () => Response.json(content));
  // Hono passes on what is no error, beyond those who write the log.
  app.all(
    MCP_PATH,
    (c) => mcp.answer(c.req.raw, c.env, c.var.notes).catch((thrown) => failureResponse(c.req.raw, thrown, log)),
  );
  app.notFound(() => refusalResponse({ status: 404, message: `There is nothing here: the server is at ${MCP_PATH}` }));
  app.onError((error, c) => failureResponse(c.req.raw, error, log));
  return async (request, arrival) => await app.fetch(request, arrival);
}
