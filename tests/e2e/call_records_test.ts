import assert from "node:assert/strict";
import { MAIN, startUpstream, TOKEN, until } from "../support/process.ts";
import { openSession, type Session } from "../support/session.ts";
import { askedOf, startStranger } from "../support/list_pages.ts";

const FIXTURES = new URL("../fixtures/", import.meta.url).pathname;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FEED = "call_history_get_detailed_call_history";
const STREAM = "call_history_get_live_stream";

/** A window that begins and ends so long ago. */
function windowOf(begun: number, ended: number): { startTime: string; endTime: string } {
  const at = (ago: number) => new Date(Date.now() - ago).toISOString();
  return { startTime: at(begun), endTime: at(ended) };
}

Deno.test("call records come with what every list has", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  const { value } = await session.call(FEED, { ...windowOf(14 * HOUR, 3 * HOUR), max: 500, max_items: 20 });
  assert.deepEqual([value.status_code, value.complete, value.items_returned], [200, false, 20]);
  assert.ok(value.body.items.every((record: Record<string, unknown>) => "Start time" in record));
  const next = await session.call("webex_next_page", { next: value.next, max_items: 20 });
  assert.equal(next.value.items_returned, 20);
  const ids = [value, next.value].flatMap(({ body }) =>
    body.items.map((record: Record<string, unknown>) => record["Report ID"])
  );
  assert.equal(new Set(ids).size, 40);
});

Deno.test("the 404 by which Webex says that there are no call records becomes an empty list", async () => {
  await using upstream = await startUpstream();
  const none = { message: "No CDRs found", errorCode: 404, trackingId: "ROUTER_1" };
  upstream.sandbox.faults.add({ path: "/cdr_feed", status: 404, body: none });
  await using session = await openSession(upstream.url);
  const { isError, value } = await session.call(FEED, windowOf(2 * HOUR, HOUR));
  assert.equal(isError, false);
  assert.deepEqual([value.status_code, value.body, value.complete, value.items_returned], [
    200,
    { items: [] },
    true,
    0,
  ]);
  assert.match(value.warnings[0], /no call records in this window.*No CDRs found/i);
});

Deno.test("any other 404 stays a failure, also of call records", async () => {
  await using upstream = await startUpstream();
  upstream.sandbox.faults.add({ path: "/cdr_feed", status: 404, text: "<html>Not Found</html>" });
  await using session = await openSession(upstream.url);
  const feed = await session.call(FEED, windowOf(2 * HOUR, HOUR));
  assert.deepEqual([feed.isError, feed.value.status_code], [true, 404]);
  const body = { message: "No such person", errorCode: 404 };
  upstream.sandbox.faults.add({ path: "/people/{id}", status: 404, body });
  assert.ok((await session.call("people_get_person_details", { personId: "x" })).isError);
});

/** Each window with what its refusal names. */
const REFUSED: readonly (readonly [tool: string, args: Record<string, unknown>, words: RegExp])[] = [
  [FEED, windowOf(14 * HOUR, HOUR), /too long.*12 hours/],
  [FEED, windowOf(31 * DAY, 31 * DAY - HOUR), /too old.*30 days/],
  [FEED, windowOf(2 * MINUTE, MINUTE), /too new.*5 minutes/],
  [FEED, windowOf(HOUR, 2 * HOUR), /endTime is not after startTime/],
  [FEED, windowOf(HOUR, HOUR), /endTime is not after startTime/],
  [FEED, { startTime: "yesterday", endTime: windowOf(0, HOUR).endTime }, /startTime is not a time.*YYYY-MM-DDTHH/],
  [FEED, { startTime: "2026-02-30T00:00:00.000Z", endTime: "2026-03-01T00:00:00.000Z" }, /startTime is not a time/],
  [FEED, { ...windowOf(2 * HOUR, HOUR), locations: "a,b,c,d,e,f,g,h,i,j,k" }, /11 locations: expected at most 10/],
  [STREAM, windowOf(4 * HOUR, HOUR), /too long.*2 hours/],
  [STREAM, windowOf(13 * HOUR, 12 * HOUR), /too old.*12 hours/],
  [STREAM, windowOf(HOUR, 0), /endTime is too new.*1 minute/],
];

Deno.test("windows that Webex would refuse are refused here, and cost none of the calls of a minute", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  for (const [tool, args, words] of REFUSED) {
    const { isError, value } = await session.call(tool, args);
    assert.ok(isError, JSON.stringify(args));
    assert.equal(value.error.code, "invalid_time_window");
    assert.match(value.error.message, words);
    assert.match(value.guidance, /^Nothing was sent/);
  }
  assert.deepEqual(askedOf(upstream), []);
  const { endTime } = windowOf(0, HOUR);
  const startTime = new Date(Date.parse(endTime) - HOUR).toISOString().replace(/\.\d+Z$/, "+00:00");
  const { isError } = await session.call(FEED, { startTime, endTime });
  assert.equal(isError, false, "the call of this minute is still there");
  const [asked = ""] = askedOf(upstream);
  assert.match(
    asked,
    /startTime=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z&/,
    "times are sent in the one form that Webex takes",
  );
});

Deno.test("with --base-url a 451 stays one, and the host that it names is not called", async () => {
  await using upstream = await startUpstream();
  await using stranger = startStranger();
  const { host } = new URL(stranger.origin);
  const message =
    `This request should go to URL: https://analytics-calling-eu.webexapis.com or ${host}, ${stranger.origin}`;
  upstream.sandbox.faults.add({ path: "/cdr_feed", status: 451, body: { message, errorCode: 451 } });
  await using session = await openSession(upstream.url);
  const { isError, value } = await session.call(FEED, windowOf(2 * HOUR, HOUR));
  assert.deepEqual([isError, value.status_code], [true, 451]);
  assert.match(value.error.message, /analytics-calling-eu/);
  assert.match(value.guidance, /another region/);
  assert.equal(askedOf(upstream).length, 1);
  assert.deepEqual(stranger.received, []);
});

/** Plays all of Webex's hosts, and tells which ones were called. */
async function withRegions(
  body: (host: string) => unknown,
  act: (session: Session, asked: readonly string[]) => Promise<void>,
  flags: readonly string[] = [],
): Promise<void> {
  const asked: string[] = [];
  const home = "analytics-calling-eu.webexapis.com";
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { host } = new URL(request.headers.get("x-origin") ?? "");
    const { pathname, searchParams } = new URL(request.url);
    asked.push(`${host}${pathname}${searchParams.has("page") ? "?page" : ""}`);
    assert.equal(request.headers.get("authorization"), `Bearer ${TOKEN}`);
    if (host !== home && /cdr_/.test(pathname)) return Response.json(body(host), { status: 451 });
    const page = searchParams.get("page");
    const link = `<https://${host}${pathname}?page=2>;rel="next"`;
    const items = [{ "Report ID": `record ${page ?? 1}` }];
    return Response.json({ items }, { headers: page === null ? { link } : {} });
  });
  const preload = ["--preload", `${FIXTURES}local_hosts.ts`, "--preload", `${FIXTURES}moving_clock.ts`];
  const env = { LOCAL_UPSTREAM: `http://127.0.0.1:${server.addr.port}`, CLOCK_STEP_MS: String(2 * MINUTE) };
  try {
    await using session = await openSession("", {
      args: ["run", "--quiet", "-A", ...preload, MAIN, "serve"],
      flags,
      env,
    });
    await act(session, asked);
  } finally {
    await server.shutdown();
  }
}

const GENERAL = "analytics-calling.webexapis.com/v1";
const EUROPE = "analytics-calling-eu.webexapis.com/v1";

for (
  const [form, message] of [
    ["a URL", "Requests of this organization should go to URL: https://analytics-calling-eu.webexapis.com/v1/cdr_feed"],
    ["a bare name", "Please use analytics-calling-eu.webexapis.com."],
  ] as const
) {
  Deno.test(`a 451 with ${form} leads to the region of the call records, which is remembered`, async () => {
    await withRegions(() => ({ message, errorCode: 451 }), async (session, asked) => {
      const ids = (value: { body: unknown }) => JSON.stringify(value.body);
      const first = await session.call(FEED, windowOf(2 * HOUR, HOUR));
      assert.equal(first.isError, false, first.text);
      assert.match(ids(first.value), /record 1/);
      const second = await session.call("webex_next_page", { next: first.value.next });
      assert.match(ids(second.value), /record 2/);
      Deno.kill(session.pid, "SIGUSR2");
      await until(() => session.stderr().includes("The clock moved"));
      assert.equal((await session.call(STREAM, windowOf(HOUR - 2 * MINUTE, HOUR / 2))).isError, false);
      assert.equal((await session.call("people_list_people", { max: 1 })).isError, false);
      assert.deepEqual(asked.filter((host) => !/\/(people\/me|organizations)/.test(host)), [
        `${GENERAL}/cdr_feed`,
        `${EUROPE}/cdr_feed`,
        `${EUROPE}/cdr_feed?page`,
        `${EUROPE}/cdr_stream`,
        "webexapis.com/v1/people",
      ]);
    });
  });
}

for (
  const host of [
    "evil.example",
    "analytics-calling-eu.webexapis.com.evil.example",
    "analytics-calling-xx.webexapis.com",
  ]
) {
  Deno.test(`a 451 that names ${host} is not followed`, async () => {
    const body = { message: `Please use https://${host}/v1`, errorCode: 451 };
    await withRegions(() => body, async (session, asked) => {
      const { isError, value } = await session.call(FEED, windowOf(2 * HOUR, HOUR));
      assert.deepEqual([isError, value.status_code], [true, 451]);
      assert.deepEqual(asked, [`${GENERAL}/cdr_feed`]);
    });
  });
}

Deno.test("a base URL that is a host of the call records is kept to, too", async () => {
  const body = { message: "Please use analytics-calling-eu.webexapis.com", errorCode: 451 };
  await withRegions(() => body, async (session, asked) => {
    const { isError, value } = await session.call(FEED, windowOf(2 * HOUR, HOUR));
    assert.deepEqual([isError, value.status_code], [true, 451]);
    assert.deepEqual(asked, [`${GENERAL}/cdr_feed`]);
  }, ["--base-url", `https://${GENERAL}`]);
});
