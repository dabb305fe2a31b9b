import assert from "node:assert/strict";
import { parseExpiry } from "../../../src/cli/token/expiry.ts";
import { UsageError } from "../../../src/core/errors.ts";

const NOW = Date.UTC(2026, 0, 15, 9);
const HOUR = 3_600_000;

Deno.test("parseExpiry() reads times from now, dates, times and never", () => {
  const cases: [string, number | undefined][] = [
    ["12h", NOW + 12 * HOUR],
    ["90d", NOW + 90 * 24 * HOUR],
    [" 2W ", NOW + 14 * 24 * HOUR],
    ["1y", NOW + 365 * 24 * HOUR],
    ["2026-03-31", Date.UTC(2026, 2, 31)],
    ["2026-03-31T14:00+02:00", Date.UTC(2026, 2, 31, 12)],
    ["2026-01-15T09:00:01Z", NOW + 1_000],
    ["Never", undefined],
  ];
  for (const [text, expected] of cases) assert.equal(parseExpiry(text, NOW), expected, text);
});

Deno.test("parseExpiry() refuses what is over, too far, or no time", () => {
  const over = ["2026-01-15", "2026-01-15T09:00Z", "2020-01-01", "99999y"];
  for (const text of over) assert.throws(() => parseExpiry(text, NOW), /expected a later time|expected "90d"/, text);
  for (const text of ["", "0d", "-1d", "90", "90m", "soon", "2026-13-01", "d", "1e3d"]) {
    assert.throws(() => parseExpiry(text, NOW), (error) => {
      assert.ok(error instanceof UsageError && error.code === "bad_expiry", text);
      return error.message.startsWith(`Cannot use --expires ${JSON.stringify(text)}: expected "90d"`);
    });
  }
});
