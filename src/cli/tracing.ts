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

/**
 * Opens the export. What exports is loaded only where traces are asked for.
 *
 * @param config Where traces go.
 * @param log Learns once that nobody takes them.
 * @param secrets Learns what is sent along with them.
 * @returns A tracer that traces nothing where nobody asks for it.
 */
export async function openTracing({ traces }: Config, log: Log, secrets: Secrets): Promise<Tracing> {
  if (traces === undefined) return { tracer: noTracer, close: () => Promise.resolve() };
  for (const value of Object.values(traces.headers)) secrets.add(value);
  const { createOtelTracer } = await import("../telemetry/otel.ts");
  log.info(`Exporting traces to ${new URL(traces.endpoint).host}`);
  return createOtelTracer({ settings: traces, log });
}
