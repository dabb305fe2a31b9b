/**
 * The command `serve`: MCP over the standard streams, or over HTTP.
 *
 * @module
 */

import { isExposed } from "../config/base_url.ts";
import type { Config } from "../config/config.ts";
import { forgiving } from "../config/environment.ts";
import type { FlagValues } from "../config/flags.ts";
import { HTTP_FLAGS } from "../config/http_flags.ts";
import { given } from "../config/settings.ts";
import { systemClock } from "../core/clock.ts";
import type { Log } from "../core/log.ts";
import { Secrets } from "../core/secrets.ts";
import { serveOverStdio } from "../transport/stdio.ts";
import { assemble } from "./assembly.ts";
import type { ExitCode } from "./grammar/command.ts";
import { loadConfig } from "./config_file.ts";
import { openLog } from "./program_log.ts";
import { serverFactoryOf } from "./server_factory.ts";
import type { System } from "./system.ts";
import { openTracing } from "./tracing.ts";

/** How long calls that nobody waits for any more may take to be recorded, in milliseconds. */
const SETTLE_MS = 2_000;

/** How long calls in flight may take beyond their own deadline, in milliseconds. */
const DRAIN_MARGIN_MS = 5_000;

/**
 * Serves until the client ends the input or the system asks the program to end.
 *
 * @param flags The flags.
 * @param system The outside of the program.
 * @returns The exit code.
 * @throws {UsageError} If the configuration is wrong; nothing was served then.
 */
export async function runServe(flags: FlagValues, system: System): Promise<ExitCode> {
  const config = await loadConfig(flags, system);
  const secrets = new Secrets();
  const log = openLog(config, system, secrets);
  try {
    if (config.baseUrl !== undefined && isExposed(config.baseUrl)) {
      log.warning(`The access token travels unencrypted to ${config.baseUrl}`);
    }
    const overHttp =
      given(HTTP_FLAGS.http, flags.http, config.sandbox ? forgiving(system.environment) : system.environment) !==
        undefined;
    // A client that starts the program pays for nothing that only HTTP needs.
    if (overHttp) await (await import("./http/serve_http.ts")).serveHttp({ flags, config, system, log, secrets });
    else await serveStreams(config, system, log, secrets);
    return 0;
  } finally {
    await log.close();
  }
}

async function serveStreams(config: Config, system: System, log: Log, secrets: Secrets): Promise<void> {
  const assembly = await assemble({ config, system, log, secrets });
  const { dispatcher, catalogue, audit } = assembly;
  const { tracer, close: closeTracing } = await openTracing(config, log, secrets);
  log.info(`Loaded ${catalogue.size} API endpoints`);
  const settled = new AbortController();
  const stop = new AbortController();
  const force = new AbortController();
  // Whoever asks a second time does not want to wait for the calls in flight.
  const end = () => (stop.signal.aborted ? force : stop).abort();
  const stopListening = system.onInterrupt(end);
  try {
    const factory = serverFactoryOf({ config, assembly, secrets, isPublic: true, observers: { tracer } });
    const drainMs = config.deadlineMs + DRAIN_MARGIN_MS;
    await serveOverStdio({ factory: () => factory(), log, signal: stop.signal, force: force.signal, drainMs });
  } finally {
    stopListening();
    // Calls that were cancelled or cut off by the end are recorded, too; one that hangs must not keep the program.
    await Promise.race([dispatcher.settled(), systemClock.sleep(SETTLE_MS, settled.signal).catch(() => {})]);
    settled.abort();
    await audit.close();
    await closeTracing();
  }
}
