/**
 * Answers whoever watches over the server, apart from those who use it.
 *
 * @module
 */

import { Hono } from "hono";
import { type Address, addressText, isLoopback } from "../../config/address.ts";
import { UsageError } from "../../core/errors.ts";
import { type Health, HEALTH_PATHS, healthResponse } from "./health.ts";
import { refusedByHost } from "./host_guard.ts";
import { refusalResponse } from "./refusal.ts";

/** What is told. */
export interface OperationsOptions {
  readonly address: Address;
  readonly health: () => Health;
  /** The metrics as Prometheus reads them. */
  readonly exposition: () => Promise<string>;
  readonly contentType: string;
}

/** A listener for operators. */
export interface OperationsListener {
  readonly address: Address;
  close(): Promise<void>;
}

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
 * @returns The listener.
 * @throws {UsageError} If the address can't be used.
 */
export function listenForOperators(options: OperationsOptions): OperationsListener {
  const { hostname, port } = options.address;
  const app = appOf(options);
  try {
    // Whoever watches keeps connections open; nothing is lost with them.
    const end = new AbortController();
    const { signal } = end;
    const server = Deno.serve({ hostname, port, signal, onListen: () => {} }, (request) => app.fetch(request));
    return {
      address: { hostname, port: server.addr.port },
      async close() {
        end.abort();
        await server.finished;
      },
    };
  } catch (cause) {
    const isUsed = cause instanceof Deno.errors.AddrInUse;
    const reason = isUsed ? "the address is in use" : "the address can't be used";
    throw new UsageError(`Cannot listen on ${addressText(options.address)}: ${reason}`, {
      code: "cannot_listen",
      guidance: "Choose another address with --metrics.",
      cause,
    });
  }
}
