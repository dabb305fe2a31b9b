/**
 * Bounds what an expression of a caller may cost: the program does nothing else meanwhile.
 *
 * @module
 */

import { type Clock, systemClock } from "../../core/clock.ts";

/** How much one run may do: a hundred thousand items with some forty members each are within it. */
const MAX_STEPS = 25_000_000;

/** How long it may take, in milliseconds: steps differ, and so do computers. */
const MAX_MS = 2_000;

/** Asking for the time costs more than a step. */
const STEPS_BETWEEN_CHECKS = 1_024;

/** An expression that would keep the program from everything else. */
export class WorkError extends RangeError {
  override readonly name = "WorkError";

  constructor() {
    super("The expression asks for too much work");
  }
}

/** What is left of steps and time; begins with its making. */
export class WorkBudget {
  readonly #clock: Clock;
  readonly #until: number;
  #steps = 0;
  #checkAt = STEPS_BETWEEN_CHECKS;

  /** @param clock Measures the time. */
  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
    this.#until = clock.monotonic() + MAX_MS;
  }

  /**
   * Takes steps from the budget.
   *
   * @param steps How many.
   * @throws {WorkError} If 25 million steps are used up, or two seconds are over.
   */
  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > MAX_STEPS) throw new WorkError();
    if (this.#steps < this.#checkAt) return;
    this.#checkAt = this.#steps + STEPS_BETWEEN_CHECKS;
    if (this.#clock.monotonic() > this.#until) throw new WorkError();
  }
}

/**
 * Tells whether a value is larger than a limit when it is written out.
 *
 * A value whose parts are the same object again and again takes little memory, but no end of text.
 *
 * @param value Any JSON value.
 * @param limit In values and characters together.
 * @returns Whether there are more; no more than `limit` of them are looked at.
 */
export function isLargerThan(value: unknown, limit: number): boolean {
  const rest = [value];
  let size = 0;
  while (rest.length > 0) {
    const next = rest.pop();
    size += typeof next === "string" ? 1 + next.length : 1;
    if (typeof next === "object" && next !== null) {
      const parts: unknown[] = Array.isArray(next) ? next : Object.values(next);
      if (!Array.isArray(next)) { for (const key in next) size += key.length; }
      if (size + rest.length + parts.length > limit) return true;
      for (const part of parts) rest.push(part);
    }
    if (size > limit) return true;
  }
  return false;
}
