import assert from "node:assert/strict";
import { createMemoryStore } from "../../src/store/memory_store.ts";
import { FakeClock } from "../support/fake_clock.ts";

const MINUTE = 60_000;

function kilobytes(count: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(count * 1_000);
}

Deno.test("createMemoryStore() makes room by what was not used for longest", async () => {
  const store = createMemoryStore({ clock: new FakeClock(), maxBytes: 4_000 });
  for (const key of ["a", "b", "c", "d"]) await store.write(key, kilobytes(1), MINUTE);
  await store.read("a");
  await store.extend("b", MINUTE);
  await store.write("e", kilobytes(1), MINUTE);
  await store.write("a", kilobytes(1), MINUTE);
  assert.deepEqual(await store.present(["a", "b", "c", "d", "e"]), [true, true, false, true, true]);
  await store.write("f", kilobytes(5), MINUTE);
  assert.deepEqual(await store.present(["a", "e", "f"]), [false, false, false]);
});

Deno.test("createMemoryStore() forgets values by the clock that it is given", async () => {
  const clock = new FakeClock();
  const store = createMemoryStore({ clock });
  await store.write("a", kilobytes(1), MINUTE);
  await clock.advance(MINUTE - 1);
  assert.deepEqual(await store.present(["a"]), [true]);
  await clock.advance(1);
  assert.equal(await store.read("a"), undefined);
});

Deno.test("createMemoryStore() remembers claims, however many values there are, until their time is over", async () => {
  const clock = new FakeClock();
  const store = createMemoryStore({ clock, maxBytes: 10_000 });
  assert.equal(await store.claim("plan", 10 * MINUTE), true);
  for (let index = 0; index < 2_000; index++) await store.write(`${index}`, kilobytes(1), MINUTE);
  for (let index = 0; index < 2_000; index++) await store.claim(`other ${index}`, MINUTE);
  assert.equal(await store.claim("plan", 10 * MINUTE), false);
  await clock.advance(10 * MINUTE);
  assert.equal(await store.claim("plan", 10 * MINUTE), true);
});

Deno.test("createMemoryStore() fills a bucket by the clock, up to its capacity", async () => {
  const clock = new FakeClock();
  const store = createMemoryStore({ clock });
  const rate = { capacity: 3, perSecond: 2 };
  const takeAll = async () => {
    const waits: number[] = [];
    for (let index = 0; index < 4; index++) waits.push(await store.take("ann", rate));
    return waits;
  };
  assert.deepEqual(await takeAll(), [0, 0, 0, 500]);
  await clock.advance(250);
  assert.equal(await store.take("ann", rate), 250);
  await clock.advance(MINUTE);
  assert.deepEqual(await takeAll(), [0, 0, 0, 500]);
});

Deno.test("createMemoryStore() forgets lists and buckets that are over", async () => {
  const clock = new FakeClock();
  const store = createMemoryStore({ clock });
  await store.add("list", "a", kilobytes(1), MINUTE);
  await store.take("bucket", { capacity: 1, perSecond: 1 });
  await clock.advance(2 * MINUTE);
  for (let index = 0; index < 600; index++) await store.claim(`${index}`, 1);
  await store.add("list", "b", kilobytes(1), MINUTE);
  assert.equal((await store.members("list")).length, 1);
  await store.drop("list", "b");
  assert.deepEqual(await store.members("list"), []);
});
