import assert from "node:assert/strict";
import fc from "fast-check";
import { retryAfterMs } from "../../../src/webex/limits/retry_after.ts";

const NOW = Date.UTC(2026, 10, 22, 12);

Deno.test("retryAfterMs() reads seconds and keeps them between 1 and 60", () => {
  const cases: [string, number][] = [
    ["5", 5_000],
    [" 7 ", 7_000],
    ["+3", 3_000],
    ["1.5", 1_500],
    ["0", 1_000],
    ["-20", 1_000],
    ["3600", 60_000],
    ["99999999999999999999", 60_000],
    ["5, 5", 5_000],
  ];
  for (const [header, ms] of cases) assert.equal(retryAfterMs(header, NOW), ms, header);
});

Deno.test("retryAfterMs() reads the three forms of an HTTP date", () => {
  const cases: [string, number][] = [
    ["Sun, 22 Nov 2026 12:00:10 GMT", 10_000],
    ["Sunday, 22-Nov-26 12:00:10 GMT", 10_000],
    ["Sun Nov 22 12:00:10 2026", 10_000],
    ["Sun, 22 Nov 2026 11:59:00 GMT", 1_000],
    ["Sun, 22 Nov 2026 14:00:00 GMT", 60_000],
  ];
  for (const [header, ms] of cases) assert.equal(retryAfterMs(header, NOW), ms, header);
});

Deno.test("retryAfterMs() makes nothing of what is absent or makes no sense", () => {
  const garbage = [
    "",
    " ",
    "rand(30),add(30)",
    "soon",
    "5s",
    "1e3",
    "0x10",
    "NaN",
    "Infinity",
    "Sun",
    "Sun, 99 Foo",
    "30 Nov",
  ];
  for (const header of garbage) assert.equal(retryAfterMs(header, NOW), undefined, header);
  assert.equal(retryAfterMs(undefined, NOW), undefined);
});

Deno.test("retryAfterMs() gives a bounded number or nothing, whatever is sent", () => {
  const header = fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String), fc.date().map(String));
  fc.assert(fc.property(header, fc.integer({ min: 0, max: 4e12 }), (text, now) => {
    const ms = retryAfterMs(text, now);
    assert.ok(ms === undefined || (ms >= 1_000 && ms <= 60_000), `${text} gave ${ms}`);
  }));
});

Deno.test("retryAfterMs() agrees with the date that an HTTP date was made from", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), (seconds) => {
    const header = new Date(NOW + seconds * 1000).toUTCString();
    assert.equal(retryAfterMs(header, NOW), seconds * 1000);
  }));
});
