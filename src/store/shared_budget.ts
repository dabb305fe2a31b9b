/**
 * What replicas may ask of a host together.
 *
 * @module
 */

/** So many in any such time. */
export interface SharedWindow {
  /** What is counted. */
  readonly name: string;
  readonly count: number;
  readonly spanMs: number;
}

/** On what terms somebody comes in. */
export interface Terms {
  /** How many may be in at a time. */
  readonly most: number;
  /** How long a place is held if nobody gives it back, in milliseconds: its holder may have crashed. */
  readonly leaseMs: number;
  /** The pauses that are heeded. */
  readonly pauses?: readonly string[];
  /** What the start counts in. */
  readonly windows?: readonly SharedWindow[];
}

/**
 * What came of asking: a place; a wait that is known, for a pause or window of that name; or a place in the line,
 * behind so many others, which is kept for a second after each time that its holder asks.
 */
export type Admission =
  | { readonly kind: "in" }
  | { readonly kind: "wait"; readonly ms: number; readonly name: string }
  | { readonly kind: "full"; readonly ahead: number };

/** The budget that replicas share. Every method throws a `StoreError` in bounded time if the store can't be asked. */
export interface SharedBudget {
  /**
   * Asks for a place, or renews one.
   *
   * @param lane Where.
   * @param holder Who asks: a name of its own.
   * @param terms On what terms.
   * @returns What came of it.
   */
  admit(lane: string, holder: string, terms: Terms): Promise<Admission>;
  /**
   * Gives a place back, or the one in the line.
   *
   * @param lane Where.
   * @param holder Who was in.
   * @param uncounted Windows in which the start is not to count.
   */
  leave(lane: string, holder: string, uncounted?: readonly string[]): Promise<void>;
  /**
   * Lets nobody in who heeds a pause.
   *
   * @param pause Its name.
   * @param ms How long, in milliseconds.
   */
  hold(pause: string, ms: number): Promise<void>;
}
