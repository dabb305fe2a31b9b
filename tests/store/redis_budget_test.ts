import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.ts";
import { createRedisBudget } from "../../src/store/redis_budget.ts";
import type { SharedBudget, Terms } from "../../src/store/shared_budget.ts";
import { linkTo, startRedis } from "../support/redis.ts";

const KEYS = [new Uint8Array(32).fill(3)];
const TERMS: Terms = { most: 2, leaseMs: 60_000 };

async function withBudget(work: (budget: SharedBudget) => Promise<void>): Promise<void> {
  await using server = await startRedis();
  await using link = linkTo(server);
  await work(createRedisBudget(link, KEYS));
}

Deno.test("admit() lets as many in as there are places, and the rest in the order in which they asked", async () => {
  await withBudget(async (budget) => {
    const ask = async (holder: string, terms = TERMS) => (await budget.admit("lane", holder, terms)).kind;
    assert.deepEqual([await ask("a"), await ask("b"), await ask("c"), await ask("d")], ["in", "in", "full", "full"]);
    assert.equal(await ask("a"), "in");
    await budget.leave("lane", "a");
    assert.deepEqual([await ask("e"), await ask("d"), await ask("c")], ["full", "full", "in"]);
    await budget.leave("lane", "d");
    await budget.leave("lane", "b");
    assert.equal(await ask("e"), "in");
    assert.equal((await budget.admit("another", "f", TERMS)).kind, "in");
  });
});

Deno.test("admit() forgets whoever stands in the line and does not ask again", async () => {
  await withBudget(async (budget) => {
    const terms = { ...TERMS, most: 1 };
    await budget.admit("lane", "a", terms);
    assert.equal((await budget.admit("lane", "gone", terms)).kind, "full");
    await budget.leave("lane", "a");
    assert.equal((await budget.admit("lane", "next", terms)).kind, "full");
    await systemClock.sleep(1_100);
    assert.equal((await budget.admit("lane", "next", terms)).kind, "in");
  });
});

Deno.test("admit() renews a place, and gives one away whose lease is over", async () => {
  await withBudget(async (budget) => {
    const short: Terms = { most: 1, leaseMs: 2_000 };
    await budget.admit("lane", "a", short);
    await systemClock.sleep(1_200);
    await budget.admit("lane", "a", short);
    await systemClock.sleep(1_200);
    assert.equal((await budget.admit("lane", "b", short)).kind, "full");
    await systemClock.sleep(1_200);
    assert.equal((await budget.admit("lane", "b", short)).kind, "in");
  });
});

Deno.test("hold() keeps everybody out who heeds the pause, for the longest that was asked for", async () => {
  await withBudget(async (budget) => {
    await budget.hold("host", 60_000);
    await budget.hold("host", 10);
    await budget.hold("host", 0);
    const waiting = await budget.admit("lane", "a", { ...TERMS, pauses: ["other", "host"] });
    assert.ok(waiting.kind === "wait" && waiting.name === "host" && waiting.ms > 50_000 && waiting.ms <= 60_000);
    assert.equal((await budget.admit("lane", "a", { ...TERMS, pauses: ["other"] })).kind, "in");
  });
});

Deno.test("admit() counts starts in windows, all but those that are given back", async () => {
  await withBudget(async (budget) => {
    const windows = [{ name: "records", count: 2, spanMs: 60_000 }];
    const ask = (holder: string) => budget.admit("lane", holder, { most: 9, leaseMs: 60_000, windows });
    assert.deepEqual([(await ask("a")).kind, (await ask("b")).kind], ["in", "in"]);
    const waiting = await ask("c");
    assert.ok(waiting.kind === "wait" && waiting.name === "records" && waiting.ms > 50_000 && waiting.ms <= 60_000);
    await budget.leave("lane", "a");
    assert.equal((await ask("c")).kind, "wait");
    await budget.leave("lane", "b", ["records"]);
    assert.equal((await ask("c")).kind, "in");
  });
});
