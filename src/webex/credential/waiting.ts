/**
 * Waits that end early, and work that is shared by all who wait for it.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";

/** The reason of a signal that aborts because a step took too long. */
export class TimeLimitReached extends Error {
  override name = "TimeLimitReached";
}

/**
 * Waits for a promise, but no longer than a signal allows; the work behind the promise goes on.
 *
 * @param promise What is waited for.
 * @param signal Ends the waiting with its reason.
 */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await promise;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/**
 * Does something within a time.
 *
 * @param limits The clock, the time in milliseconds, and what else ends the work.
 * @param work What to do; its signal aborts when the time is up, then with a {@linkcode TimeLimitReached}.
 */
export async function withinTime<T>(
  { clock, ms, signal }: { readonly clock: Clock; readonly ms: number; readonly signal?: AbortSignal | undefined },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const done = new AbortController();
  clock.sleep(ms, done.signal).then(() => limit.abort(new TimeLimitReached("The time is up")), () => {});
  const ends = signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]);
  try {
    ends.throwIfAborted();
    return await untilAborted(work(ends), ends);
  } finally {
    done.abort();
  }
}

/** Work that is under way. */
interface Flight<T> {
  readonly result: Promise<T>;
  readonly abandoned: AbortController;
  waiting: number;
}

/** Does one thing at a time; whoever asks meanwhile waits for the same result. */
export class SingleFlight<T> {
  readonly #endsAlone: boolean;
  #running: Flight<T> | undefined;

  /**
   * @param options With `endsAlone` the work is stopped when nobody waits for it any more. By default it goes on: half a
   * renewal could cost a token.
   */
  constructor({ endsAlone = false }: { readonly endsAlone?: boolean } = {}) {
    this.#endsAlone = endsAlone;
  }

  /**
   * Joins the work that is under way, or begins it.
   *
   * @param work Begins it; its signal aborts when it is to stop.
   * @param signal Ends the waiting.
   */
  async run(work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const flight = this.#running ??= this.#begin(work);
    flight.waiting++;
    try {
      return await untilAborted(flight.result, signal);
    } finally {
      if (--flight.waiting === 0 && this.#endsAlone) this.#abandon(flight);
    }
  }

  #begin(work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const abandoned = new AbortController();
    const result = work(abandoned.signal).finally(() => {
      if (this.#running === flight) this.#running = undefined;
    });
    const flight: Flight<T> = { result, abandoned, waiting: 0 };
    return flight;
  }

  /** Whoever asks next must not get the failure of what was stopped. */
  #abandon(flight: Flight<T>): void {
    if (this.#running === flight) this.#running = undefined;
    flight.abandoned.abort(new Error("Nobody waits any more"));
  }
}
