/**
 * What the server does with requests, as its configuration says just now; another one takes its place when that changes.
 *
 * @module
 */

import type { CallerSource } from "../../access/caller_source.ts";
import type { Config } from "../../config/config.ts";
import type { HttpConfig } from "../../config/http.ts";
import { isLoopback } from "../../config/address.ts";
import { systemClock } from "../../core/clock.ts";
import { createHttpApp } from "../../transport/http/app.ts";
import type { Arrival } from "../../transport/http/arrival.ts";
import { createCallerLimits, type Take } from "../../transport/http/caller_limits.ts";
import type { Health } from "../../transport/http/health.ts";
import type { InFlight } from "../../transport/http/in_flight.ts";
import { createMcpEndpoint } from "../../transport/http/mcp_endpoint.ts";
import { type CallFacts, createMcpRoute } from "../../transport/http/mcp_route.ts";
import { createTrustedProxies } from "../../transport/http/trusted_proxies.ts";
import type { SharedParts } from "../shared_parts.ts";
import { callersOf } from "./callers.ts";
import { configsOf } from "./profiles.ts";
import { refusalsOf } from "./refusals.ts";
import type { ServeHttpParts } from "./parts.ts";
import { readinessOf } from "./readiness.ts";
import { Services } from "./services.ts";

/** What sites of one process share. */
export interface SiteParts extends Omit<ServeHttpParts, "config"> {
  readonly shared: SharedParts;
  readonly inFlight: InFlight;
  readonly take: Take;
  /** Cancels the calls in flight. */
  readonly cancel: AbortSignal;
  /** Fires when no further request is taken. */
  readonly ending: AbortSignal;
}

/** What answers requests. */
export interface Site {
  /** What it was made of. */
  readonly http: HttpConfig;
  /** Callers are told apart. */
  readonly tellsApart: boolean;
  readonly health: Health;
  /** The callers of the file; absent without one. */
  readonly callers: CallerSource | undefined;
  answer(request: Request, arrival: Arrival): Promise<Response>;
  /** Resolves when nothing is answered any more; it has to be replaced by then. */
  idle(): Promise<void>;
  /** Cancels what is under way, and ends its answers. */
  closeAnswers(): Promise<void>;
  /** Resolves when every call so far is recorded. */
  settled(): Promise<void>;
  /** Lets go of all that it holds, once every call is recorded; nothing is answered then. */
  release(): Promise<void>;
}

/** The answers that are not through. */
class Answering {
  readonly #open = new Set<Arrival>();
  #idle = () => {};

  add(arrival: Arrival): void {
    this.#open.add(arrival);
    void arrival.ended.then(() => {
      this.#open.delete(arrival);
      if (this.#open.size === 0) this.#idle();
    });
  }

  /** One at a time waits for it. */
  async idle(): Promise<void> {
    if (this.#open.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#idle = resolve;
    await promise;
  }
}

/**
 * Makes a site.
 *
 * @param config How calls are made.
 * @param http How they come.
 * @param parts What sites share.
 * @returns The site.
 * @throws {UsageError} If the callers' file or a policy is wrong.
 */
export async function createSite(config: Config, http: HttpConfig, parts: SiteParts): Promise<Site> {
  const { flags, system, log, secrets, shared, meter, tracer } = parts;
  const { authenticator, file: callers, challenge, documents } = await callersOf(http, { system, log });
  const services = new Services({
    config,
    system,
    log,
    secrets,
    shared,
    configFor: configsOf(flags, system, config),
    tellsApart: authenticator !== undefined,
    meter,
    observers: { meter, tracer },
  });
  const endpoint = createMcpEndpoint<CallFacts>({
    serverFor: async ({ caller, id }) =>
      (await services.serviceFor(caller)).server({
        ...(authenticator === undefined ? {} : { caller: caller.name }),
        id,
        signal: parts.cancel,
      }),
    log,
  });
  const answering = new Answering();
  const health = readinessOf({ config, shared, callers, ending: parts.ending, clock: systemClock });
  const app = createHttpApp({
    hosts: {
      allowedHosts: http.allowedHosts,
      allowedOrigins: http.allowedOrigins,
      isLocal: isLoopback(http.listen),
    },
    proxies: createTrustedProxies(http.trustedProxies),
    mcp: createMcpRoute({
      endpoint,
      authenticator,
      challenge,
      refusal: refusalsOf({ services, shared, config, log }),
      limits: createCallerLimits(parts.take, http.ratePerMinute),
      inFlight: parts.inFlight,
      meter,
      ending: parts.ending,
    }),
    health,
    documents,
    isSecure: http.tls !== undefined,
    clock: systemClock,
    log,
    meter,
  });
  return {
    http,
    tellsApart: authenticator !== undefined,
    health,
    callers,
    answer(request, arrival) {
      answering.add(arrival);
      return app(request, arrival);
    },
    idle: () => answering.idle(),
    closeAnswers: () => endpoint.close(),
    settled: () => services.settled(),
    release: () => services.release(),
  };
}
