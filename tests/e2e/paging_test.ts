import assert from "node:assert/strict";
import { MAIN, startUpstream, until } from "../support/process.ts";
import { type CallOutcome, openSession, type Session } from "../support/session.ts";
import { askedOf, idsOf, linkTo, servePages } from "../support/list_pages.ts";

const CLOCK = new URL("../fixtures/moving_clock.ts", import.meta.url).pathname;

/** Three pages of two. */
const THREE = {
  "1": { ids: ["a", "b"], link: linkTo("2") },
  "2": { ids: ["c", "d"], link: linkTo("3") },
  "3": { ids: ["e", "f"] },
};

/** Reads on until the list is complete, and gives all results. */
async function readOn(
  session: Session,
  first: CallOutcome,
  args: Record<string, unknown> = {},
): Promise<CallOutcome[]> {
  const pages = [first];
  for (let page = first; page.value.complete === false && pages.length < 50;) {
    page = await session.call("webex_next_page", { next: page.value.next, ...args });
    assert.equal(page.isError, false, page.text);
    pages.push(page);
  }
  return pages;
}

async function refusedToken(session: Session, next: unknown, code: string): Promise<void> {
  const { isError, value } = await session.call("webex_next_page", { next });
  assert.ok(isError, JSON.stringify(next));
  assert.equal(value.error.code, code, JSON.stringify(next));
  assert.match(value.guidance, /^Nothing was sent\. .*again/);
}

Deno.test("a list that is not complete gives a token, and webex_next_page reads on to its end", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  const first = await session.call("people_list_people", { max: 10 });
  assert.equal(first.value.complete, false);
  assert.equal(first.value.items_returned, 10);
  const pages = await readOn(session, first);
  const last = pages.at(-1);
  assert.equal(last?.value.complete, true);
  assert.ok(last !== undefined && !("next" in last.value), "a list that is complete leads nowhere");
  assert.equal(session.notes.length, 0, "one page at a time is no progress");
  const all = await session.call("people_list_people", { all_pages: true, max: 10, fields: "items[].id" });
  assert.deepEqual(all.value.body, pages.flatMap(idsOf));
  assert.equal(all.value.complete, true);
  assert.equal(all.value.items_returned, all.value.body.length);
});

Deno.test("webex_next_page takes back everything that the first call had: filters, max, fields of its own", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  const args = { max: 2, locationId: undefined, callingData: true, displayName: "a" };
  const first = await session.call("people_list_people", args);
  upstream.sandbox.requests.clear();
  const second = await session.call("webex_next_page", { next: first.value.next, fields: "items[].displayName" });
  assert.ok(second.value.body.every((name: unknown) => typeof name === "string"));
  const [asked = ""] = askedOf(upstream);
  assert.match(asked, /^\/people\?/);
  for (const pair of ["max=2", "callingData=true", "displayName=a"]) assert.ok(asked.includes(pair), asked);
});

Deno.test("the token of a page is sealed: nothing in it can be read, changed, made up, or used elsewhere", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  await using other = await openSession(upstream.url);
  const { value: { next } } = await session.call("people_list_people", { max: 2 });
  assert.match(next, /^[\w-]{40,1000}$/);
  const bytes = Uint8Array.fromBase64(next, { alphabet: "base64url" });
  assert.doesNotMatch(new TextDecoder("latin1").decode(bytes), /people|127\.0\.0\.1|cursor|http/);
  upstream.sandbox.requests.clear();
  for (const at of [0, 13, 30, next.length - 1]) {
    const letter = next[at] === "A" ? "B" : "A";
    await refusedToken(session, next.slice(0, at) + letter + next.slice(at + 1), "bad_token");
  }
  const address = btoa(JSON.stringify({ tool: "people_list_people", url: `${upstream.url}/people` }));
  for (const forged of ["x", next.slice(1), next.slice(0, -4), next + next, address, `${upstream.url}/people`]) {
    await refusedToken(session, forged, "bad_token");
  }
  await refusedToken(other, next, "bad_token");
  for (const wrong of [{}, { next: 5 }, { next: null }, { next, more: true }, { next, max_items: 0 }]) {
    assert.ok((await session.call("webex_next_page", wrong)).isError, JSON.stringify(wrong));
  }
  assert.deepEqual(askedOf(upstream), [], "nothing was sent for any of them");
  assert.equal((await session.call("webex_next_page", { next })).isError, false);
  assert.equal((await session.call("webex_next_page", { next })).isError, false, "a token can be used again");
});

Deno.test("the token of a page expires after twelve hours, and says so", async () => {
  await using upstream = await startUpstream();
  const args = ["run", "--quiet", "-A", "--preload", CLOCK, MAIN, "serve", "--base-url", upstream.url];
  const env = { CLOCK_STEP_MS: String(11.9 * 3_600_000) };
  await using session = await openSession(upstream.url, { args, env });
  const { value: { next } } = await session.call("people_list_people", { max: 2 });
  for (const [moves, isError] of [[1, false], [2, true]] as const) {
    Deno.kill(session.pid, "SIGUSR2");
    await until(() => session.stderr().split("The clock moved").length === moves + 1);
    assert.equal((await session.call("webex_next_page", { next })).isError, isError);
  }
  await refusedToken(session, next, "expired_token");
});

Deno.test("all_pages reads to the end with progress, in pages as large as is sensible", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  servePages(upstream, THREE);
  const all = await session.call("people_list_people", { all_pages: true });
  assert.deepEqual(idsOf(all), ["a", "b", "c", "d", "e", "f"]);
  assert.deepEqual([all.value.complete, all.value.items_returned, "next" in all.value], [true, 6, false]);
  assert.equal(session.notes[0]?.message, "Read 2 items in 1 page");
  assert.ok(session.notes.every(({ progress }, index) => progress > (session.notes[index - 1]?.progress ?? 0)));
  assert.deepEqual(askedOf(upstream), ["/people?max=100", "/people?page=2&max=100", "/people?page=3&max=100"]);

  upstream.sandbox.faults.clear();
  upstream.sandbox.requests.clear();
  await session.call("people_list_people", { all_pages: true, callingData: true });
  assert.match(askedOf(upstream)[0] ?? "", /max=10(&|$)/, "larger pages of people with calling data time out at Webex");
  await session.call("people_list_people", { all_pages: "true", max: 7 });
  assert.ok(askedOf(upstream).some((asked) => /max=7(&|$)/.test(asked)), "a size that was asked for is kept");
});

Deno.test("progress tells of every page while it is read, not at the end", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  upstream.sandbox.faults.add({ path: "/people", delayMs: 250 });
  let done = false;
  const call = session.call("people_list_people", { all_pages: true, max: 10 }).finally(() => done = true);
  await until(() => session.notes.length > 0);
  assert.equal(done, false);
  const { value } = await call;
  const messages = session.notes.map(({ message }) => message);
  assert.deepEqual(messages.slice(0, 2), ["Read 10 items in 1 page", "Read 20 items in 2 pages"]);
  assert.ok(value.items_returned > 20);
});

for (
  const [tool, max] of [
    ["people_list_people", 10],
    ["devices_list_devices", 10],
    ["numbers_list_phone_numbers_of_organization", 50],
    ["locations_list_locations", 2],
  ] as const
) {
  Deno.test(`max_items of ${tool} gives just so many items, and nothing is lost or doubled after them`, async () => {
    await using upstream = await startUpstream();
    await using session = await openSession(upstream.url);
    const fields = "(items || phoneNumbers)[].[id, phoneNumber, phoneNumberType]";
    const all = await session.call(tool, { all_pages: true, fields });
    const total = all.value.items_returned;
    assert.equal(all.value.complete, true);
    for (const most of [1, max - 1, max, max + 1]) {
      const pages = await readOn(session, await session.call(tool, { max, max_items: most, fields }), {
        max_items: Math.ceil(total / 4),
        fields,
      });
      assert.equal(pages[0]?.value.items_returned, most);
      assert.equal(pages[0]?.value.complete, false);
      assert.deepEqual(pages.flatMap(({ value }) => value.body), all.value.body, `max_items=${most}`);
    }
    for (const most of [total, total + 1]) {
      const whole = await session.call(tool, { max, max_items: most, fields });
      assert.deepEqual([whole.value.complete, whole.value.items_returned], [true, total]);
    }
  });
}

Deno.test("max_items asks for no more than it needs, and wins over all_pages", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  servePages(upstream, THREE);
  const some = await session.call("people_list_people", { max_items: 3, all_pages: true });
  assert.deepEqual(idsOf(some), ["a", "b", "c"]);
  assert.deepEqual(askedOf(upstream), ["/people?max=3", "/people?page=2&max=3"]);
  const rest = await session.call("webex_next_page", { next: some.value.next, all_pages: true });
  assert.deepEqual(idsOf(rest), ["d", "e", "f"]);
  assert.equal(rest.value.complete, true);
  upstream.sandbox.requests.clear();
  for (const wrong of [0, -1, 1.5, "many", null, 200_001, [3]]) {
    const { isError, value } = await session.call("people_list_people", { max_items: wrong });
    assert.ok(isError);
    assert.match(value.error.message, /"max_items"/);
    assert.match(value.guidance, /^Nothing was sent/);
  }
  assert.ok((await session.call("people_list_people", { all_pages: "yes" })).isError);
  assert.deepEqual(askedOf(upstream), []);
});

Deno.test("the end of the time ends the reading, not the call: what was read comes with a token for the rest", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url, { flags: ["--deadline", "4"] });
  upstream.sandbox.faults.add({ path: "/people", delayMs: 1_600 });
  const begun = performance.now();
  const some = await session.call("people_list_people", { all_pages: true, max: 10 });
  assert.ok(performance.now() - begun < 4_000);
  assert.equal(some.isError, false);
  assert.equal(some.value.complete, false);
  assert.match(some.value.warnings[0], /time of the call is up/);
  upstream.sandbox.faults.clear();
  const rest = await session.call("webex_next_page", { next: some.value.next, all_pages: true });
  const all = await session.call("people_list_people", { all_pages: true });
  assert.deepEqual([...idsOf(some), ...idsOf(rest)], idsOf(all));
});
