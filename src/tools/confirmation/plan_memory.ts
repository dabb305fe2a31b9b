/**
 * Remembers which plans were used, for all replicas.
 *
 * @module
 */

import type { Store } from "../../store/store.ts";

/** What came of using a plan. */
export type Spending = "first" | "used" | "forgotten";

const EPOCH = JSON.stringify(["plans", "epoch"]);

/** The store's memory goes on for longer than that of any plan made in it. */
const LIVES = 6;

/** Plans that were used, as the store knows them. */
export class PlanMemory {
  readonly #store: Store;
  readonly #randomId: () => string;

  /**
   * @param store Where it is remembered.
   * @param randomId Makes names that nobody has.
   */
  constructor(store: Store, randomId: () => string) {
    this.#store = store;
    this.#randomId = randomId;
  }

  /**
   * Names the memory as it is now. One that lost everything, because its server was restarted, gets another name: in it, a
   * plan that was used before would look unused.
   *
   * @param ttlMs How long plans of this memory last, in milliseconds.
   * @returns The name; `undefined` where the memory ends with this process, as the plans do.
   */
  async epoch(ttlMs: number): Promise<string | undefined> {
    if (!this.#store.isShared) return undefined;
    const known = await this.#read();
    if (known !== undefined && await this.#store.extend(EPOCH, ttlMs * LIVES)) return known;
    await this.#store.write(EPOCH, new TextEncoder().encode(this.#randomId()), ttlMs * LIVES);
    // Of two that write, the last one holds.
    return await this.#read();
  }

  /**
   * Uses a plan.
   *
   * @param id The plan.
   * @param epoch The memory that it was made in.
   * @param ttlMs How long it is remembered, in milliseconds.
   * @returns Whether it is the first time; `forgotten` where nobody can tell any more.
   */
  async spend(id: string, epoch: unknown, ttlMs: number): Promise<Spending> {
    if (!await this.#store.claim(JSON.stringify(["plan", id]), ttlMs)) return "used";
    // Asked after the claim: a memory that was lost in between doesn't know the plan's.
    return this.#store.isShared && await this.#read() !== epoch ? "forgotten" : "first";
  }

  async #read(): Promise<string | undefined> {
    const name = await this.#store.read(EPOCH);
    return name === undefined ? undefined : new TextDecoder().decode(name);
  }
}
