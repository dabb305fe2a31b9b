/**
 * Opens the metrics for whoever runs the server.
 *
 * @module
 */

import { type Address, addressText, isLoopback } from "../../config/address.ts";
import type { Log } from "../../core/log.ts";
import { type Meter, noMeter } from "../../telemetry/meter.ts";
import type { Health } from "../../transport/http/health.ts";

/** What measures, and what shows it. */
export interface Metrics {
  readonly meter: Meter;
  /**
   * Begins to show what was measured.
   *
   * @param health Tells how the server is.
   * @returns What ends it.
   * @throws {UsageError} If the address can't be used.
   */
  show(health: () => Health): Promise<AsyncDisposable>;
}

const NO_METRICS: Metrics = {
  meter: noMeter,
  show: () => Promise.resolve({ [Symbol.asyncDispose]: () => Promise.resolve() }),
};

/**
 * Opens the metrics. What measures is loaded only where somebody wants to see it.
 *
 * @param address Where they are shown; nowhere where it is absent.
 * @param log Learns where they are.
 * @returns What measures.
 */
export async function openMetrics(address: Address | undefined, log: Pick<Log, "info" | "warning">): Promise<Metrics> {
  if (address === undefined) return NO_METRICS;
  const { createPrometheusMeter } = await import("../../telemetry/prometheus.ts");
  const { listenForOperators } = await import("../../transport/http/operations_listener.ts");
  const { meter, exposition, contentType } = createPrometheusMeter();
  return {
    meter,
    async show(health) {
      const listener = await listenForOperators({ address, health, exposition, contentType });
      log.info(`Showing metrics at http://${addressText(listener.address)}/metrics`);
      if (!isLoopback(address)) log.warning("Other machines can read the metrics: they name tools and profiles");
      return listener;
    },
  };
}
