import assert from "node:assert/strict";
import { createResultStore, type ResultStoreOptions } from "../../../src/tools/results/result_store.ts";

const MINUTE = 60_000;

function storeOf(options: Partial<ResultStoreOptions> = {}) {
  const time = { now: Date.UTC(2026, 0, 1) };
  let serial = 0;
  const store = createResultStore({
    clock: { now: () => time.now, monotonic: () => time.now, sleep: () => Promise.resolve() },
    random: (bytes) => void bytes.fill(++serial),
    ...options,
  });
  return { store, time };
}

/** Does not deflate. */
function noise(length: number): string {
  let text = "";
  while (text.length < length) text += btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(300))));
  return text.slice(0, length);
}

Deno.test("ResultStore.put() keeps a text under 128 random bits, to be read by id and by URI", () => {
  const { store, time } = storeOf();
  const kept = store.put('{"a":"é"}', "people_list_people");
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
  assert.deepEqual(store.get(id), { ...kept, text: '{"a":"é"}' });
  assert.equal(store.get(uri)?.text, '{"a":"é"}');
  assert.equal(store.get("webex://results/other"), undefined);
});

Deno.test("ResultStore.put() gives different ids without being given a random source", () => {
  const { clock } = { clock: { now: () => 0, monotonic: () => 0, sleep: () => Promise.resolve() } };
  const store = createResultStore({ clock });
  assert.notEqual(store.put("1", "a")?.id, store.put("2", "a")?.id);
});

Deno.test("ResultStore.get() puts the expiry off; what is not read is gone after half an hour", () => {
  const { store, time } = storeOf();
  const id = store.put("1", "a")?.id ?? "";
  time.now += 20 * MINUTE;
  assert.equal(store.get(id)?.expiresAt, time.now + 30 * MINUTE);
  time.now += 20 * MINUTE;
  assert.equal(store.list().length, 1);
  time.now += 10 * MINUTE;
  assert.equal(store.get(id), undefined);
  assert.deepEqual(store.list(), []);
});

Deno.test("ResultStore.put() makes room by what was not read for longest", () => {
  const { store } = storeOf({ maxBytes: 4_000 });
  const [first, second, third, fourth] = Array.from({ length: 4 }, () => store.put(noise(1_000), "a")?.id ?? "");
  store.get(first ?? "");
  store.put(noise(900), "a");
  const present = [first, second, third, fourth].map((id) => store.get(id ?? "") !== undefined);
  assert.deepEqual(present, [true, false, true, true]);
});

Deno.test("ResultStore.put() keeps no more than a number of results", () => {
  const { store } = storeOf({ maxEntries: 3 });
  for (let index = 0; index < 10; index++) store.put(String(index), "a");
  assert.deepEqual(store.list().map(({ id }) => store.get(id)?.text).toSorted(), ["7", "8", "9"]);
});

Deno.test("ResultStore.put() refuses what would take too much of the memory, and keeps what there is", () => {
  const { store } = storeOf({ maxBytes: 200_000 });
  store.put("1", "a");
  assert.equal(store.put(noise(60_000), "a"), undefined);
  assert.equal(store.put("x".repeat(500_000), "a"), undefined);
  assert.equal(store.list().length, 1);
});

Deno.test("ResultStore.put() deflates long texts, so that much more of them is kept", () => {
  const { store } = storeOf({ maxBytes: 100_000 });
  const text = JSON.stringify(Array.from({ length: 3_000 }, (_, id) => ({ id, displayName: `Person ${id} é🙂` })));
  assert.ok(text.length > 100_000);
  const kept = store.put(text, "a");
  assert.equal(kept?.bytes, new TextEncoder().encode(text).length);
  assert.equal(store.get(kept?.id ?? "")?.text, text);
});
