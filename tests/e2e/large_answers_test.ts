import assert from "node:assert/strict";
import { estimateTokens } from "../../src/tools/results/token_estimate.ts";
import { startUpstream } from "../support/process.ts";
import { openSession, type Session } from "../support/session.ts";

const ROWS = 100_000;
/** In MiB: some ten times one answer, which is what parsing it and a lazy garbage collector take. */
const MOST_GROWTH = 320;
/** So many that all of them together are far more than what one takes for a while. */
const ANSWERS = 48;

/** The memory that the program has at the moment, in MiB. */
async function memoryOf({ pid }: Session): Promise<number> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "rss=", "-p", String(pid)] }).output();
  return Number(new TextDecoder().decode(stdout)) / 1024;
}

/** The growth of the program's memory while something happens, at its highest, in MiB. */
async function growthOf(session: Session, act: () => Promise<void>): Promise<number> {
  await session.call("people_list_people", { max: 1 });
  const before = await memoryOf(session);
  let most = before;
  let done = false;
  const watch = (async () => {
    while (!done) {
      most = Math.max(most, await memoryOf(session));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  await act().finally(() => done = true);
  await watch;
  return Math.max(most, await memoryOf(session)) - before;
}

function rowText(index: number): string {
  return `{"Report ID":"${index}","User":"Person ${index % 977}","Answer time":"2026-01-05T08:00:00.000Z","Duration":${
    index % 900
  },"Direction":"${index % 2 === 0 ? "ORIGINATING" : "TERMINATING"}"}`;
}

/** A list of 100,000 rows of some 120 characters, 12 MB, as text. */
const LIST = `{"items":[${Array.from({ length: ROWS }, (_, index) => rowText(index)).join(",")}]}`;
const JSON_TYPE = { "content-type": "application/json" };

Deno.test("100,000 rows are cut, kept, filtered and selected from within bounded memory", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  const growth = await growthOf(session, async () => {
    upstream.sandbox.faults.add({ path: "/people", text: LIST, headers: JSON_TYPE });
    const { value, text } = await session.call("people_list_people");
    assert.ok(estimateTokens(text) <= 20_000);
    const { truncated: { shown, result } } = value;
    assert.deepEqual(shown, [{ path: "items", returned: value.body.items.length, total: ROWS }]);
    assert.deepEqual(value.body.items.at(-1), JSON.parse(rowText(value.body.items.length - 1)));
    const last = (await session.call("webex_result", { result, start: ROWS - 1 })).value;
    assert.deepEqual(last.body.items, [JSON.parse(rowText(ROWS - 1))]);
    const found = (await session.call("webex_result", { result, filter: "Duration == `899`", max: 1 })).value;
    assert.deepEqual([found.matched, found.items_returned], [111, 1]);
    const fields =
      "{rows: length(items), longest: max(items[].Duration), ids: items[?User == 'Person 5'].\"Report ID\"}";
    const selected = (await session.call("people_list_people", { fields })).value;
    assert.deepEqual([selected.body.rows, selected.body.longest, selected.body.ids.length], [ROWS, 899, 103]);
    const whole = (await session.call("people_list_people", { all_pages: true, fields: "length(items)" })).value;
    assert.deepEqual([whole.body, whole.complete], [ROWS, true]);
  });
  assert.ok(growth < MOST_GROWTH, `grew by ${growth} MiB`);
});

Deno.test("answers of 10 MB that are no list are kept, too, and many of them do not add up", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  const growth = await growthOf(session, async () => {
    upstream.sandbox.faults.add({ path: "/people", hugeBytes: 10_000_000 });
    for (let count = 0; count < ANSWERS; count++) {
      const { isError, value } = await session.call("people_list_people");
      assert.equal(isError, false);
      assert.equal(value.body, "[9999998 characters left out]");
      const { result } = value.truncated;
      const part = (await session.call("webex_result", { result, start: 9_999_000 })).value;
      assert.deepEqual([part.body.length, part.unit], [998, "characters"]);
    }
  });
  // Kept as they are, they would take more than their own length together, on top of what one takes for a while.
  assert.ok(growth < ANSWERS * 10, `grew by ${growth} MiB`);
});

Deno.test("an answer beyond all bounds is refused while it comes, without taking the memory for it", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  const growth = await growthOf(session, async () => {
    upstream.sandbox.faults.add({ path: "/people", hugeBytes: 400_000_000 });
    const { isError, value } = await session.call("people_list_people");
    assert.ok(isError);
    assert.deepEqual([value.status_code, value.error.code], [200, "answer_too_large"]);
    assert.match(value.guidance, /smaller page \(max\)/);
  });
  assert.ok(growth < MOST_GROWTH, `grew by ${growth} MiB`);
});

Deno.test("pages that add up to more than one call may keep end the reading with a token for the rest", async () => {
  await using upstream = await startUpstream();
  // Twelve pages of ten megabytes: each item is one megabyte of text.
  for (let page = 1; page <= 12; page++) {
    const items = Array.from({ length: 10 }, (_, index) => ({ id: `${page}-${index}`, notes: "x".repeat(1_000_000) }));
    upstream.sandbox.faults.add({
      path: "/people",
      pattern: page === 1 ? "^/people(?!.*[?&]page=)" : `[?&]page=${page}(?:&|$)`,
      body: { items },
      headers: { link: `<${upstream.url}/people?page=${page + 1}>; rel="next"` },
    });
  }
  await using session = await openSession(upstream.url);
  const { value } = await session.call("people_list_people", { all_pages: true, fields: "items[].id" });
  assert.deepEqual([value.complete, value.items_returned, value.body.length], [false, 70, 70]);
  assert.match(value.warnings[0], /^Reading stopped after page 7: more would not fit into the memory of one call/);
  const next = await session.call("webex_next_page", { next: value.next, fields: "items[0].id" });
  assert.equal(next.value.body, "8-0");
});
