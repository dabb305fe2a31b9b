import assert from "node:assert/strict";
import { systemClock } from "../../../src/core/clock.ts";
import { createRedisStore } from "../../../src/store/redis_store.ts";
import { sealedStore } from "../../../src/store/sealed_store.ts";
import type { Store } from "../../../src/store/store.ts";
import { StoreError } from "../../../src/store/store_error.ts";
import { linkTo, startRedis } from "../../support/redis.ts";
import { createMemoryStore } from "../../../src/store/memory_store.ts";
import {
  createResultStore,
  type ResultStore,
  type ResultStoreOptions,
} from "../../../src/tools/results/result_store.ts";

const MINUTE = 60_000;

function storeOf(options: Partial<ResultStoreOptions> = {}) {
  const time = { now: Date.UTC(2026, 0, 1) };
  let serial = 0;
  const clock = { now: () => time.now, monotonic: () => time.now, sleep: () => Promise.resolve() };
  const memory = createMemoryStore({ clock });
  const store = createResultStore({
    store: memory,
    owner: "ann",
    clock,
    random: (bytes) => void bytes.fill(++serial),
    ...options,
  });
  return { store, time, memory, clock };
}

/** Does not deflate. */
function noise(length: number): string {
  let text = "";
  while (text.length < length) text += btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(300))));
  return text.slice(0, length);
}

/** Keeps a text and tells its id. */
async function keep(store: ResultStore, text: string): Promise<string> {
  const kept = await store.put(text, "a");
  assert.ok(kept !== undefined);
  return kept.id;
}

async function textAt(store: ResultStore, handle: string): Promise<string | undefined> {
  return (await store.get(handle))?.text;
}

Deno.test("ResultStore.put() keeps a text under 128 random bits, to be read by id and by URI", async () => {
  const { store, time } = storeOf();
  const kept = await store.put('{"a":"é"}', "people_list_people");
  assert.ok(kept !== undefined);
  assert.match(kept.id, /^[\w-]{22}$/);
  const { id, uri } = kept;
  assert.deepEqual(kept, {
    id,
    uri: `webex://results/${id}`,
    tool: "people_list_people",
    bytes: 10,
    keptAt: time.now,
    expiresAt: time.now + 30 * MINUTE,
  });
  assert.deepEqual(await store.get(id), { ...kept, text: '{"a":"é"}' });
  assert.equal(await textAt(store, uri), '{"a":"é"}');
  for (const other of ["webex://results/other", `${id} `, id.slice(1)]) assert.equal(await store.get(other), undefined);
});

Deno.test("ResultStore.put() gives different ids without being given a random source", async () => {
  const store = createResultStore({
    store: createMemoryStore({ clock: systemClock }),
    owner: "ann",
    clock: systemClock,
  });
  assert.notEqual(await keep(store, "1"), await keep(store, "2"));
});

Deno.test("ResultStore.get() puts the expiry off; what is not read is gone after half an hour", async () => {
  const { store, time } = storeOf();
  const id = await keep(store, "1");
  time.now += 20 * MINUTE;
  assert.equal((await store.get(id))?.expiresAt, time.now + 30 * MINUTE);
  time.now += 20 * MINUTE;
  assert.deepEqual((await store.list()).map(({ expiresAt }) => expiresAt), [time.now + 10 * MINUTE]);
  time.now += 10 * MINUTE;
  assert.equal(await store.get(id), undefined);
  assert.deepEqual(await store.list(), []);
});

Deno.test("ResultStore.put() makes room by what was not read for longest", async () => {
  const { store } = storeOf({ maxBytes: 4_004 });
  const ids: string[] = [];
  for (let index = 0; index < 4; index++) ids.push(await keep(store, noise(1_000)));
  await store.get(ids[0] ?? "");
  await keep(store, noise(900));
  const present = await Promise.all(ids.map(async (id) => await store.get(id) !== undefined));
  assert.deepEqual(present, [true, false, true, true]);
});

Deno.test("ResultStore.put() keeps no more than a number of results", async () => {
  const { store } = storeOf({ maxEntries: 3 });
  for (let index = 0; index < 10; index++) await keep(store, String(index));
  const texts = (await store.list()).map(({ id }) => textAt(store, id));
  assert.deepEqual((await Promise.all(texts)).toSorted(), ["7", "8", "9"]);
});

Deno.test("ResultStore.put() refuses what would take too much of the room, and keeps what there is", async () => {
  const { store } = storeOf({ maxBytes: 200_000 });
  await keep(store, "1");
  assert.equal(await store.put(noise(60_000), "a"), undefined);
  assert.equal(await store.put("x".repeat(500_000), "a"), undefined);
  assert.equal((await store.list()).length, 1);
});

Deno.test("ResultStore.put() deflates long texts, so that much more of them is kept", async () => {
  const { store } = storeOf({ maxBytes: 100_000 });
  const text = JSON.stringify(Array.from({ length: 3_000 }, (_, id) => ({ id, displayName: `Person ${id} é🙂` })));
  assert.ok(text.length > 100_000);
  const kept = await store.put(text, "a");
  assert.equal(kept?.bytes, new TextEncoder().encode(text).length);
  assert.equal(await textAt(store, kept?.id ?? ""), text);
});

Deno.test("ResultStore keeps each owner's results apart, and each within its own bounds", async () => {
  const { store: ann, memory, clock } = storeOf({ maxEntries: 2 });
  const bob = createResultStore({ store: memory, owner: "bob", clock, maxEntries: 2 });
  const id = await keep(ann, "ann's");
  for (let index = 0; index < 5; index++) await keep(bob, `bob's ${index}`);
  assert.equal(await bob.get(id), undefined);
  assert.equal(await bob.get(`webex://results/${id}`), undefined);
  assert.equal(await textAt(ann, id), "ann's");
  assert.deepEqual([(await ann.list()).length, (await bob.list()).length], [1, 2]);
});

Deno.test("ResultStore.list() leaves out what the store had no room for", async () => {
  const { store: ann, clock } = storeOf();
  const small = createMemoryStore({ clock, maxBytes: 2_500 });
  const [one, other] = ["ann", "bob"].map((owner) => createResultStore({ store: small, owner, clock }));
  assert.ok(one !== undefined && other !== undefined);
  await keep(one, noise(1_000));
  await keep(other, noise(1_000));
  await keep(other, noise(1_000));
  assert.deepEqual([(await one.list()).length, (await other.list()).length, (await ann.list()).length], [0, 2, 0]);
});

Deno.test("ResultStore takes what another release wrote in another form as absent", async () => {
  const { store, memory } = storeOf();
  const id = "A".repeat(22);
  for (const text of ["", "no label", "null\n", '{"id":5}\nx', '{"id":"a","tool":"b"}\nx', "{\nx"]) {
    await memory.write(JSON.stringify(["result", "ann", id]), new TextEncoder().encode(text), MINUTE);
    await memory.add(JSON.stringify(["results", "ann"]), id, new TextEncoder().encode(text), MINUTE);
    assert.equal(await store.get(id), undefined, text);
    assert.deepEqual(await store.list(), []);
  }
});

Deno.test("ResultStore reads and lists on one replica what another kept, until the server is gone", async () => {
  await using server = await startRedis();
  const keys = [crypto.getRandomValues(new Uint8Array(32))];
  await using one = sealedStore(createRedisStore(linkTo(server)), keys);
  await using other = sealedStore(createRedisStore(linkTo(server, 300)), keys);
  await using foreign = sealedStore(createRedisStore(linkTo(server)), [new Uint8Array(32).fill(9)]);
  const ofAnn = (store: Store) => createResultStore({ store, owner: "ann", clock: systemClock });
  const text = JSON.stringify(Array.from({ length: 5_000 }, (_, id) => ({ id, displayName: `Person ${id} é🙂` })));
  const id = await keep(ofAnn(one), text);
  assert.equal(await textAt(ofAnn(other), id), text);
  assert.deepEqual((await ofAnn(other).list()).map((kept) => kept.id), [id]);
  assert.equal(await ofAnn(foreign).get(id), undefined);
  assert.deepEqual(await ofAnn(foreign).list(), []);
  const bob = createResultStore({ store: other, owner: "bob", clock: systemClock });
  assert.deepEqual([await bob.get(id), await bob.list()], [undefined, []]);
  await server.kill();
  for (const work of [ofAnn(other).get(id), ofAnn(other).list(), ofAnn(other).put("1", "a")]) {
    await assert.rejects(work, StoreError);
  }
});
