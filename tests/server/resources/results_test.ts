import assert from "node:assert/strict";
import { systemClock } from "../../../src/core/clock.ts";
import { isJsonObject, type Json } from "../../../src/core/json.ts";
import { StoreError } from "../../../src/store/store_error.ts";
import { createMemoryStore } from "../../../src/store/memory_store.ts";
import { resultResource, resultResources, resultText } from "../../../src/server/resources/results.ts";
import { createResultStore } from "../../../src/tools/results/result_store.ts";

async function kept(text: string) {
  const memory = createMemoryStore({ clock: systemClock });
  const store = createResultStore({ store: memory, owner: "ann", clock: systemClock });
  const result = await store.put(text, "people_list_people");
  assert.ok(result);
  return { store, result };
}

Deno.test("resultResource() names the tool, the time and the size", async () => {
  const { result } = await kept('{"body":[1]}');
  const resource = resultResource(result);
  assert.deepEqual([resource.uri, resource.mimeType, resource.size], [result.uri, "application/json", 12]);
  assert.match(resource.name, /^people_list_people \d{4}-/);
});

Deno.test("resultText() reads a result whole", async () => {
  const text = JSON.stringify({ status_code: 200, body: { items: ["é".repeat(400_000)] } });
  const { store, result } = await kept(text);
  assert.equal(await resultText(store, result.uri), text);
});

Deno.test("resultText() reads the first whole items of a result that is longer than clients take", async () => {
  const items = Array.from({ length: 60_000 }, (_, id) => ({ id, displayName: `Person ${id}` }));
  const { store, result } = await kept(JSON.stringify({ status_code: 200, body: { items }, items_returned: 60_000 }));
  const text = await resultText(store, result.uri) ?? "";
  assert.ok(text.length <= 1_000_000 && text.length > 900_000);
  const value: Json = JSON.parse(text);
  assert.ok(isJsonObject(value) && isJsonObject(value.body) && Array.isArray(value.body.items));
  assert.deepEqual(value.body.items, items.slice(0, value.body.items.length));
  assert.ok(isJsonObject(value.truncated));
  assert.deepEqual([value.truncated.result, value.items_returned], [result.uri, value.body.items.length]);
  assert.equal((await store.list()).length, 1);
});

Deno.test("resultText() knows results by their address only", async () => {
  const { store, result } = await kept("{}");
  for (const uri of [result.id, "webex://results/", "webex://results/other", "file:///etc/passwd"]) {
    assert.equal(await resultText(store, uri), undefined);
  }
});

Deno.test("resultResources() lists the newest first, and nothing while the store cannot be asked", async () => {
  const { store, result } = await kept("{}");
  assert.deepEqual((await resultResources(store)).map(({ uri }) => uri), [result.uri]);
  const failing = (error: Error) => ({ ...store, list: () => Promise.reject(error) });
  const away = Object.assign(failing(new StoreError("Cannot use the store")), { put: store.put, get: store.get });
  assert.deepEqual(await resultResources(away), []);
  const broken = Object.assign(failing(new TypeError("a bug")), { put: store.put, get: store.get });
  await assert.rejects(resultResources(broken), TypeError);
});
