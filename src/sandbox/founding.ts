/**
 * What is passed around while the simulated organization is founded.
 *
 * @module
 */

import type { NumberPool } from "./number_pool.ts";
import type { SeedLocation } from "./seed_data.ts";
import type { Store } from "./store.ts";

/** What the founding needs. */
export interface Founding {
  readonly store: Store;
  readonly numbers: NumberPool;
  readonly organizationId: string;
  /** What all identifiers follow from. */
  readonly seed: string;
}

/** Where a location stands in handing out its numbers and extensions. */
export class Dispenser {
  readonly #location: SeedLocation;
  #next = 0;

  /** @param location The location whose numbers are handed out. */
  constructor(location: SeedLocation) {
    this.#location = location;
  }

  /** The number at a position. */
  at(position: number): string {
    const { numbers, digits, first } = this.#location;
    return `${numbers}${String(first + position).padStart(digits, "0")}`;
  }

  /** Hands out the next number with its extension. */
  take(): { phoneNumber: string; extension: string } {
    this.#next++;
    return { phoneNumber: this.at(this.#next), extension: String(1000 + this.#next) };
  }
}
