import assert from "node:assert/strict";
import { startUpstream, TOKEN, type Upstream } from "../support/process.ts";
import { type CallOutcome, openSession, type Session } from "../support/session.ts";
import { askedOf, idsOf, linkTo, peopleOf, type PeoplePage, servePages, startStranger } from "../support/list_pages.ts";

/** The program, and an upstream whose pages a test makes up. */
interface Bench extends AsyncDisposable {
  readonly upstream: Upstream;
  readonly session: Session;
  /** Lists people from such pages. */
  list(pages: Readonly<Record<string, PeoplePage>>, args?: Record<string, unknown>): Promise<CallOutcome>;
}

async function openBench(): Promise<Bench> {
  const upstream = await startUpstream();
  const session = await openSession(upstream.url);
  return {
    upstream,
    session,
    async list(pages, args = { all_pages: true, max: 2 }) {
      servePages(upstream, pages);
      const result = await session.call("people_list_people", args);
      assert.equal(result.isError, false, result.text);
      return result;
    },
    async [Symbol.asyncDispose]() {
      await session[Symbol.asyncDispose]();
      await upstream[Symbol.asyncDispose]();
    },
  };
}

const FIRST = ["a", "b"];

/** The list ends after what was read, and it says that there is more. */
function assertCutOff({ value }: CallOutcome, warning: RegExp): void {
  assert.equal(value.complete, false);
  assert.equal("next" in value, false, "a token leads nowhere here");
  assert.equal(value.warnings.length, 1);
  assert.match(value.warnings[0], warning);
}

Deno.test("a next page at another origin is never asked for, and the token never gets there", async () => {
  await using bench = await openBench();
  await using stranger = startStranger();
  const { host } = new URL(stranger.origin);
  const own = new URL(bench.upstream.url);
  for (
    const target of [
      `${stranger.origin}/v1/people?page=2`,
      `//${host}/v1/people?page=2`,
      `http://${own.host}@${host}/v1/people?page=2`,
      `http,${stranger.origin}/v1/people?page=2`,
      `https://${own.host}/v1/people?page=2`,
      `\\\\${host}\\v1\\people`,
      "http://169.254.169.254/latest/meta-data",
      "file:///etc/passwd",
      "data:application/json,{}",
    ]
  ) {
    for (const args of [{ max: 2 }, { max: 2, all_pages: true }, { max: 2, max_items: 50 }]) {
      const result = await bench.list({ "1": { ids: FIRST, link: `<${target}>; rel="next"` } }, args);
      assert.deepEqual(idsOf(result), FIRST, "what was read stays");
      assertCutOff(result, /^Cannot follow the link to the next page: it leads to /);
    }
    assert.equal(bench.upstream.sandbox.requests.entries.length, 1, target);
  }
  assert.deepEqual(stranger.received, []);
  assert.ok(!(bench.session.stdout() + bench.session.stderr()).includes(TOKEN));
});

Deno.test("a next page at another path, or with a user name, is not followed either", async () => {
  await using bench = await openBench();
  const { host, origin } = new URL(bench.upstream.url);
  for (
    const target of [
      `${origin}/v1/organizations`,
      `${origin}/v1/people/../organizations?page=2`,
      `${origin}/v1/people/me`,
      `http://user:word@${host}/v1/people?page=2`,
    ]
  ) {
    const result = await bench.list({ "1": { ids: FIRST, link: `<${target}>; rel="next"` } });
    assertCutOff(result, /^Cannot follow the link to the next page/);
    assert.equal(bench.upstream.sandbox.requests.entries.length, 1, target);
  }
});

Deno.test("odd links are mended: spelling, a scheme twice, max=null, filters that got lost", async () => {
  await using bench = await openBench();
  const { upstream } = bench;
  const second = ["c"];
  const base = upstream.url;
  const filters = { displayName: "Ann & Bob", callingData: true, max: 2, all_pages: true };
  const lost = "displayName=Ann & Bob&callingData=true";
  const cases: readonly (readonly [link: string, asked: string])[] = [
    [`<${base}/people?page=2>;rel="next"`, `page=2&max=2&${lost}`],
    [`<<${base}/people?page=2>;rel="next">`, `page=2&max=2&${lost}`],
    [`<${base}/people?page=2>; REL=Next`, `page=2&max=2&${lost}`],
    [`<?page=2>; rel=next`, `page=2&max=2&${lost}`],
    [`</v1/people?page=2>; title="a, b; rel=prev"; rel='next'`, `page=2&max=2&${lost}`],
    [`<${base}/people?page=0>; rel="prev", <${base}/people?page=2>; rel="next"`, `page=2&max=2&${lost}`],
    [`<${base}/people?page=2&ids=a,b>; rel="next"`, `page=2&ids=a,b&max=2&${lost}`],
    [`<http,${base}/people?page=2>; rel="next"`, `page=2&max=2&${lost}`],
    [`<https,${base}/people?page=2>; rel="next"`, `page=2&max=2&${lost}`],
    [`<${base}/people?max=null&page=2>; rel="next"`, `page=2&max=2&${lost}`],
    [`<${base}/people?page=2&max=1>; rel="next"`, `page=2&max=1&${lost}`],
    [`<${base}/people?page=2&displayName=Ann>; rel="next"`, "page=2&displayName=Ann&max=2&callingData=true"],
    [`<${base}/people?page=2#end>; rel="next"`, `page=2&max=2&${lost}`],
  ];
  for (const [link, asked] of cases) {
    const result = await bench.list({ "1": { ids: FIRST, link }, "2": { ids: second } }, filters);
    assert.deepEqual(idsOf(result), [...FIRST, ...second], link);
    assert.deepEqual([result.value.complete, result.value.warnings], [true, undefined], link);
    const sorted = (query: string) => query.replace("/people?", "").split(/&(?! )/).toSorted();
    assert.deepEqual(sorted(askedOf(upstream)[1] ?? ""), sorted(asked), link);
  }
});

Deno.test("a link that announces a page without an address is told", async () => {
  await using bench = await openBench();
  for (const link of [`<>; rel="next"`, `rel="next"`, `<http://[>; rel="next"`]) {
    assertCutOff(await bench.list({ "1": { ids: FIRST, link } }), /it holds no address/);
  }
  for (const link of [`<${bench.upstream.url}/people?page=2>; rel="prev"`, "", "nonsense", ";;;,,,<<<>>>"]) {
    const { value } = await bench.list({ "1": { ids: FIRST, link } });
    assert.deepEqual([value.complete, value.warnings], [true, undefined], link);
  }
});

Deno.test("empty pages that announce another one for ever are the end", async () => {
  await using bench = await openBench();
  const pages = { "1": { ids: FIRST, link: linkTo("2") }, "2": { ids: [], link: linkTo("3") } };
  const all = await bench.list(pages);
  assert.deepEqual([idsOf(all), all.value.complete, "next" in all.value], [FIRST, true, false]);
  assert.equal(askedOf(bench.upstream).length, 2);
  for (const link of [linkTo("1"), '<https://elsewhere.example/v1/people>; rel="next"']) {
    const { value } = await bench.list({ "1": { ids: [], link } }, {});
    assert.deepEqual([value.complete, "next" in value, "warnings" in value], [true, false, false]);
  }
});

Deno.test("a page that comes again ends the reading with a warning, however its address changes", async () => {
  await using bench = await openBench();
  const same = { ids: ["c", "d"] };
  const repeated = await bench.list({
    "1": { ids: FIRST, link: linkTo("2") },
    "2": { ...same, link: linkTo("3") },
    "3": { ...same, link: linkTo("4") },
    "4": { ...same, link: linkTo("5") },
  });
  assert.deepEqual(idsOf(repeated), [...FIRST, "c", "d"]);
  assertCutOff(repeated, /repeated a page after page 2/);
  assert.equal(askedOf(bench.upstream).length, 3);

  const itself = await bench.list({ "1": { ids: FIRST, link: linkTo("2") }, "2": { ...same, link: linkTo("2") } });
  assert.deepEqual(idsOf(itself), [...FIRST, "c", "d"]);
  assertCutOff(itself, /repeated a page/);
  assert.equal(askedOf(bench.upstream).length, 2);

  // Page by page, the token remembers what came before it.
  const pages = { "1": { ids: FIRST, link: linkTo("2") }, "2": { ids: FIRST, link: linkTo("3") } };
  const first = await bench.list(pages, { max: 2 });
  assertCutOff(await bench.session.call("webex_next_page", { next: first.value.next }), /repeated a page/);
});

Deno.test("items that come twice are given out once", async () => {
  await using bench = await openBench();
  const all = await bench.list({
    "1": { ids: FIRST, link: linkTo("2") },
    "2": { ids: ["b", "c"], link: linkTo("3") },
    "3": { ids: ["c", "d", "a"] },
  });
  assert.deepEqual([idsOf(all), all.value.complete, all.value.items_returned], [["a", "b", "c", "d"], true, 4]);
});

Deno.test("a page without the list is the end, with a warning", async () => {
  await using bench = await openBench();
  for (
    const page of [{ body: {} }, { body: { people: [] } }, { body: { items: "none" } }, { text: "" }, { text: "[]" }]
  ) {
    const all = await bench.list({ "1": { ids: FIRST, link: linkTo("2") }, "2": { ...page, link: linkTo("3") } });
    assert.deepEqual(idsOf(all), FIRST);
    assert.match(all.value.warnings[0], /^Page 2 holds no list in "items": taken as the end/);
    assert.equal(askedOf(bench.upstream).length, 2, JSON.stringify(page));
  }
  const odd = await bench.list({ "1": { body: { notFoundIds: [] } } }, {});
  assert.deepEqual(odd.value.body, { notFoundIds: [] }, "a first page stays as it is");
});

Deno.test("a later page that fails leaves what was read, and a token to try it again", async () => {
  await using bench = await openBench();
  const { upstream, session } = bench;
  const first = { ids: FIRST, link: linkTo("2") };
  for (const page of [{ status: 400, body: { message: "No cursor" } }, { text: "<html>", status: 403 }]) {
    const some = await bench.list({ "1": first, "2": page });
    assert.deepEqual([idsOf(some), some.value.complete], [FIRST, false]);
    assert.match(some.value.warnings[0], /^Reading stopped after page 1: Webex answered 40[03]/);
    servePages(upstream, { "1": first, "2": { ids: ["c"] } });
    assert.deepEqual(idsOf(await session.call("webex_next_page", { next: some.value.next })), ["c"]);
  }
  servePages(upstream, { "1": { status: 400, body: peopleOf([]) } });
  assert.ok(
    (await session.call("people_list_people", { all_pages: true })).isError,
    "the first page is the call itself",
  );
});

Deno.test("a list without end is read for a thousand pages, and no further", async () => {
  let asked = 0;
  const upstream = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ url }) => {
    asked++;
    const next = Number(new URL(url).searchParams.get("page") ?? 0) + 1;
    return Response.json(peopleOf([`id${next}`]), { headers: { link: `<?page=${next}>; rel="next"` } });
  });
  {
    await using session = await openSession(`http://127.0.0.1:${upstream.addr.port}`);
    const some = await session.call("people_list_people", { all_pages: true, fields: "length(items)" });
    assert.deepEqual([some.value.body, some.value.complete, asked], [1000, false, 1000]);
    assert.match(some.value.warnings[0], /1000 pages are the most at a time/);
    const rest = await session.call("webex_next_page", { next: some.value.next });
    assert.deepEqual(idsOf(rest), ["id1001"]);
  }
  await upstream.shutdown();
});
