/**
 * A clock that stands still until a test moves it.
 *
 * @module
 */

import { setImmediate, setTimeout } from "node:timers";
import type { Clock } from "../../src/core/clock.ts";
import { DeadlineReached, type ProgressNote, type RunningCall } from "../../src/core/context.ts";

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Lets everything run that needs no time, streams and crypto included. */
async function settle(): Promise<void> {
  for (let round = 0; round < 4; round++) await new Promise((resolve) => setImmediate(resolve));
}

/** Time that passes only when a test says so; `monotonic()` begins at 0. */
export class FakeClock implements Clock {
  readonly #start: number;
  #elapsed = 0;
  #sleepers: Sleeper[] = [];

  /** @param start What `now()` tells at first, in milliseconds since 1970. */
  constructor(start: number = Date.UTC(2026, 0, 15, 9)) {
    this.#start = start;
  }

  /** How many waits are under way. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  now(): number {
    return this.#start + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        this.#remove(sleeper);
        reject(signal?.reason);
      };
      const wake = () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      const sleeper = { at: this.#elapsed + Math.max(0, ms), wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", stop, { once: true });
    });
  }

  /**
   * Moves the time on; whoever sleeps wakes at its own moment, in order, and what follows from it happens then.
   *
   * @param ms How far, in milliseconds.
   */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    await settle();
    for (let next = this.#next(); next !== undefined && next.at <= end; next = this.#next()) await this.#wake(next);
    this.#elapsed = end;
    await settle();
  }

  /**
   * Moves the time on, from one sleeper to the next, until something is done. Not for work with real sockets, which
   * takes time of another kind.
   *
   * @param work What is waited for.
   * @returns What it comes to.
   * @throws {Error} If it is not done although nobody sleeps any more.
   */
  async until<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const finish = () => {
      done = true;
    };
    work.then(finish, finish);
    await settle();
    for (let idle = 0; !done;) {
      const next = this.#next();
      // Cryptography takes a while of its own, on threads that a busy machine may keep waiting.
      if (next === undefined && ++idle > 2_000) {
        throw new Error("Nothing is left to wait for, and the work is not done");
      }
      await (next === undefined ? new Promise((resolve) => setTimeout(resolve, 1)) : this.#wake(next));
    }
    return await work;
  }

  #next(): Sleeper | undefined {
    const [first, ...rest] = this.#sleepers;
    return rest.reduce<Sleeper | undefined>((soonest, one) => soonest && one.at < soonest.at ? one : soonest, first);
  }

  #remove(sleeper: Sleeper): void {
    this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
  }

  async #wake(sleeper: Sleeper): Promise<void> {
    this.#remove(sleeper);
    this.#elapsed = Math.max(this.#elapsed, sleeper.at);
    sleeper.wake();
    await settle();
  }
}

/** A call whose deadline is a fake clock's, and what it was told. */
export interface FakeCall extends RunningCall {
  readonly notes: readonly ProgressNote[];
}

/**
 * Begins a call as `beginCall()` does, but with a deadline that passes by the fake clock.
 *
 * @param clock The clock.
 * @param options The time the call has (55 s unless given), and its cancellation.
 * @returns The context; dispose of it (`using`), or it counts as a sleeper.
 */
export function callOf(
  clock: Clock,
  { deadlineMs = 55_000, signal }: { readonly deadlineMs?: number; readonly signal?: AbortSignal } = {},
): FakeCall {
  const end = new AbortController();
  const limit = new AbortController();
  clock.sleep(deadlineMs, end.signal).then(() => limit.abort(new DeadlineReached("The time is up")), () => {});
  const notes: ProgressNote[] = [];
  return {
    signal: signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]),
    deadline: clock.monotonic() + deadlineMs,
    progress: (note) => void notes.push(note),
    trace: { attempts: 0, waitedMs: 0 },
    notes,
    [Symbol.dispose]: () => end.abort(),
  };
}
