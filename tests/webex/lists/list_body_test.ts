import assert from "node:assert/strict";
import { itemId, itemsAt, listIn, withItems } from "../../../src/webex/lists/list_body.ts";
import { endpointOf } from "../../support/endpoints.ts";

const things = endpointOf({}, { list: "things" });

Deno.test("listIn() finds the items under the endpoint's key, items, or the first array", () => {
  const body = { count: 1, others: [3], items: [2], things: [1] };
  assert.deepEqual(listIn(things, body, false), { key: "things", items: [1] });
  assert.deepEqual(listIn(things, { ...body, things: "none" }, false), { key: "items", items: [2] });
  assert.deepEqual(listIn(things, { count: 1, others: [3] }, false), { key: "others", items: [3] });
  assert.deepEqual(listIn(things, [4], false), { items: [4] });
});

Deno.test("listIn() finds no items where there is no list", () => {
  for (const body of [null, {}, "text", 5, { toString: 1 }]) assert.equal(listIn(things, body, false), undefined);
  const one = { id: "p", emails: ["a@example.com"] };
  assert.equal(listIn(endpointOf(), one, false), undefined);
  assert.deepEqual(listIn(endpointOf(), { items: [1] }, true), { key: "items", items: [1] });
});

Deno.test("itemsAt() looks only where the first page had its items", () => {
  assert.deepEqual(itemsAt({ things: [1], items: [2] }, "items"), [2]);
  assert.equal(itemsAt({ things: [1] }, "items"), undefined);
  assert.equal(itemsAt([1], "items"), undefined);
  assert.deepEqual(itemsAt([1], undefined), [1]);
  assert.equal(itemsAt({ items: [1] }, undefined), undefined);
  assert.equal(itemsAt(null, "toString"), undefined);
});

Deno.test("withItems() replaces the items alone", () => {
  assert.deepEqual(withItems({ a: 1, items: [1] }, "items", [2, 3]), { a: 1, items: [2, 3] });
  assert.deepEqual(withItems([1], undefined, [2]), [2]);
});

Deno.test("itemId() names an item by its id, its number, or its report's id", () => {
  assert.equal(itemId({ id: "a", phoneNumber: "+1" }), "id:a");
  assert.equal(itemId({ id: "", phoneNumber: "+1" }), "phoneNumber:+1");
  assert.equal(itemId({ "Report ID": "r", "Call ID": "c" }), "Report ID:r");
  for (const item of [{ name: "a" }, "a", null, [1], { id: 5 }]) assert.equal(itemId(item), undefined);
});
