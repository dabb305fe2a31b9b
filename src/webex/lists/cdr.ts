/**
 * The rules of call detail records: time windows, their limits, and an answer for "none".
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import type { Exchange } from "../client.ts";
import type { LimitFamily } from "../limits/limit.ts";

/** What became of the arguments of a call. */
export interface WindowCheck {
  /** The arguments, with times in the one form that Webex takes. */
  readonly args: JsonObject;
  /** What Webex would refuse; one sentence each, without a period. */
  readonly problems: readonly string[];
}

/** An answer, and what was changed about it. */
export interface Emptied {
  readonly answer: Exchange;
  /** What Webex said instead; absent where the answer is as it came. */
  readonly note?: string;
}

interface Window {
  readonly longest: number;
  readonly oldestStart: number;
  readonly newestStart: number;
  readonly newestEnd?: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MAX_LOCATIONS = 10;

/** By path. The specification's text on the feed still says 48 hours; the service takes 12 hours, up to 30 days back. */
const WINDOWS: ReadonlyMap<string, Window> = new Map([
  ["/cdr_feed", { longest: 12 * HOUR, oldestStart: 30 * DAY, newestStart: 5 * MINUTE }],
  ["/cdr_stream", { longest: 2 * HOUR, oldestStart: 12 * HOUR, newestStart: MINUTE, newestEnd: MINUTE }],
]);

/** RFC 3339, with what else is meant by it: no seconds, a comma, a blank, an offset without colon. */
const TIME_REGEXP = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:[.,](\d{1,9}))?\s*(Z|[+-]\d\d:?\d\d)$/i;

function windowOf({ method, path }: Endpoint): Window | undefined {
  return method === "GET" ? WINDOWS.get(path) : undefined;
}

/** A day that a month doesn't have would silently become one of the next month. */
function isDate(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

function readTime(text: string): number | undefined {
  const [, day = "", minutes = "", seconds = ":00", fraction = "", zone = ""] = TIME_REGEXP.exec(text.trim()) ?? [];
  if (!isDate(day)) return undefined;
  const milliseconds = fraction.padEnd(3, "0").slice(0, 3);
  const offset = zone.toUpperCase().replace(/^([+-]\d\d):?(\d\d)$/, "$1:$2");
  const time = Date.parse(`${day}T${minutes}${seconds}.${milliseconds}${offset}`);
  return Number.isNaN(time) ? undefined : time;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function duration(ms: number): string {
  const [count, unit] = ms >= 2 * DAY ? [ms / DAY, "day"] : ms >= HOUR ? [ms / HOUR, "hour"] : [ms / MINUTE, "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

function startProblem(start: number, now: number, { oldestStart, newestStart }: Window): string | undefined {
  if (start > now - newestStart) {
    return `startTime is too new: expected at least ${duration(newestStart)} ago, so ${
      iso(now - newestStart)
    } or earlier`;
  }
  if (start < now - oldestStart) {
    return `startTime is too old: expected at most ${duration(oldestStart)} ago, so ${iso(now - oldestStart)} or later`;
  }
  return undefined;
}

function endProblem(start: number | undefined, end: number, now: number, window: Window): string | undefined {
  const { longest, newestEnd } = window;
  if (start !== undefined && end <= start) return "endTime is not after startTime";
  if (start !== undefined && end - start > longest) {
    return `The time from startTime to endTime is too long: expected at most ${duration(longest)}, so endTime ${
      iso(start + longest)
    } or earlier; make several calls for more`;
  }
  if (newestEnd !== undefined && end > now - newestEnd) {
    return `endTime is too new: expected at least ${duration(newestEnd)} ago, so ${iso(now - newestEnd)} or earlier`;
  }
  return undefined;
}

function formProblem(name: string): string {
  return `${name} is not a time: expected the form YYYY-MM-DDTHH:MM:SS.mmmZ in UTC, for example 2026-01-31T08:00:00.000Z`;
}

function locationsProblem(locations: Json | undefined): string | undefined {
  const names = [locations ?? ""].flat().flatMap((item) => String(item).split(",")).filter((name) =>
    name.trim() !== ""
  );
  return names.length > MAX_LOCATIONS
    ? `locations names ${names.length} locations: expected at most ${MAX_LOCATIONS}`
    : undefined;
}

/**
 * Checks the time window of a call for call records before it is sent, since Webex counts the refused ones, too: one
 * initial call a minute.
 *
 * @param endpoint Any endpoint; others than those of the call records pass.
 * @param args The arguments. Times with another offset, or without milliseconds, are rewritten.
 * @param now The time, in milliseconds since 1970.
 * @returns The arguments to send, and what is wrong with them.
 */
export function checkWindow(endpoint: Endpoint, args: JsonObject, now: number): WindowCheck {
  const window = windowOf(endpoint);
  if (window === undefined) return { args, problems: [] };
  const problems: (string | undefined)[] = [];
  const corrected = { ...args };
  const times: Record<string, number | undefined> = {};
  for (const name of ["startTime", "endTime"]) {
    const text = args[name];
    if (text === undefined) continue;
    const time = typeof text === "string" ? readTime(text) : undefined;
    if (time === undefined) problems.push(formProblem(name));
    else corrected[name] = iso(times[name] = time);
  }
  const { startTime: start, endTime: end } = times;
  if (start !== undefined) problems.push(startProblem(start, now, window));
  if (end !== undefined) problems.push(endProblem(start, end, now, window));
  problems.push(locationsProblem(args.locations));
  return { args: corrected, problems: problems.filter((problem) => problem !== undefined) };
}

/**
 * Names the limit that a call for call records falls under.
 *
 * @param endpoint Any endpoint.
 * @param isFollowUp It asks for a page after the first.
 * @returns The limit, or `undefined` where there is none of its own.
 */
export function familyOf(endpoint: Endpoint, isFollowUp: boolean): LimitFamily | undefined {
  if (windowOf(endpoint) === undefined) return undefined;
  return isFollowUp ? "cdr_follow_up" : "cdr_initial";
}

/**
 * Turns the 404 by which Webex says "no call records in this window" into an empty list.
 *
 * A 404 without a business code, as of a gateway, stays a failure.
 *
 * @param endpoint What was called.
 * @param answer What came back.
 * @returns The answer, or a 200 with `{items: []}` and Webex's own words.
 */
export function emptyIfNone(endpoint: Endpoint, answer: Exchange): Emptied {
  const { status, body } = answer;
  if (status !== 404 || windowOf(endpoint) === undefined || !isJsonObject(body)) return { answer };
  const { message, errorCode } = body;
  if (typeof message !== "string" || errorCode === undefined) return { answer };
  return {
    answer: { ...answer, status: 200, body: { [endpoint.facts.list ?? "items"]: [] } },
    note: `There are no call records in this window; Webex answered 404: ${message}`,
  };
}
