import assert from "node:assert/strict";
import { makeId } from "../../src/sandbox/ids.ts";
import { merge, Store } from "../../src/sandbox/store.ts";

Deno.test("merge() merges objects, replaces arrays and ignores a prototype", () => {
  const merged = merge({ a: { b: 1, c: [1, 2] }, d: 1 }, JSON.parse('{"a":{"c":[3]},"d":null,"__proto__":{"e":1}}'));
  assert.deepEqual(merged, { a: { b: 1, c: [3] }, d: null });
  assert.equal(Object.hasOwn(merged, "__proto__"), false);
});

Deno.test("Store finds an object by its identifier, whatever its padding", () => {
  const store = new Store();
  const id = makeId("queues", "1");
  store.add("/queues", "queues", id, { name: "Q" });
  assert.equal(store.item("/queues", `${id}==`)?.doc.name, "Q");
  assert.equal(store.byId(`${id}=`)?.kind, "queues");
});

Deno.test("Store.remove() removes what is below an object and remembers that it was there", () => {
  const store = new Store();
  const place = store.add("/locations", "locations", makeId("locations", "1"), {});
  const queue = store.add(`/locations/${place.id}/queues`, "queues", makeId("queues", "1"), {});
  store.write(`/locations/${place.id}/intercept`, { enabled: true });
  store.remove(place);
  assert.equal(store.byId(queue.id), undefined);
  assert.equal(store.document(`/locations/${place.id}/intercept`), undefined);
  assert.equal(store.isDeleted("/locations", place.id), true);
});

Deno.test("Store.face() tells an object's numbers and its location", () => {
  const store = new Store();
  const place = store.add("/locations", "locations", makeId("locations", "1"), { name: "Here", routingPrefix: "81" });
  const item = store.add(`/locations/${place.id}/huntGroups`, "huntGroups", makeId("huntGroups", "1"), {
    name: "Sales",
    extension: "100",
  });
  const { name, esn, location, type } = store.face(item);
  assert.deepEqual({ name, esn, location, type }, {
    name: "Sales",
    esn: "81100",
    location: { id: place.id, name: "Here" },
    type: "HUNT_GROUP",
  });
});
