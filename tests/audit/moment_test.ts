import assert from "node:assert/strict";
import { parseMoment } from "../../src/audit/moment.ts";

const NOW = Date.UTC(2026, 2, 31, 12);

Deno.test("parseMoment() reads dates, times and how long ago, in UTC unless they say otherwise", () => {
  const cases = [
    ["2026-03-30", "2026-03-30T00:00:00.000Z"],
    ["2026-03-30T14:05", "2026-03-30T14:05:00.000Z"],
    [" 2026-03-30 14:05:06 ", "2026-03-30T14:05:06.000Z"],
    ["2026-03-30T14:05:06.5z", "2026-03-30T14:05:06.500Z"],
    ["2026-03-30T14:05+02:00", "2026-03-30T12:05:00.000Z"],
    ["2026-03-30T14:05-0130", "2026-03-30T15:35:00.000Z"],
    ["90m", "2026-03-31T10:30:00.000Z"],
    ["7d", "2026-03-24T12:00:00.000Z"],
  ] as const;
  for (const [text, expected] of cases) {
    assert.equal(new Date(parseMoment(text, NOW) ?? NaN).toISOString(), expected, text);
  }
});

Deno.test("parseMoment() refuses everything else", () => {
  for (const text of ["", "yesterday", "2026-13-01", "2026-3-1", "31.03.2026", "12", "5y", "-1d", "2026-03-30T25:00"]) {
    assert.equal(parseMoment(text, NOW), undefined, text);
  }
});
