import assert from "node:assert/strict";
import { startUpstream } from "../support/process.ts";
import { openSession } from "../support/session.ts";
import { askedOf, linkTo, servePages } from "../support/list_pages.ts";

Deno.test("fields selects by JMESPath from one object, a page, and all pages together", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  servePages(upstream, { "1": { ids: ["a", "b"], link: linkTo("2") }, "2": { ids: ["c"] } });
  const page = await session.call("people_list_people", { fields: "items[].{name: displayName, id: id}" });
  assert.deepEqual(page.value.body, [{ name: "Person a", id: "a" }, { name: "Person b", id: "b" }]);
  assert.deepEqual(
    [page.value.complete, page.value.items_returned],
    [false, 2],
    "the selection says nothing of the list",
  );
  const next = await session.call("webex_next_page", { next: page.value.next, fields: "items[0].id" });
  assert.deepEqual([next.value.body, next.value.complete], ["c", true]);
  const all = await session.call("people_list_people", { fields: "items[?id != 'b'].id", all_pages: true });
  assert.deepEqual([all.value.body, all.value.items_returned], [["a", "c"], 3]);
  assert.ok(askedOf(upstream).every((asked) => !asked.includes("fields")), "it is none of Webex's arguments");
  for (const empty of ["", "  "]) {
    assert.equal((await session.call("people_list_people", { fields: empty })).value.body.items.length, 2);
  }
  upstream.sandbox.faults.clear();
  const { id } = (await session.call("people_list_people", { max: 1 })).value.body.items[0];
  const one = await session.call("people_get_person_details", { personId: id, fields: "[displayName, id]" });
  assert.equal(one.value.body[1], id);
});

Deno.test("a fields expression that is none is refused before anything is sent, and it says where it is wrong", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  for (
    const [fields, words] of [
      ["items[", /ends too early/],
      ["items[].{id: id", /ends too early/],
      ["items[]]", /unexpected "\]" at character 8/],
      ["items[?id == 5]", /at character 14: write numbers in backquotes/],
      ["nosuch(items)", /nosuch/],
      ["a".repeat(2001), /longer than 2000 characters/],
      ["[".repeat(50) + "a" + "]".repeat(50), /more than 40 brackets/],
    ] as const
  ) {
    for (
      const [tool, args] of [
        ["people_list_people", {}],
        ["people_create_a_person", { emails: ["new@example.com"] }],
        ["people_delete_a_person", { personId: "x" }],
      ] as const
    ) {
      const { isError, value } = await session.call(tool, { ...args, fields });
      assert.ok(isError, fields);
      assert.equal(value.error.code, "invalid_fields");
      assert.match(value.error.message, words);
      assert.match(value.guidance, /^Nothing was sent\..*for example/);
    }
  }
  for (const fields of [5, true, ["id"], { id: "id" }]) {
    assert.ok((await session.call("people_list_people", { fields })).isError);
  }
  assert.deepEqual(askedOf(upstream), []);
});

Deno.test("a selection that finds nothing, or cannot be made, leaves the caller with what is there", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  servePages(upstream, { "1": { ids: ["a"] } });
  const call = async (fields: string) => (await session.call("people_list_people", { fields })).value;
  const nothing = await call("people[].id");
  assert.deepEqual([nothing.status_code, nothing.body], [200, null]);
  assert.deepEqual(nothing.warnings, [`"fields" found nothing: the body's members are items`]);
  assert.match((await call(`items[?id == "a"]`)).warnings[0], /text is in single quotes/);
  const wrong = await call("items[?contains(department, 'x')]");
  assert.equal(wrong.body.items.length, 1, "what Webex answered is not lost");
  assert.match(wrong.warnings[0], /could not be applied/);
  const inherited = await call("items[0].[constructor, __proto__, toString]");
  assert.deepEqual(inherited.body, [null, null, null]);
});

Deno.test("fields leaves errors as they are", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  servePages(upstream, { "1": { status: 400, body: { message: "No such filter" } } });
  const { isError, value } = await session.call("people_list_people", { fields: "items[].id" });
  assert.deepEqual([isError, value.status_code, value.error.message], [true, 400, "No such filter"]);
});

Deno.test("an expression that multiplies what it reads is stopped before it takes the memory or the time", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  servePages(upstream, { "1": { ids: ["a", "b"] } });
  const begun = performance.now();
  const { value } = await session.call("people_list_people", { fields: "items" + " | [@, @][]".repeat(120) });
  assert.match(value.warnings[0], /too much work/);
  assert.equal(value.body.items.length, 2);
  assert.ok(performance.now() - begun < 15_000);
  assert.equal((await session.call("people_list_people", { fields: "length(items)" })).value.body, 2);
});
