/**
 * Finds how many requests at a time a host bears, from its 429 answers.
 *
 * After a pause one request probes; each answer lets one more go, so that their number doubles from round to round, up to
 * half of what was too much. Beyond that, time opens the rest: it also helps where the probe itself takes long.
 *
 * @module
 */

/** After a pause, one more request may go at a time after each of these. */
const OPENING_MS = 2_000;

/** The pace of one host and credential; all times are monotonic milliseconds. */
export class Pace {
  readonly #most: number;
  #threshold: number;
  #proven: number;
  #resumesAt = -Infinity;

  /** @param most How many requests at a time are sent where the host never complains. */
  constructor(most: number) {
    this.#most = most;
    this.#threshold = most;
    this.#proven = most;
  }

  /** When the pause ends, or ended. */
  get resumesAt(): number {
    return this.#resumesAt;
  }

  /**
   * Tells how many requests may be on the wire.
   *
   * @param now The time.
   * @returns 0 during a pause.
   */
  allowance(now: number): number {
    if (now < this.#resumesAt) return 0;
    const opened = Math.floor((now - this.#resumesAt) / OPENING_MS);
    return Math.min(this.#most, Math.min(this.#proven, this.#threshold) + opened);
  }

  /**
   * Tells when the allowance grows by itself.
   *
   * @param now The time.
   * @returns The next such moment, if there is one.
   */
  nextOpening(now: number): number | undefined {
    if (now < this.#resumesAt) return this.#resumesAt;
    if (this.allowance(now) >= this.#most) return undefined;
    const opened = Math.floor((now - this.#resumesAt) / OPENING_MS);
    return this.#resumesAt + (opened + 1) * OPENING_MS;
  }

  /**
   * Notes an answer other than 429.
   *
   * @param startedAt When its request was sent; one from before the pause proves nothing.
   */
  answered(startedAt: number): void {
    if (startedAt >= this.#resumesAt) this.#proven = Math.min(this.#most, this.#proven + 1);
  }

  /**
   * Notes a pause that another process was asked for.
   *
   * @param now The time.
   * @param pauseMs How long it lasts yet.
   */
  held(now: number, pauseMs: number): void {
    this.#proven = 1;
    this.#resumesAt = Math.max(this.#resumesAt, now + pauseMs);
  }

  /**
   * Notes a 429.
   *
   * @param startedAt When its request was sent; several that were on the wire together count once.
   * @param now The time.
   * @param pauseMs How long the host asks to wait.
   */
  refused(startedAt: number, now: number, pauseMs: number): void {
    if (startedAt >= this.#resumesAt) this.#threshold = Math.max(1, Math.floor(this.allowance(now) / 2));
    this.#proven = 1;
    this.#resumesAt = Math.max(this.#resumesAt, now + pauseMs);
  }
}
