import assert from "node:assert/strict";
import type { JsonObject } from "../../../src/core/json.ts";
import { endpointOf } from "../../support/endpoints.ts";
import { listOf, listOfPages, ONE, pageOf, things } from "../../support/lists.ts";

Deno.test("read() stops at an empty page that announces another one for ever", async () => {
  const { read, asked } = listOfPages({ 1: [things("a"), "2"], 2: [things(), "3"], 3: [things(), "4"] });
  const { complete, items, warnings } = await read();
  assert.deepEqual([complete, items, warnings, asked()], [true, [{ id: "a" }], [], ["1", "2"]]);
  const empty = listOfPages({ 1: [things(), "2"] });
  assert.deepEqual([(await empty.read(ONE)).complete, (await empty.read(ONE)).next], [true, undefined]);
});

Deno.test("read() stops at a page that is repeated, by address or by content", async () => {
  const circle = listOfPages({ 1: [things("a"), "2"], 2: [things("b"), "3"], 3: [things("c"), "2"] });
  const same = listOfPages({ 1: [things("a", "b"), "2"], 2: [things("b", "a"), "3"], 3: [things("a"), "4"] });
  const nameless = listOfPages({ 1: [{ things: ["x"] }, "2"], 2: [{ things: ["x"] }, "3"] });
  for (const [{ read, asked }, pages] of [[circle, 3], [same, 2], [nameless, 2]] as const) {
    const { complete, next, warnings } = await read();
    assert.deepEqual([complete, next, asked().length], [false, undefined, pages]);
    assert.match(warnings.join(), /^Webex repeated a page after page \d: what comes after it cannot be read$/);
  }
});

Deno.test("readOn() notices that the page before is repeated", async () => {
  const { read, readOn } = listOfPages({ 1: [things("a", "b"), "2"], 2: [things("a", "b"), "3"] });
  const { complete, items, warnings } = await readOn((await read(ONE)).next, ONE);
  assert.deepEqual([complete, items, warnings.length], [false, [], 1]);
});

Deno.test("read() takes a page without the list's key for the end", async () => {
  const { read, asked } = listOfPages({ 1: [things("a"), "2"], 2: [{ others: [1] }, "3"] });
  const { complete, items, warnings } = await read();
  assert.deepEqual([complete, items, asked().length], [true, [{ id: "a" }], 2]);
  assert.deepEqual(warnings, ['Page 2 holds no list in "things": taken as the end']);
});

Deno.test("read() leaves out what overlapping pages repeat, but not what one page holds twice", async () => {
  const overlap = listOfPages({ 1: [things("a", "b"), "2"], 2: [things("b", "c")] });
  assert.deepEqual((await overlap.read()).items, [{ id: "a" }, { id: "b" }, { id: "c" }]);
  const shared = listOfPages({ 1: [things("a", "a"), "2"], 2: [things("a", "c")] });
  assert.equal((await shared.read()).items?.length, 4);
});

Deno.test("read() finds the items under other keys, in a bare list, and none in what is no list", async () => {
  assert.deepEqual((await listOfPages({ 1: [{ total: 1, items: ["a"] }] }).read(ONE)).items, ["a"]);
  assert.deepEqual((await listOfPages({ 1: [{ total: 1, odd: ["a"], more: [] }] }).read(ONE)).items, ["a"]);
  const { items, body, complete } = await listOfPages({ 1: [{}] }).read(ONE);
  assert.deepEqual([items, body, complete], [undefined, {}, true]);
});

Deno.test("read() keeps the other members of the first body", async () => {
  const { read } = listOfPages({ 1: [{ ...things("a"), notFoundIds: ["z"] }, "2"], 2: [things("b")] });
  assert.deepEqual((await read()).body, { ...things("a", "b"), notFoundIds: ["z"] });
});

Deno.test("read() keeps what it has when a later page fails, and hands out that page", async () => {
  const { read, readOn } = listOfPages({ 1: [things("a"), "2"], 2: [things("b"), "9"] });
  const { answer, complete, next, items, warnings } = await read();
  assert.deepEqual([answer.status, complete, items?.length], [200, false, 2]);
  assert.equal(next?.url, "https://webexapis.com/v1/things?page=9");
  assert.deepEqual(warnings, ["Reading stopped after page 2: Webex answered 500: No such page"]);
  assert.equal((await readOn(next)).answer.status, 500);
});
Deno.test("read() finds the rest of a cut page by the page's own address where nothing says what start counts", async () => {
  const pages = { "1": [things("a", "b"), "2"], "2": [things("c", "d")] } as const;
  const endpoint = endpointOf({}, { list: "things", paging: { style: "offset" } });
  const { read, readOn } = listOf(({ url }) => {
    const [body, next]: readonly [JsonObject, string?] =
      pages[new URL(url).searchParams.get("page") === "2" ? "2" : "1"];
    return Promise.resolve(pageOf(body, next));
  }, endpoint);
  const cut = await read({ allPages: false, maxItems: 3 });
  assert.equal(cut.next?.skip, 1);
  assert.deepEqual((await readOn(cut.next)).items, [{ id: "d" }]);
});
