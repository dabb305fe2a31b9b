/**
 * Lets the changes of one object go one after the other.
 *
 * Webex asks for it where a person's or workspace's devices are concerned; and two changes of an object that overtake
 * each other leave whichever state comes last.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import type { CallContext } from "../../core/context.ts";
import { SILENT_MS } from "./call_wait.ts";

/** Ends a turn; the next one begins. Doing it twice does nothing more. */
export type EndTurn = () => void;

/** The turns of all objects. */
export class Turns {
  readonly #clock: Clock;
  /** Who waits, by object; an object without a turn has no line. */
  readonly #lines = new Map<string, Set<() => void>>();

  /** @param clock Measures the waits. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many wait for a turn. */
  get waiting(): number {
    return this.#lines.values().reduce((sum, line) => sum + line.size, 0);
  }

  /**
   * Waits for a turn.
   *
   * @param key The object.
   * @param context The call; its end takes it out of the line.
   * @returns What ends the turn.
   * @throws The signal's reason, when the call ends before its turn.
   */
  async take(key: string, context: CallContext): Promise<EndTurn> {
    context.signal.throwIfAborted();
    const line = this.#lines.get(key);
    if (line === undefined) this.#lines.set(key, new Set());
    else await this.#wait(line, context);
    let ended = false;
    return () => {
      if (!ended) this.#next(key);
      ended = true;
    };
  }

  async #wait(line: Set<() => void>, { signal, progress, trace }: CallContext): Promise<void> {
    const since = this.#clock.monotonic();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const over = new AbortController();
    const stop = () => {
      line.delete(resolve);
      reject(signal.reason);
    };
    line.add(resolve);
    signal.addEventListener("abort", stop, { once: true });
    this.#clock.sleep(SILENT_MS, over.signal).then(
      () => progress({ message: "Waiting for an earlier change of the same object" }),
      () => {},
    );
    try {
      await promise;
    } finally {
      over.abort();
      signal.removeEventListener("abort", stop);
      trace.waitedMs += this.#clock.monotonic() - since;
    }
  }

  #next(key: string): void {
    const line = this.#lines.get(key);
    const [first] = line ?? [];
    if (first === undefined) {
      this.#lines.delete(key);
      return;
    }
    line?.delete(first);
    first();
  }
}
