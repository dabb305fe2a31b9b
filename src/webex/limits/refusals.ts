/**
 * Remembers which operations a host refuses with 429 while it answers others.
 *
 * Webex has limits of the whole token and limits of single operations, and its answer doesn't tell which was met. If an
 * operation is refused again although others were answered since, the limit is its own, and only its calls wait.
 *
 * @module
 */

interface Refused {
  /** When it was refused last. */
  readonly at: number;
  /** When it may be asked again. */
  readonly resumesAt: number;
}

/** The refusing operations of one host and credential, by label; all times are monotonic milliseconds. */
export class Refusals {
  readonly #refused = new Map<string, Refused>();
  #answered: { readonly label: string; readonly at: number } | undefined;

  /**
   * Notes a 429.
   *
   * @param label The operation.
   * @param startedAt When its request was sent.
   * @param now The time.
   * @param pauseMs How long the host asks to wait.
   * @returns Whether the limit is the operation's own.
   */
  refused(label: string, startedAt: number, now: number, pauseMs: number): boolean {
    const before = this.#refused.get(label);
    this.#refused.set(label, { at: now, resumesAt: Math.max(before?.resumesAt ?? 0, now + pauseMs) });
    const { label: other, at } = this.#answered ?? { label, at: 0 };
    return before !== undefined && startedAt >= before.at && other !== label && at > before.at;
  }

  /**
   * Notes that another process was refused.
   *
   * @param label The operation.
   * @param now The time.
   * @param pauseMs How long the pause lasts yet.
   */
  held(label: string, now: number, pauseMs: number): void {
    this.#refused.set(label, { at: now, resumesAt: Math.max(this.resumesAt(label), now + pauseMs) });
  }

  /**
   * Notes an answer other than 429.
   *
   * @param label The operation.
   * @param startedAt When its request was sent; one from before the refusal proves nothing.
   * @param now The time.
   */
  answered(label: string, startedAt: number, now: number): void {
    const before = this.#refused.get(label);
    if (before === undefined) this.#answered = { label, at: now };
    else if (startedAt >= before.at) this.#refused.delete(label);
  }

  /** Whether the operation was refused and has not been answered since: then one request at a time tries it. */
  isRefusing(label: string): boolean {
    return this.#refused.has(label);
  }

  /** When the operation may be asked again; 0 if it is not refusing. */
  resumesAt(label: string): number {
    return this.#refused.get(label)?.resumesAt ?? 0;
  }
}
