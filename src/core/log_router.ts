/**
 * Leads log records through LogTape to where they are written.
 *
 * Nothing imports this file at start: loading LogTape takes longer than many a first answer.
 *
 * @module
 */

import { configureSync, getLogger, type LogRecord } from "@logtape/logtape";

/** What LogTape itself reports, for example a sink that throws. */
const META_CATEGORY = ["logtape", "meta"];

/** What this program's loggers have in common. */
const CATEGORY = "webex-calling-mcp";

/** A record before LogTape knows where it belongs. */
export type Entry = Omit<LogRecord, "category">;

/** Where records end. */
export interface Outlet {
  /** The least that is let through. */
  readonly level: "debug" | "info" | "warning" | "error";
  /** Takes each record that is let through, at once. */
  readonly write: (entry: Entry) => void;
}

/** A way to an outlet. */
export interface Route {
  /** Sends a record with the time it was made at; LogTape sees no template in its text. */
  emit(entry: Entry): void;
  /** Records that are sent later arrive nowhere. */
  close(): void;
}

/** LogTape has one configuration for the process, so the open outlets are kept for the next one. */
const outlets = new Map<string, Outlet>();
let serial = 0;

function configure(): void {
  configureSync({
    reset: true,
    sinks: Object.fromEntries([...outlets].map(([id, outlet]) => [id, outlet.write])),
    loggers: [
      ...[...outlets].map(([id, { level }]) => ({ category: [CATEGORY, id], sinks: [id], lowestLevel: level })),
      // Left alone, these go to the console, and that is the protocol's output.
      { category: META_CATEGORY, sinks: [...outlets.keys()], lowestLevel: "warning" },
    ],
  });
}

/**
 * Opens a way to an outlet; several can be open side by side.
 *
 * @param outlet Where the records end.
 * @returns The way.
 */
export function openRoute(outlet: Outlet): Route {
  const id = String(++serial);
  const logger = getLogger([CATEGORY, id]);
  outlets.set(id, outlet);
  configure();
  return {
    emit: (entry) => logger.emit(entry),
    close() {
      outlets.delete(id);
      configure();
    },
  };
}
