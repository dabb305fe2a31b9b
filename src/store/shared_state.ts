/**
 * Opens all that the replicas of a server share.
 *
 * @module
 */

import type { Bytes } from "../core/cipher_box.ts";
import type { Clock } from "../core/clock.ts";
import type { RedisAddress } from "./redis_address.ts";
import { createRedisBudget } from "./redis_budget.ts";
import { createRedisLink } from "./redis_link.ts";
import { createRedisStore } from "./redis_store.ts";
import { sealedStore } from "./sealed_store.ts";
import type { SharedBudget } from "./shared_budget.ts";
import type { Store } from "./store.ts";

/** What it takes to open it. */
export interface SharedStateOptions {
  readonly address: RedisAddress;
  /** What the replicas share, 32 bytes each: the first seals, all open. */
  readonly keys: readonly Bytes[];
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/** What replicas share; disposing of it ends the connection of both. */
export interface SharedState extends AsyncDisposable {
  readonly store: Store;
  readonly budget: SharedBudget;
}

/**
 * Opens what replicas share. Nothing is sent yet: `store.ping()` tells whether the server is there and lets us in.
 *
 * @param options Where it is, and with which keys it is sealed.
 * @returns A store and a budget over one connection.
 */
export function openSharedState({ address, keys, clock, random }: SharedStateOptions): SharedState {
  const link = createRedisLink({ address, clock, random });
  const store = sealedStore(createRedisStore(link), keys);
  return { store, budget: createRedisBudget(link, keys), [Symbol.asyncDispose]: () => link.close() };
}
