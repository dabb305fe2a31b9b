/**
 * Quantities that are looked at when Prometheus asks, those of the process among them.
 *
 * @module
 */

import { Gauge as PromGauge, type Registry } from "prom-client";
import { VERSION } from "../core/version.ts";
import type { Gauge, Meter } from "./meter.ts";

/** How a quantity is exposed. */
interface Exposed {
  readonly name: string;
  readonly help: string;
  /** Of several the highest counts; else they are added up. */
  readonly isHighest?: boolean;
}

const GAUGES: Readonly<Record<Gauge, Exposed>> = {
  queue_depth: { name: "webex_mcp_queue_depth", help: "Calls that wait for their turn or for a place on the wire." },
  calls_in_flight: { name: "webex_mcp_calls_in_flight", help: "Calls of tools that are being carried out." },
  http_requests_in_flight: {
    name: "webex_mcp_http_requests_in_flight",
    help: "HTTP requests that are not answered to their end.",
  },
  connections: { name: "webex_mcp_http_connections", help: "Open connections of clients." },
  token_expiry: {
    name: "webex_mcp_token_expiry_timestamp_seconds",
    help: "When the present access token expires, in seconds since 1970; absent where nobody knows.",
    isHighest: true,
  },
  search_index_built: {
    name: "webex_mcp_search_index_built",
    help: "1 once the search has been built.",
    isHighest: true,
  },
  catalogues: { name: "webex_mcp_catalogues", help: "Catalogues in memory." },
  store_up: { name: "webex_mcp_store_up", help: "1 while the store answers.", isHighest: true },
  callers_file_ok: {
    name: "webex_mcp_callers_file_ok",
    help: "1 while the file of callers can be read, 0 while it is wrong or missing; absent without such a file.",
    isHighest: true,
  },
  callers_file_read: {
    name: "webex_mcp_callers_file_read_timestamp_seconds",
    help: "When callers were last read of their file, in seconds since 1970.",
    isHighest: true,
  },
};

/** One watched quantity. */
interface Watched {
  readonly read: () => number | undefined;
  readonly profile: string;
}

/** Whatever goes wrong with one quantity, the others are told. */
function valueOf({ read }: Watched): number | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function valuesOf(watched: Iterable<Watched>, isHighest: boolean): Map<string, number> {
  const values = new Map<string, number>();
  for (const one of watched) {
    const value = valueOf(one);
    if (value === undefined) continue;
    const other = values.get(one.profile);
    const joined = isHighest ? Math.max(other ?? value, value) : (other ?? 0) + value;
    values.set(one.profile, joined);
  }
  return values;
}

/** What needs no permission to be asked; the names are Prometheus' own where it has one. */
function exposeProcess(registry: Registry): void {
  const registers: [Registry] = [registry];
  const read = (name: string, help: string, value: () => number) =>
    new PromGauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  read(
    "process_start_time_seconds",
    "When the program started, in seconds since 1970.",
    () => performance.timeOrigin / 1000,
  );
  read("process_resident_memory_bytes", "Memory that the program holds.", () => Deno.memoryUsage().rss);
  read("webex_mcp_heap_used_bytes", "Memory that JavaScript uses.", () => Deno.memoryUsage().heapUsed);
  read("webex_mcp_heap_total_bytes", "Memory that is set aside for JavaScript.", () => Deno.memoryUsage().heapTotal);
  new PromGauge({ name: "webex_mcp_build_info", help: "Always 1.", labelNames: ["version", "deno"], registers })
    .set({ version: VERSION, deno: Deno.version.deno }, 1);
}

/**
 * Exposes quantities.
 *
 * @param registry Where they are exposed.
 * @returns What watches further ones.
 */
export function createGauges(registry: Registry): Pick<Meter, "observe"> {
  const watched = new Map<Gauge, Set<Watched>>();
  exposeProcess(registry);

  function begin(gauge: Gauge): Set<Watched> {
    const all = new Set<Watched>();
    watched.set(gauge, all);
    const { name, help, isHighest = false } = GAUGES[gauge];
    new PromGauge({
      name,
      help,
      labelNames: ["profile"],
      registers: [registry],
      collect() {
        this.reset();
        for (const [profile, value] of valuesOf(all, isHighest)) this.set(profile === "" ? {} : { profile }, value);
      },
    });
    return all;
  }

  return {
    observe(gauge, read, profile = "") {
      const all = watched.get(gauge) ?? begin(gauge);
      const one = { read, profile };
      all.add(one);
      return () => void all.delete(one);
    },
  };
}
