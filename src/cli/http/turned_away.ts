/**
 * Tells of connections that are turned away: of single ones to whoever looks for a fault, of a crowd to the operator.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import type { Log } from "../../core/log.ts";

/** How often a crowd is told, in milliseconds. */
const EVERY_MS = 60_000;

/** The listener's reason for those beyond its limit. */
const CROWD = "too_many_connections";

/** Its reason where it had to begin anew. */
const RENEWED = "listening_renewed";

/**
 * Makes what is told of them.
 *
 * @param log Where it is told.
 * @param clock Measures the time between two warnings.
 * @returns Takes the reason of each.
 */
export function turnedAway(
  log: Pick<Log, "debug" | "warning">,
  clock: Pick<Clock, "monotonic">,
): (reason: string) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  let count = 0;
  return (reason) => {
    if (reason === RENEWED) {
      log.warning("HTTP: Listens anew, because no connection came in any more: the system had no file descriptor left");
      return;
    }
    log.debug(`HTTP: Closed a connection: ${reason}`);
    if (reason !== CROWD) return;
    count++;
    if (clock.monotonic() - toldAt < EVERY_MS) return;
    log.warning(`HTTP: Turned ${count} connections away: as many are open as the server takes`);
    toldAt = clock.monotonic();
    count = 0;
  };
}
