/**
 * What the replicas of a server have in common: values, things that happen once, and rates.
 *
 * @module
 */

import type { Bytes } from "../core/cipher_box.ts";

/** How fast something may happen. */
export interface Rate {
  /** How often it may happen at once, after a rest. */
  readonly capacity: number;
  /** How often it may happen in a second over a longer time. */
  readonly perSecond: number;
}

/** What is listed. */
export interface Listed {
  /** What is told of it. */
  readonly note: Bytes;
  /** How long it is listed yet, in milliseconds. */
  readonly leftMs: number;
}

/**
 * Keeps what calls leave for later calls. Names and values are taken as they are: one that leaves the process is wrapped
 * by `sealedStore()`.
 *
 * Every method throws a `StoreError` in bounded time if the store can't be asked.
 */
export interface Store extends AsyncDisposable {
  /** Whether other processes see the same. */
  readonly isShared: boolean;
  /**
   * Reads a value.
   *
   * @param key Its name.
   * @returns The value; `undefined` if there is none, or no longer.
   */
  read(key: string): Promise<Bytes | undefined>;
  /**
   * Writes a value; what room there is goes to the values that were used last.
   *
   * @param key Its name.
   * @param value The value.
   * @param ttlMs How long it is kept, in milliseconds.
   */
  write(key: string, value: Bytes, ttlMs: number): Promise<void>;
  /**
   * Keeps a value for longer.
   *
   * @param key Its name.
   * @param ttlMs How long from now, in milliseconds.
   * @returns Whether there is such a value.
   */
  extend(key: string, ttlMs: number): Promise<boolean>;
  /** Forgets a value. */
  remove(key: string): Promise<void>;
  /** Tells which values there are, in the order of the names. */
  present(keys: readonly string[]): Promise<readonly boolean[]>;
  /**
   * Lets something happen once.
   *
   * @param key What happens.
   * @param ttlMs How long it must not happen again, in milliseconds.
   * @returns `true` for the first who asks, `false` for all others.
   */
  claim(key: string, ttlMs: number): Promise<boolean>;
  /**
   * Names the memory as it is now: one that has lost everything gets another name, and so has each process that shares
   * nothing. What was claimed before may look unclaimed in it.
   *
   * @returns The name.
   */
  epoch(): Promise<string>;
  /**
   * Takes from a bucket of tokens that fills by itself.
   *
   * @param key The bucket's name.
   * @param rate How fast it fills.
   * @returns 0 if one was taken; else milliseconds until there is one.
   */
  take(key: string, rate: Rate): Promise<number>;
  /**
   * Enters something in a list, or renews what is told of it.
   *
   * @param list The list's name.
   * @param member What identifies it in the list.
   * @param note What is told of it.
   * @param ttlMs How long it is listed, in milliseconds.
   */
  add(list: string, member: string, note: Bytes, ttlMs: number): Promise<void>;
  /** Takes something out of a list. */
  drop(list: string, member: string): Promise<void>;
  /** @returns What is listed, the one first that ends first. */
  members(list: string): Promise<readonly Listed[]>;
  /** Makes sure that the store answers. */
  ping(): Promise<void>;
  /** Ends the connection, after what is under way. */
  close(): Promise<void>;
}
