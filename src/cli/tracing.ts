/**
 * Opens the export of traces that the configuration asks for.
 *
 * @module
 */

import type { Config } from "../config/config.ts";
import type { Log } from "../core/log.ts";
import type { Secrets } from "../core/secrets.ts";
import { noTracer, type Tracer } from "../telemetry/tracer.ts";

/** A tracer, and its end. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Exports what is left, for two seconds at the most. Never throws. */
  close(): Promise<void>;
}

const NO_TRACING: Tracing = { tracer: noTracer, close: () => Promise.resolve() };

/**
 * Opens the export. What exports is loaded only where traces are asked for.
 *
 * @param config Where traces go.
 * @param log Learns once that nobody takes them, or that they cannot be exported.
 * @param secrets Learns what is sent along with them.
 * @returns A tracer that traces nothing where nobody asks for it.
 */
export async function openTracing({ traces }: Config, log: Log, secrets: Secrets): Promise<Tracing> {
  if (traces === undefined) return NO_TRACING;
  for (const value of Object.values(traces.headers)) secrets.add(value);
  const { createOtelTracer } = await import("../telemetry/otel.ts");
  const { host } = new URL(traces.endpoint);
  try {
    const tracing = createOtelTracer({ settings: traces, log });
    log.info(`Exporting traces to ${host}`);
    return tracing;
  } catch (error) {
    // The exporter's package looks at variables of its own; serving goes before watching.
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    log.warning(
      `Cannot export traces to "${host}": the program was started without permission for what the exporter reads; ` +
        "start it with -P=serve or --allow-env",
    );
    return NO_TRACING;
  }
}
