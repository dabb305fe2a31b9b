import assert from "node:assert/strict";
import { systemClock } from "../../../src/core/clock.ts";
import { DeadlineReached } from "../../../src/core/context.ts";
import {
  endingEarlier,
  MAX_CHARACTERS,
  MAX_ITEMS,
  MAX_PAGES,
  stopReason,
  wantsMore,
} from "../../../src/webex/lists/page_limits.ts";
import { contextOf, senderOf } from "../../support/calls.ts";
import { createPager } from "../../../src/webex/lists/paging.ts";
import { endpointOf } from "../../support/endpoints.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { listOf, ONE, outgoing, pageOf, things } from "../../support/lists.ts";

const few = { count: 1, items: ["a"], characters: 3 };

Deno.test("wantsMore() asks for all pages, or for a number of items", () => {
  assert.ok(!wantsMore(ONE, few));
  assert.ok(wantsMore({ allPages: true }, few));
  assert.ok(wantsMore({ allPages: false, maxItems: 2 }, few));
  assert.ok(!wantsMore({ allPages: true, maxItems: 1 }, few));
});

Deno.test("stopReason() ends at pages, items, memory and time", () => {
  const clock = new FakeClock();
  assert.equal(stopReason(few, 1, clock), undefined);
  assert.match(stopReason({ ...few, count: MAX_PAGES }, 1, clock) ?? "", /^1000 pages/);
  assert.match(stopReason({ ...few, items: new Array(MAX_ITEMS) }, 1, clock) ?? "", /^200000 items/);
  assert.match(stopReason({ ...few, characters: MAX_CHARACTERS }, 1, clock) ?? "", /memory/);
  assert.equal(stopReason(few, 0, clock), "the time of the call is up");
});

Deno.test("endingEarlier() ends before the call, or with it, and its timer when it is disposed of", async () => {
  const clock = new FakeClock();
  const over = new AbortController();
  const context = contextOf({ deadline: 10_000, signal: over.signal }, clock);
  const earlier = endingEarlier(context, 9_000, clock);
  assert.equal(earlier.deadline, 9_000);
  assert.equal(earlier.trace, context.trace);
  await clock.advance(earlier.deadline - 1);
  assert.ok(!earlier.signal.aborted);
  await clock.advance(1);
  assert.ok(earlier.signal.reason instanceof DeadlineReached);
  const other = endingEarlier({ ...context, deadline: 20_000 }, 19_000, clock);
  over.abort("cancelled");
  assert.equal(other.signal.reason, "cancelled");
  other[Symbol.dispose]();
  await clock.advance(0);
  assert.equal(clock.sleeping, 0);
});

Deno.test("read() stops before the deadline and hands out the rest", async () => {
  const { read } = listOf(() => Promise.resolve(pageOf(things("a"), "2")));
  const late = contextOf({ deadline: systemClock.monotonic() + 100 });
  const { complete, next, items, warnings } = await read({ allPages: true }, late);
  assert.deepEqual([complete, items?.length, next?.url], [false, 1, "https://webexapis.com/v1/things?page=2"]);
  assert.deepEqual(warnings, ["Reading stopped after page 1: the time of the call is up"]);
});

Deno.test("read() gives up a page that takes longer than the call has", async () => {
  const { read } = listOf(async ({ url, signal }) => {
    if (url.includes("page=2")) await systemClock.sleep(60_000, signal);
    return pageOf(things("a"), "2");
  });
  const context = contextOf({ deadline: systemClock.monotonic() + 300 });
  const { complete, items, warnings } = await read({ allPages: true }, context);
  assert.deepEqual([complete, items?.length], [false, 1]);
  assert.deepEqual(warnings, ["Reading stopped after page 1: the time of the call is up"]);
});

Deno.test("read() ends with the client's cancellation", async () => {
  const cancelled = new AbortController();
  const { read } = listOf(({ url, signal }) => {
    if (url.includes("page=2")) cancelled.abort();
    signal.throwIfAborted();
    return Promise.resolve(pageOf(things("a"), "2"));
  });
  await assert.rejects(read({ allPages: true }, contextOf({ signal: cancelled.signal })), { code: "cancelled" });
});

Deno.test("read() stops at 1,000 pages", async () => {
  let page = 1;
  const { read } = listOf(() => Promise.resolve(pageOf(things(`${++page}`), `${page}`)));
  const { pages, next, warnings } = await read();
  assert.deepEqual([pages, next?.url], [1000, "https://webexapis.com/v1/things?page=1001"]);
  assert.deepEqual(warnings, ["Reading stopped after page 1000: 1000 pages are the most at a time"]);
});

Deno.test("read() carries the headers of the first request to later pages", async () => {
  const { read, readOn, sent } = listOf(({ url }) => Promise.resolve(pageOf(things(url), `${url.length}`)));
  const headers = { accept: "application/json", timezone: "UTC" };
  const { next } = await read({ allPages: false, maxItems: 2 }, contextOf(), headers);
  assert.deepEqual(next?.headers, { timezone: "UTC" });
  await readOn(next, ONE);
  assert.deepEqual(sent.map(({ headers }) => headers.get("timezone")), ["UTC", "UTC", "UTC"]);
});

Deno.test("read() follows pages for most of a short call", async () => {
  const clock = new FakeClock();
  let page = 1;
  const { send } = senderOf(async ({ signal }) => {
    await clock.sleep(400, signal);
    return pageOf(things(`${++page}`), `${page}`);
  });
  const context = contextOf({ deadline: clock.monotonic() + 3_000 }, clock);
  const endpoint = endpointOf({}, { list: "things" });
  const first = outgoing("https://webexapis.com/v1/things");
  const { pages, warnings } = await clock.until(
    createPager({ send, clock }).read({ endpoint, context, limits: { allPages: true }, first }),
  );
  assert.deepEqual([pages, warnings], [6, ["Reading stopped after page 6: the time of the call is up"]]);
});
