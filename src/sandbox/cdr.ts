/**
 * Call detail records: a steady stream of calls between people and customers, the same at every request.
 *
 * @module
 */

import { isJsonObject, type JsonObject } from "../core/json.ts";
import { type Answer, Refusal } from "./answer.ts";
import type { Face } from "./face.ts";
import { decodeId } from "./ids.ts";
import { hash, hex, integer, pick, uuid } from "./random.ts";
import { respondList } from "./respond.ts";
import type { Call } from "./world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONED_REGEXP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** What the window of each endpoint may be. */
const WINDOWS = {
  "/cdr_feed": { longest: 12 * HOUR, newest: 5 * MINUTE, oldest: 30 * DAY },
  "/cdr_stream": { longest: 2 * HOUR, newest: MINUTE, oldest: 12 * HOUR },
} as const;

function instant(call: Call, name: string): number {
  const text = call.url.searchParams.get(name) ?? "";
  const time = ZONED_REGEXP.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new Refusal(400, `Invalid ${name}: expected the format YYYY-MM-DDTHH:MM:SS.mmmZ`, { flat: true });
  }
  return time;
}

/** Reads and checks the window. */
function windowOf(call: Call): { start: number; end: number } {
  const [start, end] = [instant(call, "startTime"), instant(call, "endTime")];
  const now = call.world.clock.now();
  const { longest, newest, oldest } = call.endpoint.path === "/cdr_stream"
    ? WINDOWS["/cdr_stream"]
    : WINDOWS["/cdr_feed"];
  const problem = start >= end
    ? "startTime must be before endTime"
    : end - start > longest
    ? `The time between startTime and endTime must not exceed ${longest / HOUR} hours`
    : end > now - newest
    ? `endTime must be at least ${newest / MINUTE} minutes ago`
    : start < now - oldest
    ? `startTime must not be more than ${oldest / HOUR} hours ago`
    : undefined;
  if (problem !== undefined) throw new Refusal(400, problem, { flat: true });
  return { start, end };
}

/** Whether a call ended in this minute: about every minute by day, seldom at night, never on Sundays before six. */
function isBusy(minute: number): boolean {
  const time = new Date(minute);
  const hour = time.getUTCHours();
  if (time.getUTCDay() === 0 && hour < 6) return false;
  return hash(`cdr:${minute}`) % 100 < (hour >= 6 && hour < 22 ? 90 : 10);
}

function bare(face: Face): string {
  return decodeId(String(face.id ?? ""))?.value ?? "NA";
}

function record(call: Call, person: Face, minute: number): JsonObject {
  const key = `cdr:${minute}`;
  const isOutgoing = hash(`${key}:direction`) % 2 === 0;
  const isAnswered = hash(`${key}:answered`) % 5 !== 0;
  const start = minute + integer(key, 0, 59_000);
  const duration = isAnswered ? integer(`${key}:duration`, 5, 900) : 0;
  const at = (ms: number) => new Date(ms).toISOString();
  const own = String(person.phoneNumber ?? "NA");
  const other = `+1512555${String(integer(`${key}:other`, 150, 199)).padStart(4, "0")}`;
  const location = call.world.store.byId(String(person.locationId ?? ""))?.doc;
  return {
    "Answer indicator": isAnswered ? "Yes" : "No",
    "Answer time": isAnswered ? at(start + 6000) : "NA",
    "Answered": String(isAnswered),
    "Call ID": `SSE${hex(key, 18)}@10.177.4.29`,
    "Call outcome": isAnswered ? "Success" : "Refusal",
    "Call outcome reason": isAnswered ? "Normal" : "NoAnswer",
    "Call type": isOutgoing ? "SIP_NATIONAL" : "SIP_INBOUND",
    "Called number": isOutgoing ? other : own,
    "Calling number": isOutgoing ? own : other,
    "Client type": "SIP",
    "Correlation ID": uuid(`${key}:correlation`),
    "Dialed digits": isOutgoing ? other : "NA",
    "Direction": isOutgoing ? "ORIGINATING" : "TERMINATING",
    "Duration": duration,
    "Location": String(person.locationName ?? "NA"),
    "Model": "8845",
    "Org UUID": decodeId(call.world.cast.organizationId)?.value ?? "NA",
    "Release time": at(start + (duration + 6) * 1000),
    "Releasing party": isOutgoing ? "Local" : "Remote",
    "Report ID": uuid(`${key}:report`),
    "Report time": at(minute),
    "Ring duration": 6,
    "Site timezone": String(location?.timeZone ?? "NA"),
    "Start time": at(start),
    "User": String(person.displayName ?? "NA"),
    "User number": own,
    "User type": "User",
    "User UUID": bare(person),
  };
}

/** `GET /cdr_feed` and `GET /cdr_stream`. */
export function listRecords(call: Call): Answer {
  const { start, end } = windowOf(call);
  const { store } = call.world;
  const people = store.ofKind("people").filter((item) => !item.created).map((item) => store.face(item));
  const locations = new Set(
    (call.url.searchParams.get("locations") ?? "").split(",").map((name) => name.trim()).filter((name) => name !== ""),
  );
  if (locations.size > 10) throw new Refusal(400, "At most 10 locations can be named", { flat: true });
  const records: JsonObject[] = [];
  for (let minute = Math.ceil(start / MINUTE) * MINUTE; minute < end; minute += MINUTE) {
    const person = isBusy(minute) ? pick(`cdr:${minute}:person`, people) : undefined;
    if (person === undefined || (locations.size > 0 && !locations.has(String(person.locationName)))) continue;
    records.push(record(call, person, minute));
  }
  if (records.length === 0) throw new Refusal(404, "No records were found for the given time range", { flat: true });
  // The page size has a lower bound, too; a smaller one is raised silently.
  const url = new URL(call.url);
  const asked = Number(url.searchParams.get("max") ?? "5000");
  url.searchParams.set("max", String(Math.min(5000, Math.max(500, Number.isNaN(asked) ? 5000 : asked))));
  const plain = { ...call, url: withoutLocations(url) };
  const answer = respondList(plain, records.map((given, index) => ({ key: `cdr[${index}]`, given, lean: true })), {
    scope: {},
    name: "records",
  });
  return restoreQuery(answer, call.url);
}

/** Locations are chosen above, by whole names; the list's own filter would look for parts of names. */
function withoutLocations(url: URL): URL {
  url.searchParams.delete("locations");
  return url;
}

function restoreQuery(answer: Answer, asked: URL): Answer {
  const locations = asked.searchParams.get("locations");
  const link = /^<([^>]+)>/.exec(answer.headers?.link ?? "")?.[1];
  if (link === undefined || locations === null || !isJsonObject(answer.body)) return answer;
  const next = new URL(link);
  next.searchParams.set("locations", locations);
  return { ...answer, headers: { ...answer.headers, link: `<${next.href}>;rel="next"` } };
}
