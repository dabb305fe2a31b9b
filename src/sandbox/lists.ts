/**
 * Filters, sorts and pages lists.
 *
 * @module
 */

import type { Endpoint, Parameter } from "../collection/endpoint.ts";
import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import { queryValues } from "./check_request.ts";
import { normalId } from "./ids.ts";

/** A part of a list. */
export interface Page {
  readonly items: Json[];
  /** The `Link` header, unless this is the last page. */
  readonly headers: Readonly<Record<string, string>>;
}

const CONTROL = new Set(["max", "start", "offset", "cursor", "order", "orgId", "from", "to", "details"]);
const DEFAULT_SIZE = 2000;

/** All texts that a field of this name could mean in an item. */
function candidates(item: JsonObject, name: string): string[] {
  const direct = item[name];
  const nested = /^(.+)(Id|Name|Type)$/.exec(name);
  const holder = nested?.[1] === undefined ? undefined : item[nested[1]];
  const inner = isJsonObject(holder) && nested?.[2] !== undefined ? namesOf(holder, nested[2].toLowerCase()) : [];
  const plural = item[`${name}s`];
  const values = [direct, ...inner, ...(Array.isArray(plural) ? plural : [])];
  return values.flatMap((value) => value === undefined || typeof value === "object" ? [] : [String(value)]);
}

function namesOf(holder: JsonObject, name: string): Json[] {
  const full = [holder.firstName, holder.lastName].filter((value) => typeof value === "string").join(" ");
  const found = holder[name] ?? (name === "name" && full !== "" ? full : undefined);
  return found === undefined ? [] : [found];
}

function matches(found: string, wanted: string, name: string): boolean {
  if (/id$/i.test(name)) return normalId(found) === normalId(wanted);
  if (found === "true" || found === "false") return found === wanted;
  return found.toLowerCase().includes(wanted.toLowerCase());
}

/**
 * Keeps the items that a query asks for: a parameter named like a field wants that field to contain its value, and
 * identifiers and booleans to be equal.
 *
 * @param items The shaped items.
 * @param parameters The endpoint's parameters.
 * @param query The request's query.
 */
export function filterItems(items: readonly Json[], parameters: readonly Parameter[], query: URLSearchParams): Json[] {
  let kept = [...items];
  for (const parameter of parameters) {
    if (parameter.in !== "query" || CONTROL.has(parameter.name)) continue;
    const wanted = queryValues(parameter, query).filter((value) => value !== "");
    if (wanted.length === 0) continue;
    const choices = /id$/i.test(parameter.name) ? wanted.flatMap((value) => value.split(",")) : wanted;
    const knows = kept.some((item) => isJsonObject(item) && candidates(item, parameter.name).length > 0);
    if (!knows) continue;
    kept = kept.filter((item) =>
      isJsonObject(item) &&
      candidates(item, parameter.name).some((found) => choices.some((choice) => matches(found, choice, parameter.name)))
    );
  }
  return sorted(kept, query.get("order"));
}

function sorted(items: Json[], order: string | null): Json[] {
  const [, field, direction] = /^(\w+?)(?:[-:](asc|desc))?(?:,|$)/i.exec(order ?? "") ?? [];
  if (field === undefined) return items;
  const sign = direction?.toLowerCase() === "desc" ? -1 : 1;
  const text = (item: Json) => isJsonObject(item) ? candidates(item, field)[0] ?? "" : "";
  return items.toSorted((a, b) => sign * text(a).localeCompare(text(b), "en"));
}

function wholeNumber(text: string | null): number | undefined {
  const value = Number(text ?? Number.NaN);
  return Number.isInteger(value) && value >= 0 ? value : undefined;
}

/**
 * Cuts a page out of a list; a size above the endpoint's limit is clamped silently, as Webex does.
 *
 * @param items The whole list.
 * @param endpoint The endpoint, for its kind of paging.
 * @param url The request's address; the next page is at the same origin.
 */
export function pageOf(items: readonly Json[], endpoint: Endpoint, url: URL): Page {
  const { paging } = endpoint.facts;
  if (paging === undefined) return { items: [...items], headers: {} };
  const asked = wholeNumber(url.searchParams.get("max"));
  const size = Math.max(1, Math.min(asked || (paging.default ?? DEFAULT_SIZE), paging.max ?? DEFAULT_SIZE));
  const mark = paging.style === "offset" ? offsetName(endpoint) : "cursor";
  const raw = url.searchParams.get(mark);
  const start = (paging.style === "offset" ? wholeNumber(raw) : readCursor(raw)) ?? 0;
  const rest = start + size;
  if (rest >= items.length) return { items: items.slice(start), headers: {} };
  const next = new URL(url);
  next.searchParams.set("max", String(size));
  next.searchParams.set(mark, paging.style === "offset" ? String(rest) : btoa(`after:${rest}`));
  return { items: items.slice(start, rest), headers: { link: `<${next.href}>; rel="next"` } };
}

function offsetName(endpoint: Endpoint): string {
  return endpoint.parameters.some((parameter) => parameter.name === "offset") ? "offset" : "start";
}

function readCursor(raw: string | null): number | undefined {
  try {
    return wholeNumber(/^after:(\d+)$/.exec(atob(raw ?? ""))?.[1] ?? null);
  } catch {
    return undefined;
  }
}
