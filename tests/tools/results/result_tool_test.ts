import assert from "node:assert/strict";
import { RefusedError } from "../../../src/core/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../src/core/json.ts";
import { beginCall } from "../../../src/core/context.ts";
import { systemClock } from "../../../src/core/clock.ts";
import { createMemoryStore } from "../../../src/store/memory_store.ts";
import { fit, fits, type ResultLimit } from "../../../src/tools/results/fit.ts";
import { createResultStore } from "../../../src/tools/results/result_store.ts";
import { createResultTool } from "../../../src/tools/results/result_tool.ts";

const LIMIT: ResultLimit = { tokens: 3_000, characters: 20_000 };

function people(count: number): Json[] {
  return Array.from({ length: count }, (_, id) => ({ id: `person-${id}`, displayName: `Person ${id}`, number: id }));
}

/** A tool, a result that it knows, and a short way to call it. */
async function bench(value: JsonObject, limit = LIMIT) {
  const memory = createMemoryStore({ clock: systemClock });
  const store = createResultStore({ store: memory, owner: "ann", clock: systemClock });
  const tool = createResultTool({ store, limit });
  const kept = await store.put(JSON.stringify(value), "people_list_people");
  assert.ok(kept !== undefined);
  return {
    store,
    kept,
    tool,
    async call(args: JsonObject = {}): Promise<JsonObject> {
      using context = beginCall({ clock: systemClock, deadlineMs: 60_000 });
      const result = await tool.call({ result: kept.uri, ...args }, context);
      assert.equal(result.isError, false);
      assert.ok(fits(JSON.stringify(result.value), limit));
      return result.value;
    },
  };
}

function argumentsOf({ read_with }: JsonObject): JsonObject {
  assert.ok(isJsonObject(read_with) && isJsonObject(read_with.arguments));
  return read_with.arguments;
}

async function refused(call: Promise<unknown>, code: string): Promise<RefusedError> {
  const error: unknown = await call.catch((reason: unknown) => reason);
  assert.ok(error instanceof RefusedError);
  assert.equal(error.code, code);
  return error;
}

Deno.test("webex_result reads a long list to its end, each item once", async () => {
  const items = people(700);
  const { call, kept } = await bench({ status_code: 200, body: { items, notFoundIds: [] }, complete: true });
  const read: Json[] = [];
  let args: JsonObject = {};
  for (let page = 1;; page++) {
    const value = await call(args);
    assert.ok(isJsonObject(value.body) && Array.isArray(value.body.items) && page < 50);
    assert.deepEqual([value.start, value.items_returned, value.total], [read.length, value.body.items.length, 700]);
    assert.equal(value.result, kept.uri);
    read.push(...value.body.items);
    if (value.complete === true) break;
    args = argumentsOf(value);
  }
  assert.deepEqual(read, items);
});

Deno.test("webex_result goes on where fit() ended, and hands out the list's own next page at the end", async () => {
  const value = { body: { items: people(600) }, complete: false, next: "token", items_returned: 600 };
  const { call, kept } = await bench(value);
  const shown = await fit(value, LIMIT, () => Promise.resolve(kept));
  assert.ok(isJsonObject(shown.truncated));
  const first = await call(argumentsOf(shown.truncated));
  assert.equal(first.start, shown.items_returned);
  assert.equal(first.next, undefined);
  const last = await call({ start: 599 });
  assert.deepEqual([last.body, last.next, last.complete], [{ items: people(600).slice(599) }, "token", false]);
  assert.equal((await call({ start: 900 })).items_returned, 0);
});

Deno.test("webex_result filters by words and by conditions, and pages over what passes", async () => {
  const { call } = await bench({ body: people(300) });
  const words = await call({ filter: "person 29" });
  assert.deepEqual([words.matched, words.total, words.complete], [11, 300, true]);
  const page = await call({ filter: "number >= `290`", start: 4, max: 2 });
  assert.deepEqual(page.body, people(300).slice(294, 296));
  assert.deepEqual(argumentsOf(page), { ...argumentsOf(page), filter: "number >= `290`", start: 6, max: 2 });
  const some = await call({ filter: "contains(displayName || number, '29')" });
  assert.equal(some.warnings, undefined);
});

Deno.test("webex_result warns of items that a condition cannot take", async () => {
  const { call } = await bench({ body: [{ name: "Ann" }, {}] });
  const { body, warnings } = await call({ filter: "contains(name, 'A')" });
  assert.deepEqual(body, [{ name: "Ann" }]);
  assert.ok(Array.isArray(warnings) && warnings.length === 1);
});

Deno.test("webex_result selects fields; what is still too long is a result of its own", async () => {
  const { call, store } = await bench({ body: { items: people(2_000) } });
  const few = await call({ fields: "items[].displayName", max: 2 });
  assert.deepEqual([few.body, few.items_returned], [["Person 0", "Person 1"], 2]);
  assert.deepEqual(argumentsOf(few).start, 2);

  const many = await call({ fields: "items[].displayName" });
  assert.ok(isJsonObject(many.truncated));
  assert.deepEqual([(await store.list()).length, many.complete], [2, false]);
  const rest = await call(argumentsOf(many.truncated));
  assert.ok(Array.isArray(rest.body));
  assert.equal(rest.body[0], `Person ${many.items_returned}`);

  const none = await call({ fields: "people[].displayName", max: 1 });
  assert.ok(Array.isArray(none.warnings));
});

Deno.test("webex_result reads another list, one within an item, members, lines and characters", async () => {
  const members = Object.fromEntries(people(20).map((person, index) => [`m${index}`, person]));
  const { call } = await bench({
    body: { items: [{ agents: people(9) }], members, table: "User,x\nAnn,1\nBob,2\n", text: "abcdef" },
  });
  assert.deepEqual((await call({ path: "items[0].agents", start: 7 })).body, people(9).slice(7));
  assert.deepEqual((await call({ path: "members", start: 3, max: 1 })).body, { m3: people(4)[3] ?? null });
  const lines = await call({ path: "table", start: 1 });
  assert.deepEqual([lines.body, lines.unit, lines.returned, lines.total], ["User,x\nBob,2\n", "lines", 1, 2]);
  assert.equal((await call({ path: "text", start: 2, max: 3 })).body, "cde");
});

Deno.test("webex_result goes on after an item and after a line that no page can hold", async () => {
  const list = await bench({ body: { items: [{ agents: people(2_000) }, { name: "Other" }] } });
  const first = await list.call();
  const inItem = { result: list.kept.id, path: "items[0].agents", onward: true };
  assert.deepEqual(argumentsOf(first), { ...inItem, start: argumentsOf(first).start ?? null });
  assert.equal(first.items_returned, 1);
  assert.ok(isJsonObject(first.shortened) && Array.isArray(first.shortened.shown));
  assert.ok(isJsonObject(first.shortened.shown[0]));
  assert.equal(first.shortened.shown[0].path, "items[0].agents");
  assert.deepEqual((await list.call({ start: 1 })).body, { items: [{ name: "Other" }] });

  const table = await bench({ body: `n,text\n1,${"x".repeat(50_000)}\n2,y\n` });
  const row = await table.call();
  assert.deepEqual([row.body, argumentsOf(row).start], ["n,text\n[50003 characters left out]\n", 1]);
  assert.equal((await table.call({ start: 1 })).body, "n,text\n2,y\n");
});

/** Follows `read_with` from a first page on; what each page shows of the paths it was asked for. */
async function followed(call: (args: JsonObject) => Promise<JsonObject>, first: JsonObject): Promise<JsonObject[]> {
  const pages: JsonObject[] = [];
  for (let args: JsonObject | undefined = first; args !== undefined;) {
    const value = await call(args);
    assert.ok(pages.length < 100);
    pages.push(value);
    assert.equal(value.complete, value.read_with === undefined);
    args = value.read_with === undefined ? undefined : argumentsOf(value);
  }
  return pages;
}

Deno.test("webex_result shows everything of items that no page can hold, and the items after them", async () => {
  const fat = (name: string): JsonObject => ({
    name,
    notes: `${name}-text-`.repeat(3_000),
    agents: people(900),
    settings: Object.fromEntries(people(400).map((one, index) => [`${name}-${index}`, one])),
    end: `${name}-end`,
  });
  const items = [fat("a"), fat("b"), { name: "c" }];
  const value = { status_code: 200, body: { items }, complete: true };
  const { call, kept } = await bench(value);
  const shown = await fit(value, LIMIT, () => Promise.resolve(kept));
  assert.ok(isJsonObject(shown.truncated));
  const pages = await followed(call, argumentsOf(shown.truncated));
  const text = JSON.stringify([shown, ...pages]);
  for (const { id } of people(900).filter(isJsonObject)) assert.ok(text.split(`"${id}"`).length > 2, String(id));
  for (const name of ["a", "b"]) {
    for (let index = 0; index < 400; index++) assert.ok(text.includes(`"${name}-${index}"`), `${name}-${index}`);
    assert.ok(text.includes(`${name}-end`));
    const written = pages.map(({ body }) => typeof body === "string" ? body : "").join("");
    assert.equal(written.split(`${name}-text-`).length, 3_001);
  }
  assert.deepEqual(pages.at(-1)?.body, { items: [{ name: "c" }] });
});

Deno.test("webex_result leads into an item among filtered ones without losing the filter", async () => {
  const items = [{ name: "a" }, { name: "b", agents: people(2_000) }, { name: "b" }];
  const { call, kept } = await bench({ body: { items } });
  const page = await call({ filter: "name == 'b'" });
  assert.deepEqual([argumentsOf(page).filter, argumentsOf(page).start], ["name == 'b'", 1]);
  assert.ok(isJsonObject(page.shortened));
  const { start = 0, ...rest } = argumentsOf(page.shortened);
  assert.deepEqual(rest, { result: kept.id, path: "items[1].agents" });
  assert.ok(Number(start) > 0);
});

Deno.test("webex_result names the place of an item within a filtered list as it is in the whole", async () => {
  const { call } = await bench({ body: { items: [{ name: "a" }, { name: "b", agents: people(2_000) }] } });
  const { shortened } = await call({ filter: "name == 'b'" });
  assert.ok(isJsonObject(shortened) && Array.isArray(shortened.shown) && isJsonObject(shortened.shown[0]));
  assert.equal(shortened.shown[0].path, "items[1].agents");
});

Deno.test("webex_result refuses a result that is gone, and a path, a filter and fields that are none", async () => {
  const { call } = await bench({ body: { items: people(3), name: "x", count: 3 } });
  const gone = await refused(call({ result: "webex://results/other" }), "unknown_result");
  assert.equal(gone.message, 'There is no such result: "webex://results/other"');
  assert.match(gone.guidance ?? "", /call the tool that made it again/);
  for (const path of ["count", "nothing", "length(count)", "a["]) await refused(call({ path }), "invalid_path");
  await refused(call({ filter: "contains(x" }), "invalid_filter");
  await refused(call({ fields: "items[" }), "invalid_fields");
});

Deno.test("webex_result reads an error's details", async () => {
  const { call } = await bench({ error: { code: "x", details: { errors: people(50) } } });
  assert.deepEqual((await call({ path: "error.details.errors", start: 48 })).body, people(50).slice(48));
});

Deno.test("webex_result is a tool that only reads, and asks nobody outside", async () => {
  const { annotations, name, inputSchema } = (await bench({ body: [] })).tool.definition;
  assert.deepEqual([name, annotations.readOnlyHint, annotations.openWorldHint], ["webex_result", true, false]);
  assert.deepEqual(inputSchema.required, ["result"]);
});
