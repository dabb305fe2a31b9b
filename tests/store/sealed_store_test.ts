import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.ts";
import { createHiddenNames } from "../../src/store/hidden_names.ts";
import { createMemoryStore } from "../../src/store/memory_store.ts";
import { createRedisBudget } from "../../src/store/redis_budget.ts";
import type { RedisLink } from "../../src/store/redis_link.ts";
import { createRedisStore } from "../../src/store/redis_store.ts";
import { sealedStore } from "../../src/store/sealed_store.ts";
import { linkTo, startRedis } from "../support/redis.ts";

const MINUTE = 60_000;
const PLANTED = "Ann Example";
const [OLD, NEW] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : String(value);
}

/** Everything that a server holds, as its operator sees it. */
async function dump(link: RedisLink): Promise<string> {
  const keys = await link.send("KEYS", "*");
  assert.ok(Array.isArray(keys) && keys.length > 0);
  const values: string[] = [];
  for (const key of keys.map(textOf)) {
    const type = textOf(await link.send("TYPE", key));
    const read = {
      string: ["GET", key],
      hash: ["HGETALL", key],
      zset: ["ZRANGE", key, 0, -1, "WITHSCORES"],
    }[type] ?? assert.fail(`Cannot read the type ${type}`);
    const value = await link.send(...read);
    values.push(key, ...[value].flat().map(textOf));
  }
  return values.join("\n");
}

Deno.test("sealedStore() and createRedisBudget() leave nothing in clear on the server, under keys of their own", async () => {
  await using server = await startRedis();
  await using link = linkTo(server);
  const store = sealedStore(createRedisStore(link), [NEW, OLD]);
  const budget = createRedisBudget(link, [NEW, OLD]);
  await store.write(PLANTED, bytes(PLANTED), MINUTE);
  await store.add(PLANTED, PLANTED, bytes(PLANTED), MINUTE);
  await store.claim(PLANTED, MINUTE);
  await store.take(PLANTED, { capacity: 5, perSecond: 1 });
  const windows = [{ name: PLANTED, count: 1, spanMs: MINUTE }];
  await budget.admit(PLANTED, "1", { most: 1, leaseMs: MINUTE, pauses: [PLANTED], windows });
  await budget.admit(`${PLANTED}'s`, "1", { most: 1, leaseMs: MINUTE });
  await budget.admit(`${PLANTED}'s`, "2", { most: 1, leaseMs: MINUTE });
  await budget.hold(PLANTED, MINUTE);
  const everything = await dump(link);
  for (const form of [PLANTED, "Ann", btoa(PLANTED).replace(/=+$/, "")]) assert.ok(!everything.includes(form), form);
  const keys = await link.send("KEYS", "*");
  assert.ok(Array.isArray(keys) && keys.every((key) => /^wxm:[a-z]+:[\w-]{43}$/.test(textOf(key))));
  const lives = await Promise.all([keys].flat().map((key) => link.send("PTTL", textOf(key))));
  assert.ok(lives.every((ms) => Number(ms) > 0), "every key ends some day");
});

Deno.test("sealedStore() takes what another key sealed, or what was changed or put elsewhere, as absent", async () => {
  const memory = createMemoryStore({ clock: systemClock });
  const store = sealedStore(memory, [OLD]);
  await store.write("a", bytes("one"), MINUTE);
  await store.write("b", bytes("two"), MINUTE);
  const names = createHiddenNames([OLD]);
  const [a, b] = [await names.current("a"), await names.current("b")];
  const other = sealedStore(memory, [NEW]);
  assert.equal(await other.read("a"), undefined);
  const sealed = await memory.read(b);
  assert.ok(sealed !== undefined);
  await memory.write(a, sealed, MINUTE);
  assert.equal(await store.read("a"), undefined);
  await memory.write(b, sealed.map((byte, index) => index === 20 ? byte ^ 1 : byte), MINUTE);
  assert.equal(await store.read("b"), undefined);
  for (const junk of ["", "junk"]) {
    await memory.write(b, bytes(junk), MINUTE);
    assert.equal(await store.read("b"), undefined);
  }
});

Deno.test("sealedStore() finds all of before while a key is exchanged, and lets nothing happen twice", async () => {
  const memory = createMemoryStore({ clock: systemClock });
  const [before, during, after] = [[OLD], [NEW, OLD], [NEW]].map((keys) => sealedStore(memory, keys));
  assert.ok(before !== undefined && during !== undefined && after !== undefined);
  await before.write("a", bytes("one"), MINUTE);
  await before.add("list", "x", bytes("x"), MINUTE);
  assert.deepEqual(await during.read("a"), bytes("one"));
  assert.deepEqual(await during.present(["a", "b"]), [true, false]);
  assert.equal(await during.extend("a", MINUTE), true);
  assert.deepEqual((await during.members("list")).map(({ note }) => note), [bytes("x")]);
  await during.drop("list", "x");
  assert.deepEqual(await before.members("list"), []);
  await during.remove("a");
  assert.equal(await before.read("a"), undefined);
  assert.deepEqual([await before.claim("p", MINUTE), await during.claim("p", MINUTE)], [true, false]);
  assert.deepEqual([await during.claim("q", MINUTE), await before.claim("q", MINUTE)], [true, false]);
  assert.deepEqual([await after.claim("r", MINUTE), await during.claim("r", MINUTE)], [true, false]);
  const asked = await Promise.all([during, during, before].map((store) => store.claim("s", MINUTE)));
  assert.equal(asked.filter(Boolean).length, 1);
  assert.equal(await after.read("a"), undefined);
});
