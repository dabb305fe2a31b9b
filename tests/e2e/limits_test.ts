import assert from "node:assert/strict";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { serveSandbox } from "../../src/sandbox/serve.ts";
import { until } from "../support/process.ts";
import { openSession, type Session } from "../support/session.ts";

/** A request as it arrived. */
interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** When it came, in milliseconds. */
  readonly at: number;
  /** The requests that were on the wire at that moment, itself included. */
  readonly beside: readonly Arrival[];
}

interface WatchedUpstream extends AsyncDisposable {
  readonly url: string;
  readonly arrivals: readonly Arrival[];
}

/** An upstream that notes which requests are on the wire together. */
async function watch(answer: (arrival: Arrival, number: number) => Promise<Response>): Promise<WatchedUpstream> {
  const arrivals: Arrival[] = [];
  const onWire = new Set<Arrival>();
  const served = await serveSandbox({
    ...createSandbox([]),
    async fetch({ method, url }) {
      const { pathname, searchParams: query } = new URL(url);
      const beside: Arrival[] = [...onWire];
      const arrival = { method, path: pathname.replace(/^\/v1/, ""), query, at: performance.now(), beside };
      beside.push(arrival);
      arrivals.push(arrival);
      onWire.add(arrival);
      try {
        return await answer(arrival, arrivals.length);
      } finally {
        onWire.delete(arrival);
      }
    },
  });
  return { url: served.url, arrivals, [Symbol.asyncDispose]: () => served.close() };
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const good = () => Response.json({ items: [] });
const tooMany = (retryAfter?: string) =>
  new Response("{}", { status: 429, headers: retryAfter === undefined ? {} : { "retry-after": retryAfter } });
const list = (session: Session, max = 1) => session.call("people_list_people", { max });
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const peak = ({ arrivals }: WatchedUpstream) => Math.max(...arrivals.map(({ beside }) => beside.length));

for (const { flags, places } of [{ flags: [], places: 5 }, { flags: ["--concurrency", "2"], places: 2 }]) {
  Deno.test(`at most ${places} requests are on the wire at a time with the flags [${flags}]`, async () => {
    await using upstream = await watch(async () => (await sleep(50), good()));
    await using session = await openSession(upstream.url, { flags });
    const results = await Promise.all(times(20, (index) => list(session, index + 1)));
    assert.ok(results.every(({ value }) => value.status_code === 200));
    assert.equal(upstream.arrivals.length, 20);
    assert.equal(peak(upstream), places);
  });
}

Deno.test("questions about the token's owner after a 403 are among the requests that are counted", async () => {
  await using upstream = await watch(async ({ path }) => {
    await sleep(40);
    return path.startsWith("/telephony/") ? new Response("{}", { status: 403 }) : good();
  });
  await using session = await openSession(upstream.url);
  await Promise.all(times(12, (index) => session.call("call_routing_delete_a_trunk", { trunkId: `trunk-${index}` })));
  assert.ok(upstream.arrivals.some(({ path }) => path === "/people/me"));
  assert.equal(peak(upstream), 5);
});

Deno.test("calls go out in the order in which they came, and each page of a long list queues again", async () => {
  const pageOf = ({ path, query }: Arrival, { url }: WatchedUpstream) => {
    const start = Number(query.get("start") ?? 0);
    const link = `<${url}${path}?max=1&start=${start + 1}>; rel="next"`;
    return Response.json(
      { locations: [{ id: `${start}` }] },
      { headers: path === "/locations" || start > 2 ? {} : { link } },
    );
  };
  await using upstream: WatchedUpstream = await watch(async (arrival) => (await sleep(20), pageOf(arrival, upstream)));
  await using session = await openSession(upstream.url, { flags: ["--concurrency", "1"] });
  const long = session.call("location_list_locations_webex_calling_details", { max: 1, all_pages: true });
  const short = times(6, (index) => session.call("locations_list_locations", { max: index + 1 }));
  assert.equal((await long).value.items_returned, 4);
  await Promise.all(short);
  const order = upstream.arrivals.map(({ path, query }) =>
    path === "/locations" ? query.get("max") : `page ${query.get("start") ?? 0}`
  );
  assert.deepEqual(order.filter((entry) => !entry?.startsWith("page")), ["1", "2", "3", "4", "5", "6"]);
  assert.ok(order.indexOf("page 1") > order.indexOf("6"), order.join());
});

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();

for (const [what, header] of [["seconds", () => "1"], ["a date", () => inSeconds(2)]] as const) {
  Deno.test(`a Retry-After in ${what} is waited for, told as progress, and then the call succeeds`, async () => {
    let asked = "";
    await using upstream = await watch((_, number) =>
      Promise.resolve(number === 1 ? tooMany(asked = header()) : good())
    );
    await using session = await openSession(upstream.url);
    const { value } = await list(session);
    assert.equal(value.status_code, 200);
    assert.equal(upstream.arrivals.length, 2);
    const [first, second] = upstream.arrivals.map(({ at }) => at);
    const waited = (second ?? 0) - (first ?? 0);
    const isDate = what === "a date";
    assert.ok(waited >= 1_000 - 5 && waited < (isDate ? 2_900 : 1_900), `${asked}: ${waited} ms`);
    await until(() => session.notes.some(({ message }) => /^Waiting [123] s: .*429/.test(message ?? "")));
  });
}

const UNREADABLE: readonly (readonly [string, string | undefined, RegExp])[] = [
  ["that is absent means five seconds", undefined, /^Waiting [56] s/],
  ["that makes no sense means five seconds", "rand(30),add(30)", /^Waiting [56] s/],
  ["of a day means a minute", "86400", /^Waiting 6[01] s/],
  ["in the past means a second", "-5", /^Waiting [12] s/],
];

for (const [what, header, told] of UNREADABLE) {
  Deno.test(`a Retry-After ${what}, and the wait ends when the call is cancelled`, async () => {
    await using upstream = await watch(() => Promise.resolve(tooMany(header)));
    await using session = await openSession(upstream.url, { flags: ["--deadline", "600"] });
    let requestId = 0;
    void session.call("people_list_people", {}, (id) => requestId = id).catch(() => {});
    await until(() => session.notes.some(({ message }) => told.test(message ?? "")));
    await session.notify("notifications/cancelled", { requestId });
    const before = performance.now();
    assert.equal(await session.end(), 0);
    assert.ok(performance.now() - before < 900, "nothing is left that the program waits for");
    assert.equal(upstream.arrivals.length, 1);
  });
}

Deno.test("a wait beyond the deadline is given up at once, for the call and for all that wait with it", async () => {
  await using upstream = await watch(async () => (await sleep(80), tooMany("30")));
  await using session = await openSession(upstream.url, { flags: ["--deadline", "3"] });
  const results = await Promise.all(times(8, () => list(session)));
  const upstreams = results.filter(({ value }) => value.status_code === 429);
  const refused = results.filter(({ value }) => value.error.code === "rate_limited");
  assert.deepEqual([upstreams.length, refused.length], [5, 3]);
  assert.ok(upstreams.every(({ value }) => value.guidance === "Wait 30 seconds, then try again."));
  const before = performance.now();
  const { value, isError } = await list(session);
  assert.ok(performance.now() - before < 500);
  assert.equal(isError, true);
  assert.equal(value.error.code, "rate_limited");
  const { wait_seconds: wait } = value.error.details;
  assert.ok(wait >= 28 && wait <= 31, `${wait}`);
  assert.equal(value.guidance, `Nothing was sent. Wait ${wait} seconds, then call again.`);
  assert.equal(upstream.arrivals.length, 5);
});

Deno.test("one 429 holds everybody back until Retry-After is over, and then a single request probes", async () => {
  let pausedAt = Infinity;
  await using upstream = await watch(async ({ at }, number) => {
    await sleep(60);
    if (number > 5) return good();
    pausedAt = Math.min(pausedAt, at + 60);
    return tooMany("1");
  });
  await using session = await openSession(upstream.url);
  const results = await Promise.all(times(30, (index) => list(session, index + 1)));
  assert.ok(results.every(({ value }) => value.status_code === 200));
  const later = upstream.arrivals.slice(5);
  assert.ok(later.every(({ at }) => at - pausedAt > 900), "nobody is sent during the pause");
  const [probe, next] = later;
  assert.ok(probe !== undefined && next !== undefined);
  assert.equal(probe.beside.length, 1);
  assert.ok(next.at - probe.at >= 55, "the probe's answer is awaited");
  assert.equal(upstream.arrivals.length, 35, "a storm costs no more than what was on the wire");
});

Deno.test("a second call for call records within the minute is refused at once with the seconds, others go on", async () => {
  await using upstream = await watch(() => Promise.resolve(good()));
  await using session = await openSession(upstream.url);
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const window = { startTime: ago(60), endTime: ago(10) };
  const first = await session.call("call_history_get_detailed_call_history", window);
  assert.equal(first.value.status_code, 200);
  for (const tool of ["call_history_get_detailed_call_history", "call_history_get_live_stream"]) {
    const before = performance.now();
    const { isError, value } = await session.call(tool, window);
    assert.ok(isError && performance.now() - before < 500);
    assert.equal(value.error.code, "rate_limited");
    assert.match(value.error.message, /once a minute/);
    assert.match(value.guidance, /Wait (5[0-9]|60) seconds/);
  }
  assert.equal((await list(session)).value.status_code, 200);
  assert.equal(upstream.arrivals.length, 2);
});

Deno.test("ten more pages of call records are read in a minute, and the rest stays readable", async () => {
  await using upstream: WatchedUpstream = await watch(({ query }) => {
    const page = Number(query.get("page") ?? 0) + 1;
    query.set("page", `${page}`);
    const link = `<${upstream.url}/cdr_feed?${query}>; rel="next"`;
    return Promise.resolve(Response.json({ items: [{ "Report ID": `${page}` }] }, { headers: { link } }));
  });
  await using session = await openSession(upstream.url);
  const [startTime, endTime] = [60, 10].map((minutes) => new Date(Date.now() - minutes * 60_000).toISOString());
  const args = { startTime, endTime, all_pages: true };
  const { isError, value } = await session.call("call_history_get_detailed_call_history", args);
  assert.equal(isError, false, JSON.stringify(value));
  assert.equal(upstream.arrivals.length, 11);
  assert.equal(value.items_returned, 11);
  assert.equal(value.complete, false);
  const on = await session.call("webex_next_page", { next: value.next });
  assert.equal(on.value.error.code, "rate_limited");
  assert.match(on.value.error.message, /ten more pages/);
});

const PERSON = "person-of-these-changes";
const forward = (session: Session, personId: string, onId?: (id: number) => void) =>
  session.call("user_update_call_forwarding_settings_person", { personId, callForwarding: {} }, onId);
const disturb = (session: Session, personId: string, onId?: (id: number) => void) =>
  session.call("user_update_do_not_disturb_settings_person", { personId, webexGoOverrideEnabled: false }, onId);

Deno.test("changes of one person go one after the other, also after a failure, while other calls run beside", async () => {
  await using upstream = await watch(async (_, number) => {
    await sleep(350);
    return number === 1 ? new Response("{}", { status: 400 }) : good();
  });
  await using session = await openSession(upstream.url);
  const first = forward(session, PERSON);
  await until(() => upstream.arrivals.length === 1);
  const changes = [first, disturb(session, PERSON), session.call("people_delete_a_person", { personId: PERSON })];
  await Promise.all([...changes, disturb(session, "another-person"), list(session)]);
  const ofPerson = upstream.arrivals.filter(({ path }) => path.includes(PERSON));
  const others = upstream.arrivals.filter(({ path }) => !path.includes(PERSON));
  assert.deepEqual([ofPerson.length, others.length], [3, 2]);
  for (const { beside } of ofPerson) assert.equal(beside.filter(({ path }) => path.includes(PERSON)).length, 1);
  assert.ok(others.every(({ at }) => at < (ofPerson[1]?.at ?? 0)), "others don't wait for these changes");
  assert.ok(session.notes.some(({ message }) => message === "Waiting for an earlier change of the same object"));
});

Deno.test("changes of one person are sent in the order of the calls", async () => {
  await using upstream = await watch(() => Promise.resolve(good()));
  await using session = await openSession(upstream.url);
  const personId = PERSON;
  await Promise.all([
    forward(session, PERSON),
    disturb(session, PERSON),
    session.call("people_delete_a_person", { personId }),
    disturb(session, PERSON),
    forward(session, PERSON),
  ]);
  const order = upstream.arrivals.map(({ method, path }) => `${method} ${path.split("/").at(-1)}`);
  const [forwarding, quiet] = ["PUT callForwarding", "PUT doNotDisturb"];
  assert.deepEqual(order, [forwarding, quiet, `DELETE ${PERSON}`, quiet, forwarding]);
});

Deno.test("a change that is cancelled while it waits its turn is never sent, and the next one goes on", async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await using upstream = await watch(async () => (await released, good()));
  await using session = await openSession(upstream.url);
  const first = forward(session, PERSON);
  await until(() => upstream.arrivals.length === 1);
  let requestId = 0;
  void disturb(session, PERSON, (id) => requestId = id).catch(() => {});
  const third = session.call("people_delete_a_person", { personId: PERSON });
  await session.notify("notifications/cancelled", { requestId });
  await session.request("ping", {});
  release();
  assert.deepEqual([(await first).value.status_code, (await third).value.status_code], [200, 200]);
  assert.deepEqual(upstream.arrivals.map(({ method }) => method), ["PUT", "DELETE"]);
});

Deno.test("a call that waits for a place says so", async () => {
  await using upstream = await watch(async () => (await sleep(500), good()));
  await using session = await openSession(upstream.url, { flags: ["--concurrency", "1"] });
  await Promise.all([list(session), list(session)]);
  assert.ok(session.notes.some(({ message }) => message === "Waiting for a free place (1 under way)"));
});
