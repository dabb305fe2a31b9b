/**
 * Reads when a token is to end.
 *
 * @module
 */

import { parseMoment } from "../../audit/moment.ts";
import { UsageError } from "../../core/errors.ts";

const UNITS: ReadonlyMap<string, number> = new Map([
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 7 * 86_400_000],
  ["y", 365 * 86_400_000],
]);

const FROM_NOW_REGEXP = /^([1-9]\d{0,4})([hdwy])$/;
const DATE_REGEXP = /^\d{4}-/;
/** No date of the future is later in the format that files have. */
const LATEST = Date.UTC(9999, 11, 31);

function timeOf(text: string, now: number): number | undefined {
  const [, count, unit = ""] = FROM_NOW_REGEXP.exec(text) ?? [];
  if (count !== undefined) return now + Number(count) * (UNITS.get(unit) ?? 0);
  return DATE_REGEXP.test(text) ? parseMoment(text, now) : undefined;
}

/**
 * Reads when a token is to end.
 *
 * @param given A time from now (`12h`, `90d`, `8w`, `1y`), a date or a time in UTC unless it says otherwise, or `never`.
 * @param now The present, in milliseconds since 1970.
 * @returns Milliseconds since 1970; `undefined` for never.
 * @throws {UsageError} If it is none of these, or over.
 */
export function parseExpiry(given: string, now: number): number | undefined {
  const text = given.trim().toLowerCase();
  if (text === "never") return undefined;
  const time = timeOf(text, now);
  if (time !== undefined && time > now && time <= LATEST) return time;
  const expected = time === undefined
    ? '"90d", "12h", "2027-03-31", "2027-03-31T14:00+02:00" or "never"'
    : "a later time";
  throw new UsageError(`Cannot use --expires ${JSON.stringify(given)}: expected ${expected}`, {
    code: "bad_expiry",
    guidance: "Give a time from now, a date to come, or never.",
  });
}
