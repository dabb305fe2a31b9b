/**
 * Answers whoever watches over the server, apart from those who use it.
 *
 * @module
 */

import { Hono } from "hono";
import { type Address, isLoopback } from "../../config/address.ts";
import { type Health, HEALTH_PATHS, healthResponse } from "./health.ts";
import { refusedByHost } from "./host_guard.ts";
import { listen, type Listener } from "./listener.ts";
import { refusalResponse } from "./refusal.ts";

/** What is told. */
export interface OperationsOptions {
  readonly address: Address;
  readonly health: () => Health;
  /** The metrics as Prometheus reads them. */
  readonly exposition: () => Promise<string>;
  readonly contentType: string;
}

/** Whoever watches needs few connections, and takes none that a client could have. */
const CONNECTIONS = 100;

const LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

function appOf({ address, health, exposition, contentType }: OperationsOptions): Hono {
  const app = new Hono();
  if (isLoopback(address)) {
    const rules = { allowedHosts: LOCAL_HOSTS, allowedOrigins: [], isLocal: false };
    app.use(async (c, next) => {
      const refusal = refusedByHost(c.req.raw, new URL(c.req.url).pathname, rules);
      return refusal === undefined ? await next() : refusalResponse(refusal);
    });
  }
  app.get("/metrics", async (c) => c.body(await exposition(), 200, { "content-type": contentType }));
  for (const path of HEALTH_PATHS) app.get(path, () => healthResponse(path, health()));
  app.notFound(() =>
    refusalResponse({ status: 404, message: "There is nothing here: see /metrics, /healthz and /readyz" })
  );
  return app;
}

/**
 * Starts to listen.
 *
 * @param options Where, and what is told.
 * @returns The listener. Whoever watches keeps connections open; nothing is lost with them when it is disposed of.
 * @throws {UsageError} If the address can't be used.
 */
export async function listenForOperators(options: OperationsOptions): Promise<Listener> {
  const app = appOf(options);
  return await listen({
    address: options.address,
    fetch: (request) => app.fetch(request),
    limits: { connections: CONNECTIONS },
  });
}
