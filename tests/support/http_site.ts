/**
 * The whole server over HTTP but for its socket, against the simulated organization.
 *
 * @module
 */

import { createSite, type Site } from "../../src/cli/http/site.ts";
import { createSharedParts } from "../../src/cli/shared_parts.ts";
import { createConfig } from "../../src/config/config.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import { createHttpConfig } from "../../src/config/http.ts";
import { Secrets } from "../../src/core/secrets.ts";
import { noMeter } from "../../src/telemetry/meter.ts";
import { noTracer } from "../../src/telemetry/tracer.ts";
import { InFlight } from "../../src/transport/http/in_flight.ts";
import { fakeSystem } from "./fake_system.ts";
import { type RecordingLog, recordingLog } from "./recording_log.ts";

/** A site, and what is known of it. */
export interface TestSite extends Site {
  readonly log: RecordingLog;
  readonly inFlight: InFlight;
  /** Sends a request as if it came from this machine. */
  send(init: RequestInit, target?: string): Promise<Response>;
}

/**
 * Makes a site.
 *
 * @param flags Flags beside `--http` and `--sandbox`.
 * @returns The site.
 */
export async function testSite(flags: FlagValues = {}): Promise<TestSite> {
  const all: FlagValues = { sandbox: true, http: "127.0.0.1:8080", confirm: "never", tools: "discover", ...flags };
  const system = fakeSystem();
  const config = createConfig(all, system.environment, undefined, "linux");
  const http = createHttpConfig(all, system.environment);
  if (http === undefined) throw new Error("There is no address");
  const log = recordingLog();
  const parts = { config, system, log, secrets: new Secrets() };
  const inFlight = new InFlight();
  const site = await createSite(config, http, {
    ...parts,
    flags: all,
    meter: noMeter,
    tracer: noTracer,
    shared: createSharedParts(parts),
    inFlight,
    take: () => Promise.resolve(0),
    cancel: new AbortController().signal,
    ending: new AbortController().signal,
  });
  return {
    ...site,
    log,
    inFlight,
    async send(init, target = "/mcp") {
      const headers = new Headers(init.headers);
      if (!headers.has("host")) headers.set("host", "127.0.0.1:8080");
      const { promise: ended, resolve } = Promise.withResolvers<"answered">();
      const request = new Request(new URL(target, "http://127.0.0.1:8080"), { ...init, headers });
      const response = await site.answer(request, { remoteAddress: "127.0.0.1", target, ended });
      const body = await response.text();
      resolve("answered");
      return new Response(body === "" ? null : body, response);
    },
  };
}
