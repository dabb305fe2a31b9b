/**
 * Finds message, codes and entries in the bodies of failed calls.
 *
 * Webex has several forms: `{message, errors: [{description, errorCode}], trackingId}`, `{errorCode, message}`,
 * `{error: {key, message: [{code, description}]}, item, itemNumber}`, `{error: [{code, message}]}`,
 * `{errors: [{description}]}`, `{failureReason}`, a bare list, `{items: […]}` of any of these, JSON in text, and gateways'
 * HTML.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";

/** One of the errors that a body holds. */
export interface ErrorEntry {
  /** Webex's business code. */
  readonly code?: string;
  readonly description?: string;
  /** The HTTP status that Webex gives this one, as the errors of jobs have it. */
  readonly key?: string;
  /** What it is about, as Webex names it: a number, a user, a device. */
  readonly item?: string;
  /** Which one of those that the request named, as Webex counts them. */
  readonly itemNumber?: number;
  readonly locationId?: string;
}

/** What a failed call's body says. */
export interface ErrorBody {
  readonly message?: string;
  /** The first business code. */
  readonly code?: string;
  readonly trackingId?: string;
  /** All errors, in their order; at most {@linkcode MAX_ENTRIES}. */
  readonly entries: readonly ErrorEntry[];
}

/** The most entries that are kept of one body. */
export const MAX_ENTRIES = 200;

const MAX_TEXT_LENGTH = 500;
const MAX_MESSAGE_LENGTH = 2_000;
/** Deeper than any form; what lies below is left out. */
const MAX_DEPTH = 6;

function text(value: Json | undefined): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function firstText(object: JsonObject, names: readonly string[]): string | undefined {
  return names.map((name) => text(object[name])).find((found) => found !== undefined);
}

function plainText(markup: string): string | undefined {
  // Both patterns end at whatever comes first, so that no markup makes them slow.
  const plain = markup.replace(/<(style|script)\b[\s\S]*?(?:<\/\1>|$)/gi, " ").replace(/<[^<>]*>/g, " ")
    .replace(/\s+/g, " ").trim();
  // A cut can part a surrogate pair.
  return plain === "" ? undefined : plain.slice(0, MAX_TEXT_LENGTH).replace(/[\ud800-\udbff]$/, "");
}

/** A message in JSON is left as it is, unless it is a gateway's page or endless. */
function tidy(message: string): string {
  if (/<(?:!doctype|html|head|body)\b/i.test(message)) return plainText(message) ?? message;
  return message.slice(0, MAX_MESSAGE_LENGTH).replace(/[\ud800-\udbff]$/, "");
}

/** Services that pass on another's error put its JSON into a text. */
function parsed(value: Json | undefined): Json | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return undefined;
  try {
    const inner: Json = JSON.parse(value);
    return inner;
  } catch {
    return undefined;
  }
}

/** The members of an object that hold errors in turn. */
function nested(object: JsonObject): Json[] {
  const { errors, error, items, message } = object;
  const inner = [errors, error, items].filter((value): value is Json[] | JsonObject =>
    typeof value === "object" && value !== null
  );
  const told = typeof message === "object" && message !== null ? message : parsed(message);
  const text = parsed(error);
  return [...inner, ...(told === undefined ? [] : [told]), ...(text === undefined ? [] : [text])];
}

function own(object: JsonObject): ErrorEntry {
  const code = firstText(object, ["errorCode", "code"]);
  const description = firstText(object, ["description", "message", "reason", "failureReason", "error_description"]) ??
    text(object.error);
  return {
    ...(code === undefined ? {} : { code }),
    ...(description === undefined ? {} : { description: tidy(description) }),
  };
}

/** What an object says of all errors within it. */
function circumstances(object: JsonObject): ErrorEntry {
  const key = text(object.key);
  const item = text(object.item);
  const { itemNumber } = object;
  const locationId = text(object.locationId);
  return {
    ...(key === undefined ? {} : { key }),
    ...(item === undefined ? {} : { item }),
    ...(typeof itemNumber === "number" ? { itemNumber } : {}),
    ...(locationId === undefined ? {} : { locationId }),
  };
}

function collect(value: Json, around: ErrorEntry, entries: ErrorEntry[], depth: number): void {
  if (entries.length >= MAX_ENTRIES || depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const member of value) collect(member, around, entries, depth + 1);
  } else if (isJsonObject(value)) {
    const here = { ...around, ...circumstances(value) };
    const before = entries.length;
    for (const inner of nested(value)) collect(inner, here, entries, depth + 1);
    const mine = own(value);
    // A status without a reason is worth telling, too.
    const tells = Object.keys(mine).length > 0 || text(value.key) !== undefined;
    if (entries.length === before && tells) entries.push({ ...here, ...mine });
  } else if (typeof value === "string") {
    const inner = parsed(value);
    const description = inner === undefined ? plainText(value) : undefined;
    if (inner !== undefined) collect(inner, around, entries, depth + 1);
    else if (description !== undefined) entries.push({ ...around, description });
  }
}

function generalMessage(body: JsonObject): string | undefined {
  const message = parsed(body.message) === undefined ? body.message : undefined;
  const error = parsed(body.error) === undefined ? body.error : undefined;
  const found = text(message) ?? firstText(body, ["failureReason", "error_description"]) ?? text(error);
  return found === undefined ? undefined : tidy(found);
}

/**
 * Reads the body of a failed call.
 *
 * @param body The parsed body, or its text.
 * @returns Webex's own message, business code, tracking id and entries, as far as they are there.
 */
export function readErrorBody(body: Json): ErrorBody {
  const whole = parsed(body) ?? body;
  const entries: ErrorEntry[] = [];
  collect(whole, {}, entries, 0);
  const object = isJsonObject(whole) ? whole : {};
  const general = generalMessage(object);
  const special = entries.find(({ description }) => description !== undefined)?.description;
  const message = special !== undefined && general !== undefined && special !== general && !general.includes(special)
    ? `${general} (${special})`
    : special ?? general;
  const code = entries.find((entry) => entry.code !== undefined)?.code ?? firstText(object, ["errorCode", "code"]);
  const trackingId = firstText(object, ["trackingId", "trackingid", "TrackingID", "trackingID"]);
  return {
    entries,
    ...(message === undefined ? {} : { message }),
    ...(code === undefined ? {} : { code }),
    ...(trackingId === undefined ? {} : { trackingId }),
  };
}

/**
 * Writes an entry as one line.
 *
 * @param entry The entry.
 * @returns For example `+15125550122: Number is in use (1026006)`.
 */
export function entryLine({ code, description, item, itemNumber, key }: ErrorEntry): string {
  const what = item ?? (itemNumber === undefined ? undefined : `Item ${itemNumber}`);
  const number = code ?? key;
  const said = [description, number === undefined ? undefined : description === undefined ? number : `(${number})`]
    .filter((part) => part !== undefined).join(" ");
  return what === undefined ? said : `${what}: ${said}`;
}
