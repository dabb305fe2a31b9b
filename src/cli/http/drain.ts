/**
 * Ends serving without losing what is under way.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import type { Log } from "../../core/log.ts";
import type { InFlight } from "../../transport/http/in_flight.ts";
import type { Listener } from "../../transport/http/listener.ts";

/** What has to end. */
export interface Draining {
  readonly inFlight: Pick<InFlight, "count" | "drained">;
  /** Takes no further request. */
  stop(): void;
  /** Cancels the calls in flight; each answers what is known of its outcome. */
  cancel(): void;
  /** Ends the answers that are left. */
  closeAnswers(): Promise<void>;
  /** Resolves when all calls are recorded. */
  settled(): Promise<void>;
}

/** How to end. */
export interface DrainOptions {
  readonly listener: Pick<Listener, "close" | "destroy">;
  readonly sites: Draining;
  readonly log: Pick<Log, "info" | "warning">;
  readonly clock: Clock;
  /** How long calls in flight may go on, in milliseconds. */
  readonly ms: number;
  /** Somebody doesn't want to wait so long. */
  readonly force: AbortSignal;
}

/** How long answers may take to leave after their calls were cancelled, in milliseconds. */
const LEAVE_MS = 3_000;

/** How long answers that are left, and then connections, may take to close by themselves, in milliseconds. */
const CLOSE_MS = 500;

/** How long calls that nobody waits for any more may take to be recorded, in milliseconds. */
const SETTLE_MS = 2_000;

/**
 * Ends serving: no connection and no request is taken any more, calls in flight finish, or are cancelled when their time
 * is over, every answer leaves, every call is recorded.
 *
 * @param options What has to end, and how long it may take.
 */
export async function drain({ listener, sites, log, clock, ms, force }: DrainOptions): Promise<void> {
  /** Waits for something, but no longer than a time; tells whether it came. */
  async function within(work: Promise<unknown>, limitMs: number, early?: AbortSignal): Promise<boolean> {
    const over = new AbortController();
    const signal = early === undefined ? over.signal : AbortSignal.any([early, over.signal]);
    const time = clock.sleep(limitMs, signal).then(() => false, () => false);
    const isDone = await Promise.race([work.then(() => true), time]);
    over.abort();
    return isDone;
  }

  const { inFlight } = sites;
  sites.stop();
  const closed = listener.close();
  log.info(`HTTP: Ending; ${inFlight.count} requests are under way`);
  if (!await within(inFlight.drained(), ms, force)) {
    log.warning(`HTTP: Cancelled ${inFlight.count} requests that were still under way`);
    sites.cancel();
    await within(inFlight.drained(), LEAVE_MS);
  }
  await within(sites.closeAnswers(), CLOSE_MS);
  await within(closed, CLOSE_MS);
  listener.destroy();
  await within(sites.settled(), SETTLE_MS);
}
