/**
 * The limits that Webex sets for single families of endpoints.
 *
 * @module
 */

/** A family with a limit of its own: the first request for call records, and those for its further pages. */
export type LimitFamily = "cdr_initial" | "cdr_follow_up";

/** So many in any such time. */
export interface WindowSize {
  readonly count: number;
  readonly spanMs: number;
}

interface Rule extends WindowSize {
  /** What the limit is on, for messages. */
  readonly words: string;
}

/** Per token: one initial request a minute, and ten for further pages (Webex's reference of the detailed call history). */
const RULES: Readonly<Record<LimitFamily, Rule>> = {
  cdr_initial: { count: 1, spanMs: 60_000, words: "call records can be asked for once a minute" },
  cdr_follow_up: { count: 10, spanMs: 60_000, words: "ten more pages of call records can be read in a minute" },
};

/**
 * Says what a family's limit is.
 *
 * @param family The family.
 * @returns A clause without a period.
 */
export function limitWords(family: LimitFamily): string {
  return RULES[family].words;
}

/**
 * Tells how many requests a family may have.
 *
 * @param family The family.
 * @returns So many in any such time, for each credential.
 */
export function windowSize(family: LimitFamily): WindowSize {
  const { count, spanMs } = RULES[family];
  return { count, spanMs };
}

/** Counts the requests of one family and one credential in a sliding window. */
export class LimitWindow {
  readonly #rule: Rule;
  #starts: number[] = [];
  #heldUntil = -Infinity;

  /** @param family The family. */
  constructor(family: LimitFamily) {
    this.#rule = RULES[family];
  }

  /**
   * Tells when the next request may start.
   *
   * @param now Monotonic milliseconds.
   * @param ahead How many others go first.
   * @returns Monotonic milliseconds; `now` where there is no wait.
   */
  readyAt(now: number, ahead = 0): number {
    const { count, spanMs } = this.#rule;
    const starts = this.#starts.filter((start) => start + spanMs > now);
    for (;;) {
      const oldest = starts[starts.length - count];
      const own = oldest === undefined ? now : Math.max(now, oldest + spanMs);
      const ready = Math.max(own, this.#heldUntil);
      if (ahead-- <= 0) return ready;
      starts.push(ready);
    }
  }

  /**
   * Notes a request.
   *
   * @param now When it starts, in monotonic milliseconds.
   */
  start(now: number): void {
    this.#starts = [...this.#starts.filter((start) => start + this.#rule.spanMs > now), now];
  }

  /**
   * Lets no request start for a while: others used the limit up.
   *
   * @param until Till when, in monotonic milliseconds.
   */
  hold(until: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }

  /**
   * Forgets a request that did not count: it was turned away before anybody looked for records.
   *
   * @param start When it started, in monotonic milliseconds.
   */
  giveBack(start: number): void {
    const index = this.#starts.indexOf(start);
    if (index >= 0) this.#starts.splice(index, 1);
  }
}
