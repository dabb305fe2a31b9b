/**
 * Counts what is under way, so that nobody takes more than a share and the end can wait for it.
 *
 * @module
 */

/** What may be under way at a time. */
export interface InFlightLimits {
  /** Requests of all callers together. */
  readonly all: number;
  /** Requests of one caller, where its policy says nothing else. */
  readonly each: number;
}

/** Enough for a team; beyond it a proxy had better share out the load. */
export const IN_FLIGHT_LIMITS: InFlightLimits = { all: 1_000, each: 32 };

/** Why a request is not taken. */
export type Full = "all" | "each";

/** A request's entry. */
export interface Entry {
  /** Ends it; twice does nothing more. */
  end(): void;
}

/** Counts requests. */
export class InFlight {
  readonly #limits: InFlightLimits;
  readonly #each = new Map<string, number>();
  #all = 0;
  #idle: (() => void) | undefined;

  /** @param limits What may be under way. */
  constructor(limits: InFlightLimits = IN_FLIGHT_LIMITS) {
    this.#limits = limits;
  }

  /** How many requests are under way. */
  get count(): number {
    return this.#all;
  }

  /**
   * Takes a request in.
   *
   * @param caller Whose it is.
   * @param most How many of this caller, where the policy says so.
   * @returns Its entry, or what is full.
   */
  begin(caller: string, most: number = this.#limits.each): Entry | Full {
    if (this.#all >= this.#limits.all) return "all";
    if (!this.#take(caller, most)) return "each";
    this.#all++;
    return this.#entry(caller, () => {
      this.#all--;
      if (this.#all === 0) this.#idle?.();
    });
  }

  /** Resolves as soon as no request is under way. */
  async drained(): Promise<void> {
    if (this.#all === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#idle = resolve;
    await promise;
  }

  #take(key: string, most: number): boolean {
    const count = this.#each.get(key) ?? 0;
    if (count >= most) return false;
    this.#each.set(key, count + 1);
    return true;
  }

  #entry(key: string, ended: () => void): Entry {
    let isOpen = true;
    return {
      end: () => {
        if (!isOpen) return;
        isOpen = false;
        const left = (this.#each.get(key) ?? 1) - 1;
        if (left === 0) this.#each.delete(key);
        else this.#each.set(key, left);
        ended();
      },
    };
  }
}
