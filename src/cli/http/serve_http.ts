/**
 * Serves MCP over HTTP until the system asks the program to end.
 *
 * @module
 */

import { addressText, isLoopback } from "../../config/address.ts";
import type { HttpConfig } from "../../config/http.ts";
import { systemClock } from "../../core/clock.ts";
import type { Log } from "../../core/log.ts";
import { MCP_PATH } from "../../transport/http/app.ts";
import { listen, type Listener } from "../../transport/http/listener.ts";
import type { System } from "../system.ts";
import { openTracing } from "../tracing.ts";
import { CertificateWatch, type ReadCertificate, readCertificate } from "./certificate.ts";
import { drain } from "./drain.ts";
import { divertConsole } from "./library_output.ts";
import { loadHttpConfig } from "./http_config_file.ts";
import { requireAddress } from "./listening.ts";
import { observeCallers } from "./observed_callers.ts";
import { type Metrics, openMetrics } from "./operators.ts";
import type { ServeHttpParts } from "./parts.ts";
import { Sites } from "./sites.ts";
import { openState } from "./state.ts";
import { turnedAway } from "./turned_away.ts";

/** Resolves when the system asks the program to end; a second time fires `force`. */
function ending(system: System): { readonly asked: Promise<void>; readonly force: AbortSignal; off: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const force = new AbortController();
  let isAsked = false;
  const off = system.onTermination(() => {
    if (isAsked) force.abort();
    isAsked = true;
    resolve();
  });
  return { asked: promise, force: force.signal, off };
}

function announce(http: HttpConfig, { address }: Listener, log: Log): void {
  const scheme = http.tls === undefined ? "http" : "https";
  log.info(`Serving MCP at ${scheme}://${addressText(address)}${MCP_PATH}`);
  if (isLoopback(http.listen) && http.callersFile === undefined && http.oauth === undefined) {
    log.warning("Callers are not told apart: every program of this machine can call with the server's credential");
  }
}

/** Keeps the certificate fresh as long as the listener is there. */
function freshen(
  certificate: ReadCertificate | undefined,
  { tls }: HttpConfig,
  listener: Listener,
  { system, log }: ServeHttpParts,
): CertificateWatch | undefined {
  if (certificate === undefined || tls === undefined) return undefined;
  const use: Listener["useCertificate"] = (pair) => listener.useCertificate(pair);
  return new CertificateWatch({ files: tls, outside: system, clock: systemClock, log, used: certificate, use });
}

/** What serving over HTTP starts from, without what is opened here. */
export type StartParts = Omit<ServeHttpParts, "tracer" | "meter">;

async function serveWith(parts: ServeHttpParts, http: HttpConfig, metrics: Metrics): Promise<void> {
  const { config, system, log, meter } = parts;
  const certificate = http.tls === undefined ? undefined : await readCertificate(http.tls, system);
  await using state = await openState(http, parts);
  await using sites = new Sites(parts, state);
  const { tools } = await sites.open(config, http);
  log.info(`Loaded ${tools} API endpoints`);
  const end = ending(system);
  const listener = await listen({
    address: http.listen,
    fetch: (request, arrival) => sites.current.answer(request, arrival),
    onRefused: turnedAway(log, systemClock),
    tls: certificate,
  });
  meter.observe("connections", () => listener.connections);
  meter.observe("http_requests_in_flight", () => sites.inFlight.count);
  observeCallers(meter, () => sites.current.callers);
  using watch = freshen(certificate, http, listener, parts);
  const stopReloading = system.onHangup(() => void Promise.all([sites.reload(), watch?.look()]));
  try {
    await using _shown = await metrics.show(() => sites.current.health);
    announce(http, listener, log);
    await end.asked;
    await drain({ listener, sites, log, clock: systemClock, ms: http.drainMs, force: end.force });
  } finally {
    stopReloading();
    end.off();
    listener.destroy();
  }
}

/**
 * Serves.
 *
 * @param parts What serving starts from.
 * @throws {UsageError} If the configuration is wrong, or an address can't be used; nothing was served then.
 */
export async function serveHttp(parts: StartParts): Promise<void> {
  const { flags, config, system, log, secrets } = parts;
  using _console = divertConsole(log);
  const http = await loadHttpConfig(flags, config, system);
  for (const address of [http.listen, http.metrics]) {
    if (address !== undefined) await requireAddress(address, system);
  }
  const metrics = await openMetrics(http.metrics, log);
  const { tracer, close } = await openTracing(config, log, secrets);
  try {
    await serveWith({ ...parts, tracer, meter: metrics.meter }, http, metrics);
  } finally {
    await close();
  }
}
