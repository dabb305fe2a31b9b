/**
 * Lets the meter look at the file of callers.
 *
 * @module
 */

import type { CallerSource } from "../../access/caller_source.ts";
import type { Meter } from "../../telemetry/meter.ts";

/**
 * Begins to observe the file.
 *
 * @param meter Who looks.
 * @param callers Gives the callers that count now; another file takes their place when the configuration changes.
 */
export function observeCallers(meter: Pick<Meter, "observe">, callers: () => CallerSource | undefined): void {
  meter.observe("callers_file_ok", () => {
    const source = callers();
    // Where nobody calls, nobody looks at the file: the next answer tells what this look finds.
    source?.current().catch(() => {});
    return source && (source.state().trouble === undefined ? 1 : 0);
  });
  meter.observe("callers_file_read", () => {
    const ms = callers()?.state().readAt;
    return ms === undefined ? undefined : Math.floor(ms / 1000);
  });
}
