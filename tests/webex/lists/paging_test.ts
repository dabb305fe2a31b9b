import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import { UpstreamError } from "../../../src/core/errors.ts";
import { systemClock } from "../../../src/core/clock.ts";
import type { FaultRule } from "../../../src/sandbox/faults.ts";
import { createSandbox } from "../../../src/sandbox/sandbox.ts";
import type { PageLimits } from "../../../src/webex/lists/page_limits.ts";
import type { PagePosition } from "../../../src/webex/lists/pages.ts";
import { createPager, type ListRead } from "../../../src/webex/lists/paging.ts";
import { stillClock } from "../../sandbox/support.ts";
import { contextOf, senderOf, type ToldContext } from "../../support/calls.ts";
import { ALL, ONE, outgoing } from "../../support/lists.ts";

const { endpoints } = embeddedCollection();
const FEED = "/cdr_feed?startTime=2026-06-17T02:00:00.000Z&endTime=2026-06-17T14:00:00.000Z";

function endpointAt(path: string): typeof endpoints[number] {
  const found = endpoints.find((endpoint) => endpoint.method === "GET" && endpoint.path === path);
  assert.ok(found);
  return found;
}

/** A pager on a sandbox in which something goes wrong. */
function bench(...faults: FaultRule[]) {
  const sandbox = createSandbox(endpoints, { clock: stillClock });
  sandbox.faults.add(...faults);
  const { send, sent } = senderOf(sandbox.fetch);
  const pager = createPager({ send, clock: systemClock });
  const read = (path: string, limits: PageLimits = ALL, context: ToldContext = contextOf()): Promise<ListRead> => {
    const endpoint = endpointAt(path.replace(/\?.*/, ""));
    return pager.read({ endpoint, first: outgoing(`${endpoint.server}${path}`), limits, context });
  };
  const readOn = (path: string, position: PagePosition | undefined, limits: PageLimits = ALL): Promise<ListRead> => {
    assert.ok(position);
    return pager.readOn({ endpoint: endpointAt(path), position, limits, context: contextOf() });
  };
  return { sandbox, sent, read, readOn };
}

function ids({ items = [] }: ListRead): unknown[] {
  return items.map((item) => typeof item === "object" && item !== null && !Array.isArray(item) ? item.id : item);
}

/** What the sandbox has, in one page. */
const everybody = ids(await bench().read("/people", ONE));

Deno.test("read() answers the first page and where the rest begins", async () => {
  const { read, readOn, sent } = bench();
  const first = await read("/people?max=10", ONE);
  assert.deepEqual([first.complete, first.pages, first.warnings, sent.length], [false, 1, [], 1]);
  assert.deepEqual(ids(first), everybody.slice(0, 10));
  const second = await readOn("/people", first.next, ONE);
  assert.deepEqual([second.complete, ids(second)], [false, everybody.slice(10, 20)]);
  const third = await readOn("/people", second.next, ONE);
  assert.deepEqual([third.complete, third.next, ids(third)], [true, undefined, everybody.slice(20)]);
});

Deno.test("read() reads all pages, puts them into one body and tells of its progress", async () => {
  const context = contextOf();
  const { answer, body, pages, complete, items } = await bench().read("/people?max=5", ALL, context);
  assert.deepEqual([answer.status, pages, complete, items?.length], [200, 5, true, 24]);
  assert.deepEqual(body, { items });
  assert.deepEqual(context.notes.at(1), { message: "Read 10 items in 2 pages", done: 10 });
  assert.equal(context.notes.length, 5);
});

Deno.test("read() cuts a cursor's page at max_items and goes on behind the cut", async () => {
  const { read, readOn } = bench();
  const first = await read("/people?max=10", { allPages: false, maxItems: 13 });
  assert.deepEqual([first.complete, first.pages, ids(first)], [false, 2, everybody.slice(0, 13)]);
  assert.equal(first.next?.skip, 3);
  const second = await readOn("/people", first.next, { allPages: false, maxItems: 4 });
  assert.deepEqual([second.next?.skip, ids(second)], [7, everybody.slice(13, 17)]);
  const rest = await readOn("/people", second.next);
  assert.deepEqual([rest.complete, ids(rest)], [true, everybody.slice(17)]);
});

Deno.test("read() cuts a counted page at max_items and goes on by its number", async () => {
  const { read, readOn } = bench();
  const path = "/telephony/config/numbers";
  const first = await read(`${path}?max=50`, { allPages: false, maxItems: 70 });
  assert.deepEqual([first.items?.length, first.next?.skip], [70, undefined]);
  assert.equal(new URL(first.next?.url ?? "").searchParams.get("start"), "70");
  const rest = await readOn(path, first.next);
  assert.deepEqual([rest.items?.length, rest.complete], [55, true]);
  const whole = await read(path, ONE);
  assert.deepEqual([...first.items ?? [], ...rest.items ?? []], whole.items);
});

Deno.test("read() gives out no more than max_items even of one page, and is complete where they are all", async () => {
  const { read } = bench();
  assert.equal((await read("/people?max=100", { allPages: true, maxItems: 2 })).items?.length, 2);
  const all = await read("/people?max=12", { allPages: false, maxItems: 24 });
  assert.deepEqual([all.items?.length, all.complete], [24, true]);
});

Deno.test("read() never follows a link to another origin or another path", async () => {
  for (
    const link of [
      "https://evil.example/v1/people?cursor=b",
      "http://webexapis.com/v1/people?a",
      "/v1/people/me",
      "/v1/people/../roles",
    ]
  ) {
    const { read, sent } = bench({ path: "/people", headers: { link: `<${link}>; rel="next"` } });
    const { complete, next, items, warnings } = await read("/people");
    assert.deepEqual([complete, next, items?.length, sent.length], [false, undefined, 24, 1], link);
    assert.match(warnings.join(), /^Cannot follow the link to the next page: it leads to /);
  }
});

Deno.test("read() mends a next address that lost filters, has max=null, or begins twice", async () => {
  const link = (query: string) => ({ link: `<<https,https://webexapis.com/v1/people?${query}>;rel="next">` });
  const { read, sent } = bench({ path: "/people", times: 1, headers: link("max=null&cursor=YWZ0ZXI6MjA=") });
  const { complete, items } = await read("/people?orgId=o&max=20&excludeStatus=true");
  assert.deepEqual([complete, items?.length], [true, 24]);
  assert.equal(sent[1]?.url.search, "?cursor=YWZ0ZXI6MjA=&orgId=o&max=20&excludeStatus=true");
});

Deno.test("read() keeps what it has when the connection breaks or a portal's page comes", async () => {
  for (const fault of [{ drop: true }, { status: 200, text: "<html>Sign in</html>" }]) {
    const { read } = bench({ path: "/people", skip: 1, ...fault });
    const { complete, next, items, warnings } = await read("/people?max=10");
    assert.deepEqual([complete, items?.length, warnings.length], [false, 10, 1]);
    assert.match(next?.url ?? "", /cursor=/);
  }
});

Deno.test("read() answers the first page's failure as it is", async () => {
  const { read } = bench({ path: "/people", status: 403 });
  const { answer, items, next } = await read("/people");
  assert.deepEqual([answer.status, items, next], [403, undefined, undefined]);
  await assert.rejects(bench({ drop: true }).read("/people"), UpstreamError);
});

Deno.test("read() follows the call records to their region and pages there", async () => {
  const host = "analytics-calling-eu.webexapis.com";
  const rule: FaultRule = {
    path: "/cdr_feed",
    times: 1,
    status: 451,
    body: { errorCode: 451, message: `Please use ${host}` },
  };
  const next = `<<https://${host}/v1/cdr_feed?startTimeForNextFetch=x&max=500>;rel="next">`;
  const { read, sent } = bench(rule, { path: "/cdr_feed", times: 1, headers: { link: next } });
  const { complete, pages } = await read(FEED);
  assert.deepEqual(sent.map(({ url, family }) => [url.host, family]), [
    ["analytics-calling.webexapis.com", "cdr_initial"],
    [host, "cdr_follow_up"],
    [host, "cdr_follow_up"],
  ]);
  // The sandbox answers the same records again, since it knows no other place in the list.
  assert.deepEqual([complete, pages], [false, 2]);
  assert.match(sent[2]?.url.search ?? "", /^\?startTimeForNextFetch=x&max=500&startTime=.*&endTime=/);
});

Deno.test("read() answers an empty list where there are no call records", async () => {
  const { read } = bench();
  const { answer, body, complete, items, warnings } = await read(`${FEED}&locations=Atlantis`);
  assert.deepEqual([answer.status, body, complete, items], [200, { items: [] }, true, []]);
  assert.match(warnings.join(), /^There are no call records in this window; Webex answered 404: /);
});
