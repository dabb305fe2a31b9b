import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.ts";
import { readRedisAddress } from "../../src/store/redis_address.ts";
import { openSharedState } from "../../src/store/shared_state.ts";
import { StoreError } from "../../src/store/store_error.ts";
import { startRedis } from "../support/redis.ts";

Deno.test("openSharedState() opens a sealed store and a budget over one connection, and ends both", async () => {
  await using server = await startRedis();
  const keys = [crypto.getRandomValues(new Uint8Array(32))];
  const address = readRedisAddress(server.url);
  const { store, budget, ...state } = openSharedState({ address, keys, clock: systemClock, random: Math.random });
  await store.ping();
  assert.equal(store.isShared, true);
  await store.write("a", Uint8Array.of(1), 60_000);
  assert.deepEqual(await store.read("a"), Uint8Array.of(1));
  assert.deepEqual(await budget.admit("lane", "x", { most: 1, leaseMs: 60_000 }), { kind: "in" });
  assert.deepEqual(await budget.admit("lane", "y", { most: 1, leaseMs: 60_000 }), { kind: "full", ahead: 0 });
  await state[Symbol.asyncDispose]();
  await assert.rejects(store.read("a"), StoreError);
  await assert.rejects(budget.leave("lane", "x"), StoreError);
});
