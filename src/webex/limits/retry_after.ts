/**
 * Reads the header `Retry-After` (RFC 9110, section 10.2.3), and what is sent in its place.
 *
 * @module
 */

/** Bounds of a wait: a shorter one would be a hot loop, and nobody waits for a call longer than a minute. */
const SHORTEST_MS = 1_000;
const LONGEST_MS = 60_000;

/** Some gateways repeat the header, which joins the values with commas. */
const SECONDS_REGEXP = /^\s*([+-]?\d+(?:\.\d+)?)\s*(?:,|$)/;
/** All three forms of an HTTP date begin with the weekday; anything looser would take `rand(30)` for the year 2030. */
const DATE_REGEXP = /^\s*(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+(?:\d|[a-z]{3}\s+\d)/i;

function bounded(ms: number): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ms));
}

/** The form of C's asctime() names no zone, and means UTC. */
function dateOf(text: string): number {
  return Date.parse(/gmt|utc|[+-]\d{4}/i.test(text) ? text : `${text} GMT`);
}

/**
 * Reads how long the host asks to wait.
 *
 * @param header The header's value: seconds or a date.
 * @param now Milliseconds since 1970.
 * @returns Milliseconds between 1 and 60 seconds; `undefined` where the header is absent or makes no sense.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const seconds = SECONDS_REGEXP.exec(header)?.[1];
  if (seconds !== undefined) return bounded(Number(seconds) * 1000);
  const date = DATE_REGEXP.test(header) ? dateOf(header.trim()) : Number.NaN;
  return Number.isNaN(date) ? undefined : bounded(date - now);
}
