/**
 * The phone numbers that the organization's locations have.
 *
 * @module
 */

/** A number as a location has it. */
interface PooledNumber {
  readonly locationId: string;
  state: "ACTIVE" | "INACTIVE";
}

/** All numbers, with and without an owner. */
export class NumberPool {
  readonly #numbers = new Map<string, PooledNumber>();

  /** All numbers with their places. */
  entries(): Iterable<[string, Readonly<PooledNumber>]> {
    return this.#numbers.entries();
  }

  /** Finds a number. */
  get(phoneNumber: string): Readonly<PooledNumber> | undefined {
    return this.#numbers.get(phoneNumber);
  }

  /** Adds a number to a location, or moves it there. */
  put(phoneNumber: string, locationId: string, state: PooledNumber["state"] = "ACTIVE"): void {
    this.#numbers.set(phoneNumber, { locationId, state });
  }

  /** Removes a number. */
  remove(phoneNumber: string): void {
    this.#numbers.delete(phoneNumber);
  }
}
