/**
 * Counts and measures the attempts, waits and repetitions of requests.
 *
 * @module
 */

import type { Meter } from "../telemetry/meter.ts";
import type { AttemptWatch } from "./attempt_watch.ts";

/**
 * Makes a watch that measures.
 *
 * @param meter Where to.
 * @returns The watch; the same for all requests.
 */
export function attemptMeter(meter: Meter): AttemptWatch {
  return {
    waited: (ms, what) => meter.waited({ for: what, ms }),
    sent() {},
    answered: (status, durationMs) => meter.attemptEnded({ status, durationMs }),
    lost: (_code, durationMs) => meter.attemptEnded({ durationMs }),
    repeats: (_ms, cause) => meter.repeated(cause),
  };
}
