/**
 * Limits how often callers call.
 *
 * @module
 */

import type { Caller } from "../../access/caller.ts";

/** A bucket of permits that fills up again by itself. */
export interface Bucket {
  /** How many permits it holds. */
  readonly capacity: number;
  /** How many come back each second. */
  readonly perSecond: number;
}

/** Takes a permit of a bucket; answers 0, or after how many milliseconds there is one. */
export type Take = (key: string, bucket: Bucket) => Promise<number>;

/** Tokens that nobody knows, of one address: a person who mistypes stays below it. */
const FAILURES: Bucket = { capacity: 30, perSecond: 0.5 };

/** A burst is at most what comes in so many seconds, unless the policy says otherwise. */
const BURST_SECONDS = 20;

/** Who calls how often. */
export interface CallerLimits {
  /**
   * Counts a request of a caller.
   *
   * @param caller The caller.
   * @returns 0, or how long it must wait, in milliseconds.
   */
  request(caller: Caller): Promise<number>;
  /**
   * Counts a token that nobody knows.
   *
   * @param address Where it came from.
   * @returns 0, or how long that address must wait, in milliseconds.
   */
  failure(address: string): Promise<number>;
}

/**
 * Makes the limits.
 *
 * @param take Takes permits; all servers that share a store share the callers' buckets.
 * @param ratePerMinute How many requests are taken of each caller whose policy says nothing else.
 * @returns The limits.
 */
export function createCallerLimits(take: Take, ratePerMinute: number): CallerLimits {
  return {
    request({ name, policy }) {
      const perSecond = (policy.ratePerMinute ?? ratePerMinute) / 60;
      const capacity = policy.burst ?? Math.max(1, Math.ceil(perSecond * BURST_SECONDS));
      return take(`rate ${name}`, { capacity, perSecond });
    },
    failure: (address) => take(`failure ${address}`, FAILURES),
  };
}
