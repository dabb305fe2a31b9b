/**
 * Reads the dates and times that people type.
 *
 * @module
 */

const UNITS: ReadonlyMap<string, number> = new Map([
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 7 * 86_400_000],
]);

const AGO_REGEXP = /^(\d{1,6})([smhdw])$/;
const DATE_REGEXP = /^\d{4}-\d{2}-\d{2}$/;
const TIME_REGEXP = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:?\d{2})?$/i;

/** What is accepted, for messages. */
export const MOMENT_EXAMPLES = '"2026-03-31", "2026-03-31T14:00", "2026-03-31T14:00+02:00", "90m", "24h" or "7d"';

/**
 * Reads a moment.
 *
 * @param text A date, a date with a time, both in UTC unless they say otherwise, or how long ago: `90m`, `24h`, `7d`.
 * @param now The present, in milliseconds since 1970.
 * @returns Milliseconds since 1970, or `undefined` if the text is none of these.
 */
export function parseMoment(text: string, now: number): number | undefined {
  const trimmed = text.trim();
  const ago = AGO_REGEXP.exec(trimmed);
  if (ago !== null) return now - Number(ago[1]) * (UNITS.get(ago[2] ?? "") ?? 0);
  const [, date, time, zone = "Z"] = TIME_REGEXP.exec(trimmed) ?? [];
  if (date === undefined && !DATE_REGEXP.test(trimmed)) return undefined;
  const offset = zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, "$1:$2");
  const moment = Date.parse(date === undefined ? trimmed : `${date}T${time}${offset}`);
  return Number.isNaN(moment) ? undefined : moment;
}
