/**
 * Measures a store while it is used.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { Store } from "../store/store.ts";
import type { Meter } from "./meter.ts";

/** What measures. */
export interface MeteredStoreOptions {
  readonly meter: Pick<Meter, "storeAnswered" | "observe">;
  readonly clock: Pick<Clock, "monotonic">;
}

/**
 * Wraps a store.
 *
 * @param store The store.
 * @param options What measures.
 * @returns The same store; each question to it is measured, and whether the last one was answered can be seen.
 */
export function meteredStore(store: Store, { meter, clock }: MeteredStoreOptions): Store {
  let isUp = true;
  meter.observe("store_up", () => isUp ? 1 : 0);

  async function measured<T>(work: () => Promise<T>): Promise<T> {
    const since = clock.monotonic();
    let isOk = false;
    try {
      const answer = await work();
      isOk = true;
      return answer;
    } finally {
      isUp = isOk;
      meter.storeAnswered({ isOk, durationMs: clock.monotonic() - since });
    }
  }

  return {
    isShared: store.isShared,
    read: (key) => measured(() => store.read(key)),
    write: (key, value, ttlMs) => measured(() => store.write(key, value, ttlMs)),
    extend: (key, ttlMs) => measured(() => store.extend(key, ttlMs)),
    remove: (key) => measured(() => store.remove(key)),
    present: (keys) => measured(() => store.present(keys)),
    claim: (key, ttlMs) => measured(() => store.claim(key, ttlMs)),
    epoch: () => measured(() => store.epoch()),
    take: (key, rate) => measured(() => store.take(key, rate)),
    add: (list, member, note, ttlMs) => measured(() => store.add(list, member, note, ttlMs)),
    drop: (list, member) => measured(() => store.drop(list, member)),
    members: (list) => measured(() => store.members(list)),
    ping: () => measured(() => store.ping()),
    close: () => store.close(),
    [Symbol.asyncDispose]: () => store.close(),
  };
}
