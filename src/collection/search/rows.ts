/**
 * Rows of numbers in one block of memory.
 *
 * @module
 */

/** Many short rows of numbers. As arrays of their own they would cost more time to collect than to fill. */
export class Rows {
  #numbers = new Uint32Array(4096);
  #length = 0;
  readonly #starts: number[] = [0];

  /** The numbers of all rows, one row after the other. */
  get numbers(): Uint32Array {
    return this.#numbers.subarray(0, this.#length);
  }

  /** Where each row starts in {@linkcode Rows.numbers}, and after them where the last one ends. */
  get starts(): readonly number[] {
    return this.#starts;
  }

  /** How many rows there are. */
  get size(): number {
    return this.#starts.length - 1;
  }

  /**
   * Adds numbers to the row that is not ended.
   *
   * @param numbers Whole numbers, none negative.
   */
  add(numbers: readonly number[]): void {
    if (this.#length + numbers.length > this.#numbers.length) this.#grow(numbers.length);
    this.#numbers.set(numbers, this.#length);
    this.#length += numbers.length;
  }

  /** Ends the row, and begins the next. */
  end(): void {
    this.#starts.push(this.#length);
  }

  #grow(least: number): void {
    const grown = new Uint32Array(2 * this.#numbers.length + least);
    grown.set(this.#numbers);
    this.#numbers = grown;
  }
}
