import assert from "node:assert/strict";
import { estimateTokens } from "../../src/tools/results/token_estimate.ts";
import type { Json, JsonObject } from "../../src/core/json.ts";
import { MAIN, startUpstream, until, type Upstream } from "../support/process.ts";
import { openSession, type Session } from "../support/session.ts";

const CLOCK = new URL("../fixtures/moving_clock.ts", import.meta.url).pathname;

/** People of about a hundred tokens each. */
function peopleTo(count: number): JsonObject[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `person-${index}`,
    displayName: index % 100 === 7 ? `Ann Nr. ${index}` : `Person Nr. ${index}`,
    department: index % 2 === 0 ? "Sales" : "Support",
    notes: `Row ${index} has words enough to weigh something, and a number: ${index * 7919}`,
  }));
}

function answerWith(upstream: Upstream, body: Json): void {
  upstream.sandbox.faults.clear();
  upstream.sandbox.faults.add({ path: "/people", body });
}

Deno.test("a result that is too long shows whole items, counts the rest and names the handle that reads it", async () => {
  await using upstream = await startUpstream();
  const items = peopleTo(3000);
  answerWith(upstream, { items, notFoundIds: [] });
  await using session = await openSession(upstream.url);
  const { isError, value, text } = await session.call("people_list_people");
  assert.equal(isError, false);
  assert.ok(text.length <= 150_000 && estimateTokens(text) <= 20_000, `${text.length} characters`);
  assert.ok(estimateTokens(text) > 17_000, "what may be shown is shown");
  const shown = value.items_returned;
  assert.deepEqual(value.body, { items: items.slice(0, shown), notFoundIds: [] });
  const { truncated } = value;
  assert.match(truncated.reason, /^Too long to show whole: about \d+ tokens, \d+ characters$/);
  assert.deepEqual(truncated.shown, [{ path: "items", returned: shown, total: 3000 }]);
  assert.match(truncated.result, /^webex:\/\/results\/[\w-]{22}$/);
  assert.deepEqual(truncated.read_with.arguments, { result: truncated.result.split("/").pop(), start: shown });
  const minutes = (Date.parse(truncated.expires_at) - Date.now()) / 60_000;
  assert.ok(minutes > 29 && minutes <= 30);

  const rows = [...value.body.items];
  let page = value;
  for (let calls = 0; calls < 50; calls++) {
    const { tool, arguments: args } = page.read_with ?? page.truncated.read_with;
    page = (await session.call(tool, args)).value;
    assert.equal(page.items_returned, page.body.items.length);
    rows.push(...page.body.items);
    if (page.complete) break;
  }
  assert.deepEqual(rows, items, "nothing is lost between the pages");
  assert.equal(upstream.sandbox.requests.entries.length, 1, "reading on asks Webex nothing");
});

Deno.test("--max-result sets the limit, and a result that fits is shown as it is", async () => {
  await using upstream = await startUpstream();
  const items = peopleTo(300);
  answerWith(upstream, { items });
  for (const [tokens, isShort] of [[3_000, true], [10_000, true], [40_000, false]] as const) {
    await using session = await openSession(upstream.url, { flags: ["--max-result", String(tokens)] });
    const { value, text } = await session.call("people_list_people");
    assert.equal("truncated" in value, isShort);
    assert.ok(estimateTokens(text) <= tokens);
    assert.equal(value.items_returned, value.body.items.length);
    assert.deepEqual(value.body.items, items.slice(0, value.items_returned));
    assert.ok(isShort ? value.items_returned > tokens / 100 : value.items_returned === 300);
  }
});

Deno.test("results are compact JSON", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  for (const [tool, args] of [["people_list_people", { max: 3 }], ["people_get_person_details", { personId: "x" }]]) {
    const { value, text } = await session.call(String(tool), args);
    assert.equal(text, JSON.stringify(value));
  }
});

/** What comes is cut to whole parts, whatever it is. */
const SHAPES: readonly (readonly [what: string, body: Json, path: string, unit: string | undefined])[] = [
  ["a list that is the body itself", peopleTo(2000), "@", undefined],
  ["a list deep inside", { report: { rows: peopleTo(2000) } }, "report.rows", undefined],
  [
    "an object of many members",
    Object.fromEntries(peopleTo(2000).map((person) => [`m${person.id}`, person])),
    "@",
    "members",
  ],
  ["an item that is too long alone", { items: [{ id: "a", rows: peopleTo(2000) }] }, "items[0].rows", undefined],
];

Deno.test("whatever is too long is cut to whole parts, and its handle reads on", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  for (const [what, body, path, unit] of SHAPES) {
    answerWith(upstream, body);
    const { value, text } = await session.call("people_list_people");
    assert.ok(estimateTokens(text) <= 20_000, what);
    const cut = value.truncated.shown.find((one: { path: string }) => one.path === path);
    assert.ok(cut, `${what}: ${JSON.stringify(value.truncated)}`);
    assert.deepEqual([cut.total, cut.unit], [2000, unit], what);
    const { result } = value.truncated;
    const next = await session.call("webex_result", { result, path, start: cut.returned, max: 2 });
    const expected = unit === "members"
      ? Object.fromEntries(Object.entries(body ?? {}).slice(cut.returned, cut.returned + 2))
      : peopleTo(2000).slice(cut.returned, cut.returned + 2);
    const shown = next.value.body;
    assert.deepEqual(Array.isArray(shown) || unit === "members" ? shown : Object.values(shown)[0], expected, what);
  }
});

Deno.test("a table is cut to whole rows, and every page repeats its header", async () => {
  await using upstream = await startUpstream();
  const rows = Array.from({ length: 5000 }, (_, index) => `${index},"Name, ${index}",+1512555${index}`);
  const text = `\uFEFFId,Name,Number\r\n${rows.join("\r\n")}\r\n`;
  upstream.sandbox.faults.add({ path: "/people", text, headers: { "content-type": "text/csv;charset=UTF-8" } });
  await using session = await openSession(upstream.url);
  const { value } = await session.call("people_list_people");
  const [shown] = value.truncated.shown;
  assert.deepEqual([shown.unit, shown.total], ["lines", 5000]);
  assert.equal(value.body, `Id,Name,Number\r\n${rows.slice(0, shown.returned).join("\r\n")}\r\n`);
  const { tool, arguments: args } = value.truncated.read_with;
  const next = await session.call(tool, { ...args, max: 2 });
  assert.equal(next.value.body, `Id,Name,Number\r\n${rows.slice(args.start, args.start + 2).join("\r\n")}\r\n`);
  const found = await session.call(tool, { result: args.result, filter: "name, 4711" });
  assert.equal(found.value.body, `Id,Name,Number\r\n${rows[4711]}\r\n`);
});

async function keptResults(session: Session): Promise<JsonObject[]> {
  const { resources } = (await session.request("resources/list", {})).result;
  return resources.filter(({ uri }: JsonObject) => String(uri).startsWith("webex://results/"));
}

async function longResult(upstream: Upstream, session: Session): Promise<string> {
  answerWith(upstream, { items: peopleTo(3000) });
  return (await session.call("people_list_people")).value.truncated.result;
}

Deno.test("webex_result reads a part: start, max, fields, and filters by words or a condition", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  const result = await longResult(upstream, session);
  const read = async (args: JsonObject) => (await session.call("webex_result", { result, ...args })).value;
  const part = await read({ start: 2500, max: 2 });
  assert.deepEqual([part.body.items.map(({ id }: JsonObject) => id), part.start, part.total, part.complete], [
    ["person-2500", "person-2501"],
    2500,
    3000,
    false,
  ]);
  const words = await read({ filter: "ANN NR. 10" });
  assert.deepEqual([words.matched, words.items_returned, words.total, words.complete], [2, 2, 3000, true]);
  const condition = await read({
    filter: "contains(displayName, 'Ann') && department == 'Support'",
    fields: "items[].id",
    start: 1,
    max: 2,
  });
  assert.deepEqual([condition.body, condition.matched], [["person-107", "person-207"], 30]);
  assert.deepEqual((await read({ filter: "nobody has this" })).body, { items: [] });
  assert.equal((await read({ start: 99_999 })).items_returned, 0);
  const short = await read({ fields: "length(items)" });
  assert.equal(short.body, 3000, "fields see the whole, not what was shown");
  for (
    const [args, code] of [
      [{ filter: "displayName ==" }, "invalid_filter"],
      [{ fields: "items[" }, "invalid_fields"],
      [{ path: "nowhere" }, "invalid_path"],
      [{ start: -1 }, "invalid_argument"],
      [{ sort: "id" }, "unknown_argument"],
    ] as const
  ) {
    const { error, guidance } = await read(args);
    assert.equal(error?.code, code, JSON.stringify(args));
    assert.match(guidance, /^Nothing was sent\./);
  }
});

Deno.test("results can be listed and read as resources, whole", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  assert.deepEqual(await keptResults(session), []);
  const uri = await longResult(upstream, session);
  const resources = await keptResults(session);
  assert.deepEqual(resources.map((one) => [one.uri, one.mimeType]), [[uri, "application/json"]]);
  assert.match(String(resources[0]?.name), /^people_list_people /);
  const { contents } = (await session.request("resources/read", { uri })).result;
  assert.deepEqual(contents.map((one: JsonObject) => [one.uri, one.mimeType]), [[uri, "application/json"]]);
  const whole = JSON.parse(contents[0].text);
  assert.deepEqual([whole.status_code, whole.body], [200, { items: peopleTo(3000) }]);
  for (const other of ["webex://results/AAAAAAAAAAAAAAAAAAAAAA", "webex://results/", "file:///etc/passwd", uri + "A"]) {
    const { error } = await session.request("resources/read", { uri: other });
    assert.equal(error?.code, -32602, other);
  }
});

Deno.test("a handle that is unknown, or whose time is over, says to call the tool again", async () => {
  await using upstream = await startUpstream();
  const args = ["run", "--quiet", "-A", "--preload", CLOCK, MAIN, "serve", "--base-url", upstream.url];
  await using session = await openSession(upstream.url, { args, env: { CLOCK_STEP_MS: String(29 * 60_000) } });
  const result = await longResult(upstream, session);
  const move = async (moves: number) => {
    Deno.kill(session.pid, "SIGUSR2");
    await until(() => session.stderr().split("The clock moved").length === moves + 1);
  };
  await move(1);
  assert.equal((await session.call("webex_result", { result, max: 1 })).isError, false);
  await move(2);
  assert.equal((await session.call("webex_result", { result, max: 1 })).isError, false, "reading puts the end off");
  await move(3);
  await move(4);
  for (const handle of [result, "webex://results/AAAAAAAAAAAAAAAAAAAAAA", "nonsense", ""]) {
    const { isError, value } = await session.call("webex_result", { result: handle });
    assert.ok(isError);
    assert.equal(value.error.code, "unknown_result");
    assert.match(value.guidance, /call the tool that made it again/);
  }
  assert.deepEqual(await keptResults(session), []);
});

Deno.test("a list that goes on at Webex keeps its token when it is shown in part", async () => {
  await using upstream = await startUpstream();
  const link = `<${upstream.url}/people?page=2>; rel="next"`;
  upstream.sandbox.faults.add({ path: "/people", body: { items: peopleTo(1500) }, headers: { link }, times: 1 });
  upstream.sandbox.faults.add({ path: "/people", body: { items: [{ id: "last" }] } });
  await using session = await openSession(upstream.url);
  const { value } = await session.call("people_list_people");
  assert.equal(value.complete, false);
  const end = (await session.call("webex_result", { result: value.truncated.result, start: 1490 })).value;
  assert.equal(end.complete, false, "the result is at its end, the list is not");
  for (const { next } of [value, end]) {
    const page = await session.call("webex_next_page", { next });
    assert.deepEqual([page.value.body, page.value.complete], [{ items: [{ id: "last" }] }, true]);
  }
});
