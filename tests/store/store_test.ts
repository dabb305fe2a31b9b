import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.ts";
import { createMemoryStore } from "../../src/store/memory_store.ts";
import { createRedisStore } from "../../src/store/redis_store.ts";
import { sealedStore } from "../../src/store/sealed_store.ts";
import type { Store } from "../../src/store/store.ts";
import { linkTo, startRedis } from "../support/redis.ts";

const KEYS = [new Uint8Array(32).fill(7)];

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function textOf(value: Uint8Array | undefined): string | undefined {
  return value === undefined ? undefined : new TextDecoder().decode(value);
}

/** The same promises hold for each store; times are real, since a server has its own. */
async function keepsItsPromises(t: Deno.TestContext, store: Store): Promise<void> {
  await t.step("write() keeps a value for a while, and extend() for longer", async () => {
    await store.write("a", bytes("one"), 300);
    await store.write("b", Uint8Array.of(0, 255, 13, 10), 60_000);
    assert.equal(textOf(await store.read("a")), "one");
    assert.deepEqual(await store.read("b"), Uint8Array.of(0, 255, 13, 10));
    assert.equal(await store.extend("a", 1_500), true);
    await systemClock.sleep(500);
    assert.deepEqual(await store.present(["a", "b", "c"]), [true, true, false]);
    await systemClock.sleep(1_100);
    assert.equal(await store.read("a"), undefined);
    assert.equal(await store.extend("a", 60), false);
  });
  await t.step("remove() forgets a value, and write() replaces one", async () => {
    await store.write("b", bytes("two"), 60_000);
    assert.equal(textOf(await store.read("b")), "two");
    await store.remove("b");
    assert.deepEqual(await store.present(["b"]), [false]);
  });
  await t.step("claim() is true for the first only, until its time is over", async () => {
    const asked = await Promise.all([1, 2, 3].map(() => store.claim("plan", 300)));
    assert.deepEqual(asked.filter(Boolean).length, 1);
    await systemClock.sleep(350);
    assert.equal(await store.claim("plan", 300), true);
  });
  await t.step("epoch() names the memory, the same each time", async () => {
    const epoch = await store.epoch();
    assert.match(epoch, /^[\da-f-]{36}$/);
    assert.equal(await store.epoch(), epoch);
  });
  await t.step("take() empties the bucket, and tells how long until the next", async () => {
    const rate = { capacity: 2, perSecond: 2 };
    assert.deepEqual([await store.take("calls", rate), await store.take("calls", rate)], [0, 0]);
    const wait = await store.take("calls", rate);
    assert.ok(wait > 0 && wait <= 500, `${wait}`);
    await systemClock.sleep(wait + 5);
    assert.equal(await store.take("calls", rate), 0);
    assert.equal(await store.take("others", rate), 0);
  });
  await t.step("members() tells what is listed, in the order in which it ends", async () => {
    await store.add("mine", "x", bytes("X"), 40);
    await store.add("mine", "y", bytes("Y"), 20_000);
    await store.add("mine", "z", bytes("Z"), 10_000);
    await store.add("mine", "x", bytes("X again"), 30_000);
    await store.add("mine", "soon over", bytes("S"), 20);
    await systemClock.sleep(50);
    const listed = await store.members("mine");
    assert.deepEqual(listed.map(({ note }) => textOf(note)), ["Z", "Y", "X again"]);
    assert.ok(listed.every(({ leftMs }) => leftMs > 9_000 && leftMs <= 30_000));
    await store.drop("mine", "y");
    await store.drop("mine", "unknown");
    assert.equal((await store.members("mine")).length, 2);
    assert.deepEqual(await store.members("yours"), []);
  });
  await store.ping();
}

Deno.test("createMemoryStore() keeps what a store promises", async (t) => {
  await using store = createMemoryStore({ clock: systemClock });
  assert.equal(store.isShared, false);
  await keepsItsPromises(t, store);
});

Deno.test("createRedisStore() keeps what a store promises", async (t) => {
  await using server = await startRedis();
  await using store = createRedisStore(linkTo(server));
  assert.equal(store.isShared, true);
  await keepsItsPromises(t, store);
});

Deno.test("sealedStore() keeps what a store promises, over both", async (t) => {
  await using server = await startRedis();
  await using redis = sealedStore(createRedisStore(linkTo(server)), KEYS);
  await using memory = sealedStore(createMemoryStore({ clock: systemClock }), KEYS);
  assert.deepEqual([redis.isShared, memory.isShared], [true, false]);
  await t.step("redis", (step) => keepsItsPromises(step, redis));
  await t.step("memory", (step) => keepsItsPromises(step, memory));
});

Deno.test("epoch() is another for each memory, and for one that has lost everything", async () => {
  await using server = await startRedis();
  await using one = createRedisStore(linkTo(server));
  await using other = createRedisStore(linkTo(server));
  const epoch = await one.epoch();
  assert.equal(await other.epoch(), epoch);
  await server.kill();
  await server.restart();
  await systemClock.sleep(300);
  assert.notEqual(await one.epoch().catch(() => one.epoch()), epoch);
  const [first, second] = [1, 2].map(() => createMemoryStore({ clock: systemClock }));
  assert.notEqual(await first?.epoch(), await second?.epoch());
});
