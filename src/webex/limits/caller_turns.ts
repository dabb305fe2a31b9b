/**
 * Lets callers take turns, so that one with two hundred waiting calls doesn't keep another's only one from going.
 *
 * @module
 */

/** A waiting call. */
export interface Queued {
  readonly caller: string;
}

/** Who had a turn longest ago is forgotten beyond this many. */
const MANY_CALLERS = 1_000;

/** Who had a turn, and in which order. */
export class CallerTurns {
  /** The number of each caller's last turn, the oldest first. */
  readonly #last = new Map<string, number>();
  #count = 0;

  /**
   * Tells how many calls go before a new one of a caller.
   *
   * @param waiting All that wait.
   * @param caller The caller.
   * @returns All of its own, and of each other caller as many as it has turns meanwhile.
   */
  static ahead(waiting: readonly Queued[], caller: string): number {
    const counts = new Map<string, number>();
    for (const { caller: other } of waiting) counts.set(other, (counts.get(other) ?? 0) + 1);
    const own = counts.get(caller) ?? 0;
    let ahead = own;
    for (const [other, count] of counts) if (other !== caller) ahead += Math.min(count, own + 1);
    return ahead;
  }

  /**
   * Notes a turn.
   *
   * @param caller Whose it was.
   */
  took(caller: string): void {
    this.#last.delete(caller);
    this.#last.set(caller, ++this.#count);
    const [oldest] = this.#last.keys();
    if (this.#last.size > MANY_CALLERS && oldest !== undefined) this.#last.delete(oldest);
  }

  /**
   * Puts calls into the order of their callers' turns.
   *
   * @param waiting Calls in the order in which each caller's go.
   * @returns First those of the caller whose last turn is longest ago.
   */
  inOrder<T extends Queued>(waiting: readonly T[]): readonly T[] {
    const turnOf = ({ caller }: T) => this.#last.get(caller) ?? 0;
    return waiting.toSorted((a, b) => turnOf(a) - turnOf(b));
  }
}
