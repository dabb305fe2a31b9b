/**
 * Says how what is sent differs from what is there.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { hiddenText, type Secrecy, secrecyOf } from "./masked.ts";
import { nameOf } from "./object_name.ts";
import { quoted } from "./visible_text.ts";
import { type Leaf, MAX_TEXT, nameText, valueText } from "./written_value.ts";

/** Names of what was added or removed. */
const MAX_NAMES = 20;
const MAX_ITEM = 30;
/** So much stands before the place where two texts part. */
const LEAD = 12;
/** Longer lists are only counted: comparing each with each takes its time. */
const MAX_ITEMS = 500;
const MAX_LEVELS = 12;

/** Whether everything that is sent is there already; Webex tells more of an object than is sent of it. */
function isPart(sent: Json, now: Json | undefined, level = 0): boolean {
  if (sent === now) return true;
  if (now === undefined || typeof sent !== "object" || sent === null || level > MAX_LEVELS) return false;
  if (Array.isArray(sent)) {
    return Array.isArray(now) && sent.length === now.length &&
      sent.every((item, index) => isPart(item, now[index], level + 1));
  }
  return isJsonObject(now) && Object.entries(sent).every(([name, member]) => isPart(member, now[name], level + 1));
}

function idOf(item: Json): string | undefined {
  if (isJsonObject(item)) return typeof item.id === "string" ? item.id : undefined;
  return JSON.stringify(item);
}

/** Items that say what is to be done with them are no list of what will be there. */
function isComparable(sent: readonly Json[], now: readonly Json[]): boolean {
  if (Math.max(sent.length, now.length) > MAX_ITEMS) return false;
  const isOrder = sent.some((item) => isJsonObject(item) && ("action" in item || "operation" in item));
  const kinds = new Set([...sent, ...now].map((item) => isJsonObject(item)));
  return !isOrder && kinds.size < 2 && ![...sent, ...now].some(Array.isArray);
}

function itemText(item: Json): string | undefined {
  if (typeof item === "string" || typeof item === "number") return quoted(String(item), MAX_ITEM);
  const name = nameOf(item) ?? idOf(item);
  return name === undefined ? undefined : quoted(name, MAX_ITEM);
}

function counted(items: readonly Json[], what: string): string[] {
  if (items.length === 0) return [];
  const names = items.slice(0, MAX_NAMES).map(itemText).filter((text) => text !== undefined);
  if (names.length === 0) return [`${items.length} ${what}`];
  return [
    `${items.length} ${what} (${names.join(", ")}${
      items.length > names.length ? `, … and ${items.length - names.length} more` : ""
    })`,
  ];
}

/** Parts a list into what is new in it, what is gone, and what is there otherwise. */
function listChange(sent: readonly Json[], now: readonly Json[]): string {
  const left = [...now];
  const [added, changed]: [Json[], Json[]] = [[], []];
  for (const item of sent) {
    const id = idOf(item);
    const at = left.findIndex((one) => id === undefined ? isPart(item, one) : idOf(one) === id);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    if (found === undefined) added.push(item);
    // What is there has the better name.
    else if (!isPart(item, found)) changed.push(found);
  }
  const parts = [...counted(left, "removed"), ...counted(added, "added"), ...counted(changed, "changed")];
  return parts.length === 0 ? "the same entries in another order" : parts.join(", ");
}

/** Where the beginnings of long texts are the same, they are shown from where they part. */
function textChange(sent: string, now: string): [string, string] {
  if (Math.max(sent.length, now.length) <= MAX_TEXT) return [quoted(now, MAX_TEXT), quoted(sent, MAX_TEXT)];
  let same = 0;
  while (same < Math.min(sent.length, now.length) && sent[same] === now[same]) same++;
  const from = Math.max(0, same - LEAD);
  const part = (text: string) => quoted(`${from > 0 ? "…" : ""}${text.slice(from)}`, MAX_TEXT);
  return [`${part(now)} (${now.length} characters)`, `${part(sent)} (${sent.length} characters)`];
}

function changeText(sent: Json, now: Json | undefined, secrecy: Secrecy): string {
  if (secrecy === "secret") return `changes to ${hiddenText(sent)}`;
  if (now === undefined || now === null) return `(not set) → ${valueText(sent, secrecy)}`;
  if (Array.isArray(sent) && Array.isArray(now) && isComparable(sent, now)) return listChange(sent, now);
  const [before, after] = typeof sent === "string" && typeof now === "string"
    ? textChange(sent, now)
    : [valueText(now, secrecy), valueText(sent, secrecy)];
  return `${before} → ${after}${before === after ? " (they differ in what is not shown)" : ""}`;
}

/**
 * Compares a member that is sent with what is there.
 *
 * @param leaf What is sent, and where.
 * @param now What is there; `undefined` where nothing is.
 * @returns A line for each value that changes; none where nothing does.
 */
export function changesIn({ path, value, secrecy }: Leaf, now: Json | undefined, level = 0): string[] {
  if (isPart(value, now)) return [];
  const isNested = isJsonObject(value) && (isJsonObject(now) || now === undefined || now === null);
  if (!isNested || secrecy === "secret" || level >= MAX_LEVELS || Object.keys(value).length === 0) {
    return [`${path}: ${changeText(value, now, secrecy)}`];
  }
  const there: JsonObject = isJsonObject(now) ? now : {};
  return Object.entries(value).flatMap(([name, member]) => {
    const inner = { path: `${path}.${nameText(name)}`, value: member, secrecy: secrecyOf(name, member, secrecy) };
    return changesIn(inner, Object.hasOwn(there, name) ? there[name] : undefined, level + 1);
  });
}

/**
 * Tells whether what is sent can be compared with what is there.
 *
 * @param sent A member that is sent.
 * @param now What is there.
 * @returns `false` for lists of things to do, and for those that are too long.
 */
export function canCompare(sent: Json, now: Json | undefined): boolean {
  if (!Array.isArray(sent)) return true;
  return Array.isArray(now) ? isComparable(sent, now) : now === undefined || now === null;
}
