/**
 * The store of a process that shares nothing: its own memory, within bounds.
 *
 * @module
 */

import type { Bytes } from "../core/cipher_box.ts";
import type { Clock } from "../core/clock.ts";
import type { Listed, Rate, Store } from "./store.ts";

/** What a store in memory works with. */
export interface MemoryStoreOptions {
  readonly clock: Clock;
  /** The memory that all values may take. Default: 64 MiB. */
  readonly maxBytes?: number;
}

const MAX_BYTES = 64 * 1024 * 1024;
/** What is over is looked for after so many additions. */
const SWEEP_EVERY = 256;

interface Passing {
  /** When it ends, in monotonic milliseconds. */
  readonly until: number;
}

interface Value extends Passing {
  readonly bytes: Bytes;
}

interface Entry extends Passing {
  readonly note: Bytes;
}

interface Bucket extends Passing {
  readonly tokens: number;
  readonly at: number;
}

class MemoryStore implements Store {
  readonly isShared = false;
  readonly #epoch = crypto.randomUUID();
  readonly #clock: Clock;
  readonly #maxBytes: number;
  /** In the order in which they were last used. */
  readonly #values = new Map<string, Value>();
  #used = 0;
  /** What happened must be remembered, however many values there are. */
  readonly #claims = new Map<string, Passing>();
  readonly #buckets = new Map<string, Bucket>();
  readonly #lists = new Map<string, Map<string, Entry>>();
  #additions = 0;

  constructor({ clock, maxBytes = MAX_BYTES }: MemoryStoreOptions) {
    this.#clock = clock;
    this.#maxBytes = maxBytes;
  }

  read(key: string): Promise<Bytes | undefined> {
    const value = this.#valueAt(key);
    if (value !== undefined) this.#put(key, value);
    return Promise.resolve(value?.bytes);
  }

  write(key: string, bytes: Bytes, ttlMs: number): Promise<void> {
    this.#sweep();
    this.#put(key, { bytes, until: this.#now() + ttlMs });
    for (const oldest of this.#values.keys()) {
      if (this.#used <= this.#maxBytes) break;
      this.#delete(oldest);
    }
    return Promise.resolve();
  }

  extend(key: string, ttlMs: number): Promise<boolean> {
    const value = this.#valueAt(key);
    if (value !== undefined) this.#put(key, { ...value, until: this.#now() + ttlMs });
    return Promise.resolve(value !== undefined);
  }

  remove(key: string): Promise<void> {
    this.#delete(key);
    return Promise.resolve();
  }

  present(keys: readonly string[]): Promise<readonly boolean[]> {
    return Promise.resolve(keys.map((key) => this.#valueAt(key) !== undefined));
  }

  claim(key: string, ttlMs: number): Promise<boolean> {
    this.#sweep();
    const now = this.#now();
    const isFirst = (this.#claims.get(key)?.until ?? now) <= now;
    if (isFirst) this.#claims.set(key, { until: now + ttlMs });
    return Promise.resolve(isFirst);
  }

  epoch(): Promise<string> {
    return Promise.resolve(this.#epoch);
  }

  take(key: string, { capacity, perSecond }: Rate): Promise<number> {
    this.#sweep();
    const now = this.#now();
    const perMs = perSecond / 1000;
    const bucket = this.#buckets.get(key) ?? { tokens: capacity, at: now };
    const tokens = Math.min(capacity, bucket.tokens + (now - bucket.at) * perMs);
    const isTaken = tokens >= 1;
    this.#buckets.set(key, { tokens: isTaken ? tokens - 1 : tokens, at: now, until: now + capacity / perMs });
    return Promise.resolve(isTaken ? 0 : Math.ceil((1 - tokens) / perMs));
  }

  add(list: string, member: string, note: Bytes, ttlMs: number): Promise<void> {
    this.#sweep();
    const entries = this.#lists.get(list) ?? new Map<string, Entry>();
    entries.delete(member);
    entries.set(member, { note, until: this.#now() + ttlMs });
    this.#lists.set(list, entries);
    return Promise.resolve();
  }

  drop(list: string, member: string): Promise<void> {
    const entries = this.#lists.get(list);
    entries?.delete(member);
    if (entries?.size === 0) this.#lists.delete(list);
    return Promise.resolve();
  }

  members(list: string): Promise<readonly Listed[]> {
    const now = this.#now();
    const listed = [...this.#lists.get(list)?.values() ?? []].flatMap(({ note, until }) =>
      until <= now ? [] : [{ note, leftMs: until - now }]
    );
    return Promise.resolve(listed.sort((a, b) => a.leftMs - b.leftMs));
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #now(): number {
    return this.#clock.monotonic();
  }

  #valueAt(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined || value.until > this.#now()) return value;
    this.#delete(key);
    return undefined;
  }

  /** The value becomes the one that was used last. */
  #put(key: string, value: Value): void {
    this.#delete(key);
    this.#values.set(key, value);
    this.#used += value.bytes.length;
  }

  #delete(key: string): void {
    this.#used -= this.#values.get(key)?.bytes.length ?? 0;
    this.#values.delete(key);
  }

  #sweep(): void {
    if (++this.#additions % SWEEP_EVERY !== 0) return;
    const now = this.#now();
    for (const key of this.#values.keys()) this.#valueAt(key);
    for (const map of [this.#claims, this.#buckets, ...this.#lists.values()]) {
      for (const [key, { until }] of map) if (until <= now) map.delete(key);
    }
    for (const [list, entries] of this.#lists) if (entries.size === 0) this.#lists.delete(list);
  }
}

/**
 * Makes a store in memory.
 *
 * @param options The clock, and how much memory there is.
 * @returns An empty store.
 */
export function createMemoryStore(options: MemoryStoreOptions): Store {
  return new MemoryStore(options);
}
