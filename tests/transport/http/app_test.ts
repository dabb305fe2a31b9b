import assert from "node:assert/strict";
import type { Authenticator, Caller, Refusal } from "../../../src/access/caller.ts";
import { systemClock } from "../../../src/core/clock.ts";
import type { LogFacts } from "../../../src/core/log.ts";
import { createHttpApp, type HttpAppOptions } from "../../../src/transport/http/app.ts";
import type { Arrival } from "../../../src/transport/http/arrival.ts";
import { createCallerLimits, type Take } from "../../../src/transport/http/caller_limits.ts";
import { InFlight } from "../../../src/transport/http/in_flight.ts";
import { MAX_BODY_BYTES } from "../../../src/transport/http/json_body.ts";
import type { McpRequest } from "../../../src/transport/http/mcp_endpoint.ts";
import { type CallFacts, createMcpRoute, type McpRouteOptions } from "../../../src/transport/http/mcp_route.ts";
import { createTrustedProxies } from "../../../src/transport/http/trusted_proxies.ts";
import { recordingLog } from "../../support/recording_log.ts";

const CALL = { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} };

interface Situation {
  readonly app?: Partial<HttpAppOptions>;
  readonly route?: Partial<McpRouteOptions>;
  readonly take?: Take;
}

/** An application whose server echoes what it is asked. */
function appOf({ app = {}, route = {}, take = () => Promise.resolve(0) }: Situation = {}) {
  const asked: McpRequest<CallFacts>[] = [];
  const log = recordingLog();
  const answer = createHttpApp({
    hosts: { allowedHosts: ["localhost"], allowedOrigins: [], isLocal: true },
    proxies: createTrustedProxies([]),
    mcp: createMcpRoute({
      endpoint: {
        answer(request) {
          asked.push(request);
          return Promise.resolve(Response.json({ echo: request.body }));
        },
        close: () => Promise.resolve(),
      },
      limits: createCallerLimits(take, 60),
      ...route,
    }),
    health: { check: () => Promise.resolve({}) },
    documents: [],
    isSecure: false,
    clock: systemClock,
    log,
    randomId: () => "id-of-the-request",
    ...app,
  });
  async function send(init: RequestInit = {}, target = "/mcp", arrival: Partial<Arrival> = {}): Promise<Response> {
    const headers = new Headers({ host: "localhost", "content-type": "application/json" });
    new Headers(init.headers).forEach((value, name) => headers.set(name, value));
    const request = new Request(`http://localhost${target}`, { method: "POST", ...init, headers });
    const ended = Promise.resolve("answered" as const);
    return await answer(request, { remoteAddress: "127.0.0.1", target, ended, ...arrival });
  }
  return { send, asked, log };
}

async function messageOf(response: Response): Promise<unknown> {
  const { error, jsonrpc, id } = await response.json();
  assert.deepEqual([jsonrpc, id], ["2.0", null]);
  return error.message;
}

const body = JSON.stringify(CALL);

Deno.test("createHttpApp() passes a message on, with its caller and id", async () => {
  const { send, asked, log } = appOf();
  const response = await send({ body });
  assert.deepEqual(await response.json(), { echo: CALL });
  assert.equal(response.headers.get("x-request-id"), "id-of-the-request");
  assert.deepEqual(asked[0]?.facts, { caller: { name: "local", policy: {} }, id: "id-of-the-request" });
  await Promise.resolve();
  assert.match(log.lines.join("\n"), /INFO: HTTP: 200 POST \/mcp tools\/list by local, \d+ ms/);
});

Deno.test("createHttpApp() logs of a method no more than a method can be", async () => {
  const { send, log } = appOf();
  const bodies = ["a".repeat(70), `tools/${"a".repeat(100)}`].map((method) => ({ ...CALL, method }));
  for (const one of bodies) await send({ body: JSON.stringify(one) });
  await Promise.resolve();
  assert.deepEqual(log.lines.filter((line) => line.includes("aaa")), []);
});

Deno.test("createHttpApp() sends headers that keep browsers and caches out", async () => {
  const secure = await appOf({ app: { isSecure: true } }).send({ body });
  for (const response of [await appOf().send({ body }), await appOf().send({}, "/nothing"), secure]) {
    const { headers } = response;
    assert.equal(headers.get("cache-control"), "no-store");
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    assert.equal(headers.get("referrer-policy"), "no-referrer");
    assert.equal(headers.get("access-control-allow-origin"), null);
  }
  assert.match(secure.headers.get("strict-transport-security") ?? "", /^max-age=\d+/);
});

Deno.test("createHttpApp() lets no proxy hold a stream back", async () => {
  const headers = { "content-type": "text/event-stream", connection: "keep-alive" };
  const endpoint = {
    answer: () => Promise.resolve(new Response("data: 1\n\n", { headers })),
    close: () => Promise.resolve(),
  };
  const response = await appOf({ route: { endpoint } }).send({ body });
  assert.equal(response.headers.get("x-accel-buffering"), "no");
  // Whether the connection is kept is between the client and the listener.
  assert.equal(response.headers.get("connection"), null);
});

Deno.test("createHttpApp() refuses what is no message, each with its own status", async () => {
  const { send, asked } = appOf();
  const cases: [RequestInit, number, RegExp][] = [
    [{ method: "GET" }, 405, /^Only POST/],
    [{ method: "DELETE" }, 405, /^Only POST/],
    [{ body, headers: { "content-type": "text/plain" } }, 415, /application\/json/],
    [{ body, headers: { "content-encoding": "gzip" } }, 415, /without encoding/],
    [{ body: "{" }, 400, /no JSON/],
    [{ body: "[".repeat(100) }, 400, /nested/],
    [{ body: `"${"x".repeat(MAX_BODY_BYTES)}"` }, 413, /more than 16777216 bytes/],
    [{ body, headers: { host: "evil.example" } }, 403, /another host/],
    [{ body, headers: { origin: "http://evil.example" } }, 403, /origin/],
  ];
  for (const [init, status, message] of cases) {
    const response = await send(init);
    assert.equal(response.status, status, String(message));
    assert.match(String(await messageOf(response)), message);
  }
  for (const target of ["/", "/mcp/", "/MCP", "/mcp/x", "/.well-known/oauth-protected-resource"]) {
    assert.equal((await send({ body }, target)).status, 404, target);
  }
  assert.equal((await send({ method: "GET" })).headers.get("allow"), "POST");
  assert.deepEqual(asked, []);
});

Deno.test("createHttpApp() answers health to anybody, and readiness with its reasons", async () => {
  const health = { check: () => Promise.resolve({ store: { ok: false, note: "unreachable" } }) };
  const { send, log } = appOf({ app: { health } });
  const ask = (path: string) => send({ method: "GET", headers: { host: "10.0.0.7:8080" } }, path);
  assert.deepEqual(await (await ask("/healthz")).json(), { status: "ok" });
  const ready = await ask("/readyz");
  assert.equal(ready.status, 503);
  assert.deepEqual(await ready.json(), {
    status: "not ready",
    checks: { store: { ok: false, note: "unreachable" } },
  });
  assert.equal((await appOf().send({ method: "GET" }, "/readyz")).status, 200);
  const checks = { callers: { ok: false, tolerated: true, note: "no file" } } as const;
  const tolerating = appOf({ app: { health: { check: () => Promise.resolve(checks) } } });
  const still = await tolerating.send({ method: "GET" }, "/readyz");
  assert.deepEqual([still.status, await still.json()], [200, { status: "ready", checks }]);
  await Promise.resolve();
  // Somebody asks every few seconds: only what is wrong is worth a line.
  assert.deepEqual(log.lines.filter((line) => line.includes("healthz") && line.startsWith("INFO")), []);
  assert.equal(log.lines.filter((line) => line.includes("503 GET /readyz")).length, 1);
});

Deno.test("createHttpApp() lets browsers of allowed pages call, and no others", async () => {
  const hosts = { allowedHosts: ["localhost"], allowedOrigins: ["https://app.example.com"], isLocal: false };
  const { send } = appOf({ app: { hosts } });
  const origin = "https://app.example.com";
  const preflight = await send({ method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get("access-control-allow-origin"), origin);
  assert.match(preflight.headers.get("access-control-allow-headers") ?? "", /authorization/);
  assert.equal((await send({ body, headers: { origin } })).headers.get("access-control-allow-origin"), origin);
  assert.equal((await send({ method: "OPTIONS", headers: { origin: "https://evil.example" } })).status, 403);
});

Deno.test("createHttpApp() shows documents to every page", async () => {
  const documents = [{ path: "/.well-known/x", content: { a: 1 } }];
  const response = await appOf({ app: { documents } }).send({ method: "GET" }, "/.well-known/x");
  assert.deepEqual(await response.json(), { a: 1 });
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
});

Deno.test("createHttpApp() answers a bug without telling anybody what it was", async () => {
  const endpoint = { answer: () => Promise.reject(new Error("planted")), close: () => Promise.resolve() };
  const { send, log } = appOf({ route: { endpoint } });
  const response = await send({ body });
  assert.equal(response.status, 500);
  assert.equal(await messageOf(response), "The server failed");
  assert.deepEqual(log.lines.filter((line) => !line.startsWith("DEBUG") && line.includes("planted")), []);
});

Deno.test("createHttpApp() answers for a client that left early, whatever was thrown, and calls it no failure", async () => {
  // The adapter ends a request's signal with a text.
  const reason = "Client connection prematurely closed.";
  const authenticator = { authenticate: () => Promise.reject(reason) };
  const { send, log } = appOf({ route: { authenticator } });
  const response = await send({ body, signal: AbortSignal.abort(reason) });
  assert.equal(response.status, 499);
  await Promise.resolve();
  assert.deepEqual(log.lines.filter((line) => line.startsWith("ERROR")), []);
  assert.equal(log.lines.filter((line) => line.startsWith("INFO: HTTP: 499 POST /mcp")).length, 1);
});

Deno.test("createHttpApp() answers a bug that throws no error, too", async () => {
  const endpoint = { answer: () => Promise.reject("planted"), close: () => Promise.resolve() };
  const { send, log } = appOf({ route: { endpoint } });
  assert.equal((await send({ body })).status, 500);
  assert.equal(log.lines.filter((line) => line.startsWith("ERROR: HTTP: Cannot answer")).length, 1);
  assert.deepEqual(log.lines.filter((line) => !line.startsWith("DEBUG") && line.includes("planted")), []);
});

/** Knows callers by their names. */
function authenticatorOf(callers: readonly Caller[]): Authenticator {
  return {
    authenticate(authorization) {
      const caller = callers.find(({ name }) => authorization === `Bearer ${name}`);
      if (caller !== undefined) return Promise.resolve({ caller });
      return Promise.resolve({
        refusal: authorization === undefined
          ? { status: 401, reason: "no_token", description: "No token" }
          : { status: 401, error: "invalid_token", reason: "unknown_token", description: 'The "token"\nis unknown' },
      });
    },
  };
}

Deno.test("createMcpRoute() tells whoever is unknown how to become known", async () => {
  const metadata = "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";
  const { send, asked } = appOf({ route: { authenticator: authenticatorOf([]), challenge: { metadata } } });
  const without = await send({ body });
  assert.equal(without.status, 401);
  const shown = `resource_metadata="${metadata}"`;
  assert.equal(without.headers.get("www-authenticate"), `Bearer realm="webex-calling-mcp", ${shown}`);
  const unknown = await send({ body, headers: { authorization: "Bearer x" } });
  assert.equal(unknown.status, 401);
  assert.equal(
    unknown.headers.get("www-authenticate"),
    'Bearer realm="webex-calling-mcp", error="invalid_token", error_description="The tokenis unknown", ' +
      shown,
  );
  assert.equal((await unknown.json()).error, "invalid_token");
  assert.deepEqual(asked, []);
});

Deno.test("createMcpRoute() tells the log why somebody is not let in, and the caller only what it has to know", async () => {
  const refusal: Refusal = {
    status: 401,
    error: "invalid_token",
    reason: "wrong_audience",
    description: "The token is not valid here",
  };
  const logs: [string, LogFacts | undefined][] = [];
  const log = { ...recordingLog(), info: (text: string, facts?: LogFacts) => void logs.push([text, facts]) };
  const authenticator = { authenticate: () => Promise.resolve({ refusal }) };
  for (const waitMs of [0, 2_000]) {
    const { send } = appOf({ app: { log }, route: { authenticator }, take: () => Promise.resolve(waitMs) });
    const response = await send({ body });
    const shown = JSON.stringify([...response.headers]) + await response.text();
    assert.doesNotMatch(shown, /audience|reason/);
    await Promise.resolve();
    const [text, facts] = logs.pop() ?? [];
    assert.match(text ?? "", /^HTTP: (?:401|429) POST \/mcp, \d+ ms, refused: wrong_audience$/);
    assert.equal(facts?.reason, "wrong_audience");
  }
  const { send } = appOf({ app: { log } });
  await send({ body });
  await Promise.resolve();
  assert.doesNotMatch(JSON.stringify(logs), /refused|reason/);
});

Deno.test("createMcpRoute() says for how long who can't be checked has to wait", async () => {
  const refusal = { status: 503, reason: "unavailable", description: "Keys can't be read" } as const;
  const authenticator = { authenticate: () => Promise.resolve({ refusal }) };
  const response = await appOf({ route: { authenticator } }).send({ body });
  assert.equal(response.status, 503);
  assert.equal(response.headers.get("retry-after"), "5");
  assert.equal(response.headers.get("www-authenticate"), null);
});

Deno.test("createMcpRoute() counts the requests of each caller, by its own rate", async () => {
  const taken: unknown[] = [];
  const callers: Caller[] = [
    { name: "ann", policy: {} },
    { name: "bob", policy: { ratePerMinute: 6, burst: 3 } },
  ];
  const { send } = appOf({
    route: { authenticator: authenticatorOf(callers) },
    take(key, bucket) {
      taken.push([key, bucket]);
      return Promise.resolve(key === "rate bob" ? 1_200 : 0);
    },
  });
  assert.equal((await send({ body, headers: { authorization: "Bearer ann" } })).status, 200);
  const refused = await send({ body, headers: { authorization: "Bearer bob" } });
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get("retry-after"), "2");
  await send({ body, headers: { authorization: "Bearer nobody" } });
  assert.deepEqual(taken, [
    ["rate ann", { capacity: 20, perSecond: 1 }],
    ["rate bob", { capacity: 3, perSecond: 0.1 }],
    ["failure 127.0.0.1", { capacity: 30, perSecond: 0.5 }],
  ]);
});

Deno.test("createMcpRoute() counts every message of a body, and takes few of them", async () => {
  let taken = 0;
  const { send, asked } = appOf({
    take() {
      taken++;
      return Promise.resolve(taken > 5 ? 500 : 0);
    },
  });
  const batch = (length: number) => JSON.stringify(Array.from({ length }, (_, id) => ({ ...CALL, id })));
  assert.equal((await send({ body: batch(3) })).status, 200);
  assert.equal(taken, 3);
  assert.equal((await send({ body: batch(9) })).status, 400);
  assert.equal((await send({ body: batch(8) })).status, 429);
  assert.equal(asked.length, 1);
});

Deno.test("createMcpRoute() refuses several messages that can't be taken together, before anything is done", async () => {
  const { send, asked } = appOf();
  const twice = await send({ body: JSON.stringify([CALL, CALL]) });
  assert.equal(twice.status, 400);
  assert.match(String(await messageOf(twice.clone())), /two requests of the body have the same id/);
  assert.equal((await twice.json()).error.code, -32600);
  const several = JSON.stringify([CALL, { ...CALL, id: 2 }]);
  for (const revision of ["2025-06-18", "2025-11-25", "2026-07-28"]) {
    const later = await send({ body: several, headers: { "mcp-protocol-version": revision } });
    assert.equal(later.status, 400);
    assert.match(String(await messageOf(later)), /only revision 2025-03-26/);
  }
  assert.equal(asked.length, 0);
  assert.equal((await send({ body: several, headers: { "mcp-protocol-version": "2025-03-26" } })).status, 200);
  assert.equal((await send({ body: several })).status, 200);
});

Deno.test("createMcpRoute() gives each caller so many requests at a time", async () => {
  const ends: (() => void)[] = [];
  const arrival = () => {
    const { promise, resolve } = Promise.withResolvers<"answered">();
    ends.push(() => resolve("answered"));
    return { ended: promise };
  };
  const callers: Caller[] = [{ name: "ann", policy: { concurrency: 1 } }, { name: "bob", policy: {} }];
  const inFlight = new InFlight({ all: 2, each: 2 });
  const { send } = appOf({ route: { authenticator: authenticatorOf(callers), inFlight } });
  const as = (name: string, text = body) =>
    send({ body: text, headers: { authorization: `Bearer ${name}` } }, "/mcp", arrival());
  assert.equal((await as("ann")).status, 200);
  assert.equal((await as("ann")).status, 429);
  assert.equal((await as("bob")).status, 200);
  const full = await as("bob");
  assert.equal(full.status, 503);
  assert.equal(full.headers.get("retry-after"), "1");
  ends[0]?.();
  await Promise.resolve();
  assert.equal((await as("ann")).status, 200);
});

Deno.test("createMcpRoute() answers a message that the caller's scopes don't cover with a challenge", async () => {
  const { send, asked, log } = appOf({
    route: {
      refusal: () =>
        Promise.resolve({
          status: 403,
          error: "insufficient_scope",
          reason: "no_scope",
          description: "Needs more",
          scope: "a b",
        }),
    },
  });
  const response = await send({ body });
  assert.equal(response.status, 403);
  assert.match(response.headers.get("www-authenticate") ?? "", /error="insufficient_scope".*scope="a b"/);
  assert.deepEqual(asked, []);
  await Promise.resolve();
  assert.match(log.lines.join("\n"), /INFO: HTTP: 403 POST \/mcp tools\/list by local, \d+ ms, refused: no_scope/);
});

Deno.test("createMcpRoute() takes nothing while the server ends", async () => {
  const ending = new AbortController();
  const { send, asked } = appOf({ route: { ending: ending.signal } });
  assert.equal((await send({ body })).status, 200);
  // Its body doesn't come, and is not waited for.
  const half = send({ body: new ReadableStream({ start() {} }) });
  ending.abort();
  assert.equal((await half).status, 503);
  const response = await send({ body });
  assert.equal(asked.length, 1);
  assert.equal(response.status, 503);
  assert.equal(response.headers.get("retry-after"), "5");
  assert.equal(response.headers.get("connection"), "close");
});
