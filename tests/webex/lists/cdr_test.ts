import assert from "node:assert/strict";
import type { Endpoint } from "../../../src/collection/endpoint.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { checkWindow, emptyIfNone, familyOf } from "../../../src/webex/lists/cdr.ts";
import type { Exchange } from "../../../src/webex/client.ts";
import { endpointOf } from "../../support/endpoints.ts";

const NOW = Date.UTC(2026, 5, 17, 15);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const feed = endpointOf({ path: "/cdr_feed" }, { list: "items" });
const stream = endpointOf({ path: "/cdr_stream" }, { list: "items" });

/** The times that lie so many milliseconds back. */
function back(start: number, end: number): { startTime: string; endTime: string } {
  return { startTime: new Date(NOW - start).toISOString(), endTime: new Date(NOW - end).toISOString() };
}

function problems(endpoint: Endpoint, args: JsonObject): readonly string[] {
  return checkWindow(endpoint, args, NOW).problems;
}

Deno.test("checkWindow() lets good windows and other endpoints pass", () => {
  assert.deepEqual(problems(feed, back(12 * HOUR, 0)), []);
  assert.deepEqual(problems(feed, back(30 * 24 * HOUR, 30 * 24 * HOUR - 12 * HOUR)), []);
  assert.deepEqual(problems(feed, back(5 * MINUTE, MINUTE)), []);
  assert.deepEqual(problems(stream, back(12 * HOUR, 10 * HOUR)), []);
  assert.deepEqual(problems(stream, back(2 * MINUTE, MINUTE)), []);
  const other = { startTime: "yesterday" };
  assert.deepEqual(checkWindow(endpointOf(), other, NOW), { args: other, problems: [] });
});

Deno.test("checkWindow() names what Webex would refuse, and the time that it would take", () => {
  const cases: [Endpoint, number, number, RegExp][] = [
    [
      feed,
      13 * HOUR,
      0,
      /^The time from startTime to endTime is too long: .* 12 hours, so endTime 2026-06-17T14:00:00\.000Z/,
    ],
    [
      feed,
      4 * MINUTE,
      0,
      /^startTime is too new: expected at least 5 minutes ago, so 2026-06-17T14:55:00\.000Z or earlier$/,
    ],
    [
      feed,
      31 * 24 * HOUR,
      31 * 24 * HOUR - 1,
      /^startTime is too old: .* 30 days ago, so 2026-05-18T15:00:00\.000Z or later$/,
    ],
    [feed, HOUR, HOUR, /^endTime is not after startTime$/],
    [feed, HOUR, 2 * HOUR, /^endTime is not after startTime$/],
    [stream, 4 * HOUR, HOUR, /too long: expected at most 2 hours/],
    [stream, 13 * HOUR, 12 * HOUR, /^startTime is too old: expected at most 12 hours ago/],
    [stream, HOUR, 0, /^endTime is too new: expected at least 1 minute ago, so 2026-06-17T14:59:00\.000Z or earlier$/],
  ];
  for (const [endpoint, start, end, expected] of cases) {
    const found = problems(endpoint, back(start, end));
    assert.equal(found.length, 1, found.join());
    assert.match(found[0] ?? "", expected);
  }
});

Deno.test("checkWindow() writes times in the one form that Webex takes", () => {
  const forms: [string, string][] = [
    ["2026-06-17T10:00:00.000Z", "2026-06-17T10:00:00.000Z"],
    ["2026-06-17T10:00:00Z", "2026-06-17T10:00:00.000Z"],
    ["2026-06-17T10:00Z", "2026-06-17T10:00:00.000Z"],
    ["2026-06-17t10:00:00.123456z", "2026-06-17T10:00:00.123Z"],
    ["2026-06-17 12:00:00,5 +02:00", "2026-06-17T10:00:00.500Z"],
    ["2026-06-17T05:30:00-0430", "2026-06-17T10:00:00.000Z"],
    [" 2026-06-17T10:00:00+00:00 ", "2026-06-17T10:00:00.000Z"],
  ];
  for (const [given, written] of forms) {
    const { args, problems } = checkWindow(feed, { startTime: given, endTime: "2026-06-17T11:00:00Z", max: 500 }, NOW);
    assert.deepEqual([args, problems], [{ startTime: written, endTime: "2026-06-17T11:00:00.000Z", max: 500 }, []]);
  }
});

Deno.test("checkWindow() refuses what is no time, or one without an offset", () => {
  const texts = [
    "2026-06-17T10:00:00",
    "2026-06-17",
    "yesterday",
    "",
    "1718618400",
    "2026-02-30T10:00:00Z",
    "2026-06-17T25:00:00Z",
    "2026-06-17T10:00:00+99:00",
  ];
  for (const text of texts) {
    const found = problems(feed, { startTime: text, endTime: "2026-06-17T11:00:00Z" });
    assert.equal(found.length, 1, text);
    assert.match(found[0] ?? "", /^startTime is not a time: expected the form YYYY-MM-DDTHH:MM:SS\.mmmZ in UTC/);
  }
  assert.equal(problems(feed, { startTime: 5, endTime: null }).length, 2);
  assert.deepEqual(problems(feed, {}), []);
});

Deno.test("checkWindow() counts the locations", () => {
  const names = Array.from({ length: 11 }, (_, index) => `L${index}`);
  const expected = ["locations names 11 locations: expected at most 10"];
  assert.deepEqual(problems(feed, { ...back(HOUR, 0), locations: names.join(", ") }), expected);
  assert.deepEqual(problems(feed, { ...back(HOUR, 0), locations: names }), expected);
  assert.deepEqual(problems(feed, { ...back(HOUR, 0), locations: names.slice(1).join(",") + "," }), []);
});

Deno.test("familyOf() parts the first request for call records from those for further pages", () => {
  assert.equal(familyOf(feed, false), "cdr_initial");
  assert.equal(familyOf(stream, true), "cdr_follow_up");
  assert.equal(familyOf(endpointOf(), false), undefined);
});

function answerOf(parts: Partial<Exchange>): Exchange {
  return { status: 404, body: null, isPage: false, hasNext: false, ...parts };
}

Deno.test("emptyIfNone() makes an empty list of the 404 that means no records", () => {
  const none = { errorCode: 404, message: "No CDRs found for the given range", trackingId: "T" };
  const { answer, note } = emptyIfNone(feed, answerOf({ body: none, trackingId: "T" }));
  assert.deepEqual(answer, answerOf({ status: 200, body: { items: [] }, trackingId: "T" }));
  assert.match(note ?? "", /^There are no call records in this window; Webex answered 404: No CDRs found/);
});

Deno.test("emptyIfNone() leaves every other answer as it is", () => {
  const flat = { errorCode: 404, message: "No CDRs found" };
  const answers: [Endpoint, Exchange][] = [
    [endpointOf(), answerOf({ body: flat })],
    [feed, answerOf({ status: 400, body: flat })],
    [feed, answerOf({ status: 200, body: flat })],
    [feed, answerOf({ body: "<html>Not Found</html>", isPage: true })],
    [feed, answerOf({ body: { message: "Not found", errors: [{ description: "Not found" }] } })],
    [feed, answerOf({})],
  ];
  for (const [endpoint, answer] of answers) assert.deepEqual(emptyIfNone(endpoint, answer), { answer });
});
