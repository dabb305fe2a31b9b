/**
 * Makes a result fit into what a client takes: whole items are shown, and what is left out is announced.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { StoreError } from "../../store/store_error.ts";
import { firstGap, pathText, placeArguments } from "./place.ts";
import { createMeter, type Limit, type Meter } from "./meter.ts";
import type { KeptResult } from "./result_store.ts";
import { type Cut, type Path, shorten } from "./shorten.ts";
import { estimateTokens } from "./token_estimate.ts";

/** What a result may cost. */
export type ResultLimit = Limit;

/** What the common clients take. */
export const DEFAULT_LIMIT: ResultLimit = { tokens: 20_000, characters: 150_000 };

/** The tool that reads on in a result that is shown in part. */
export const RESULT_TOOL = "webex_result";

/**
 * Keeps the whole of a result that is shown in part.
 *
 * @param text The JSON text of the whole value.
 * @returns What was kept, once others can read it; `undefined` if it is too large.
 * @throws {StoreError} If it could not be kept.
 */
export type Keep = (text: string) => Promise<KeptResult | undefined>;

/** What the announcement may need at the most. */
const ANNOUNCEMENT: ResultLimit = { tokens: 700, characters: 1_800 };

/** More places are counted and not named. */
const MAX_SHOWN = 8;

/** A longer path isn't named. */
const MAX_PATH = 80;

/** Longer texts are not weighed for the announcement. */
const MAX_WEIGHED = 4_000_000;

/** Why there is no handle to read on with. */
const TOO_LARGE = "Too large to keep: ask for less at a time by fields, a filter, max or a shorter time range";
const STORE_AWAY =
  "The store of results cannot be reached: ask for less at a time by fields, a filter or max, or call again later";

/** Whoever follows the list's own next page at once misses what is not shown of this one. */
const NEXT_NOTE = "next goes on after all of this result, not after what is shown of it";

/** Weights of parts add up to less than that of the whole now and then; each further attempt gets less. */
const ATTEMPTS = [1, 0.9, 0.7, 0.4, 0.1];

/**
 * Finds what a result is about.
 *
 * @param value A result's value.
 * @returns Its body; the value itself if it has none.
 */
export function contentOf(value: JsonObject): Json {
  return value.body ?? value;
}

function joined(base: string, path: Path): string {
  const text = pathText(path);
  if (base === "" || base === "@") return text;
  return text.startsWith("[") ? base + text : `${base}.${text}`;
}

/** The lists that lost most come first, those that lie within another's item last. */
function inOrder(cuts: readonly Cut[]): Cut[] {
  const lost = ({ returned, total }: Cut) => total - returned;
  return cuts.toSorted((a, b) => a.path.length - b.path.length || lost(b) - lost(a));
}

/**
 * Tells what is shown of what.
 *
 * @param cuts What was left out.
 * @param base Where the paths begin, as a JMESPath expression; default: the content.
 * @returns `{shown: [{path, returned, total, unit?}], not_named?}`, the most important first.
 */
export function shownOf(cuts: readonly Cut[], base = ""): JsonObject {
  const named = inOrder(cuts).map(({ path, unit, returned, total }) => ({
    path: joined(base, path),
    returned,
    total,
    ...(unit === "items" ? {} : { unit }),
  })).filter(({ path }) => path.length <= MAX_PATH).slice(0, MAX_SHOWN);
  return { shown: named, ...(named.length < cuts.length ? { not_named: cuts.length - named.length } : {}) };
}

function sizeText(text: string): string {
  const characters = `${text.length} characters`;
  return text.length > MAX_WEIGHED ? characters : `about ${estimateTokens(text)} tokens, ${characters}`;
}

function readingOn(content: Json, cuts: readonly Cut[], id: string): JsonObject {
  const [first] = inOrder(cuts).filter(({ path }) => pathText(path).length <= MAX_PATH);
  if (first === undefined) return { read_with: { tool: RESULT_TOOL, arguments: { result: id } } };
  const place = firstGap(content, cuts, first.path) ?? { path: first.path, start: first.returned };
  // Nobody reads base64 piece by piece; whoever can use it reads the resource.
  if (place.path.at(-1) === "base64") return {};
  return { read_with: { tool: RESULT_TOOL, arguments: { result: id, ...placeArguments(content, place) } } };
}

/** Keeps the whole, or tells why not: what the call was for is answered all the same. */
async function keptOr(keep: Keep, text: string): Promise<KeptResult | string> {
  try {
    return await keep(text) ?? TOO_LARGE;
  } catch (error) {
    if (error instanceof StoreError) return STORE_AWAY;
    throw error;
  }
}

/** Says where the rest is. */
function whereabouts(content: Json, cuts: readonly Cut[], kept: KeptResult | string): JsonObject {
  if (typeof kept === "string") return { not_kept: kept };
  return {
    result: kept.uri,
    ...readingOn(content, cuts, kept.id),
    expires_at: new Date(kept.expiresAt).toISOString(),
  };
}

/** Counts what is shown instead of what came. */
function recounted(value: JsonObject, cuts: readonly Cut[]): JsonObject {
  const { items_returned: came, complete } = value;
  const list = cuts.find(({ path, unit, total }) => path.length <= 1 && unit === "items" && total === came);
  return {
    ...(list === undefined ? {} : { items_returned: list.returned }),
    ...(complete === undefined ? {} : { complete: false }),
  };
}

interface Parts {
  readonly value: JsonObject;
  readonly cuts: readonly Cut[];
  /** What was shortened beside the body. */
  readonly beside: readonly Cut[];
}

/** Sealed texts that a caller passes back: a part of one is worth nothing. */
const SEALED: readonly string[] = ["next", "plan_id"];

/** Sets them apart from what may be shortened. */
function apart(value: JsonObject): { readonly sealed: JsonObject; readonly others: JsonObject } {
  const isSealed = ([name]: [string, unknown]) => SEALED.includes(name);
  const entries = Object.entries(value);
  const others = entries.filter((entry) => !isSealed(entry));
  return { sealed: Object.fromEntries(entries.filter(isSealed)), others: Object.fromEntries(others) };
}

/** The body gets what the rest of the value leaves; the rest is small, or something is wrong with it. */
function shortenParts(value: JsonObject, budget: number, meter: Meter): Parts {
  const { sealed, others: { body, ...rest } } = apart(value);
  if (body === undefined || body === null) {
    const { value: short, cuts } = shorten(body === undefined ? rest : { body, ...rest }, [], budget, meter);
    return { value: { ...(isJsonObject(short) ? short : {}), ...sealed }, cuts, beside: [] };
  }
  const around = shorten(rest, [], budget / 2, meter);
  const content = shorten(body, [], budget - around.weight, meter);
  const { status_code: status, ...others } = isJsonObject(around.value) ? around.value : {};
  return {
    value: { ...(status === undefined ? {} : { status_code: status }), body: content.value, ...others, ...sealed },
    cuts: content.cuts,
    beside: around.cuts,
  };
}

/**
 * Says whether a text fits.
 *
 * @param text The text.
 * @param limit What it may cost.
 * @returns Whether it costs no more.
 */
export function fits(text: string, { tokens, characters }: ResultLimit): boolean {
  return text.length <= characters && (tokens === Infinity || estimateTokens(text) <= tokens);
}

/**
 * Makes a result fit.
 *
 * The longest lists anywhere in it are shortened to whole items, objects with very many members to whole members, tables
 * and other texts to whole lines. A text that cannot be divided is replaced by a note of its length.
 *
 * @param value The result's value, for example `{status_code, body}`; never changed.
 * @param limit What it may cost; below about 3,000 tokens the announcement alone may exceed it.
 * @param keep Called with the whole if, and only if, it does not fit.
 * @returns The value if it fits; else a copy with `truncated: {reason, shown: [{path, returned, total, unit?}], result,
 *   read_with, expires_at, note?}` or `not_kept` in place of the last four, where `items_returned` counts what is shown and `complete` is `false`. Paths are JMESPath
 *   expressions within the body.
 */
export async function fit(value: JsonObject, limit: ResultLimit, keep: Keep): Promise<JsonObject> {
  const text = JSON.stringify(value);
  if (fits(text, limit)) return value;
  const kept = await keptOr(keep, text);
  const meter = createMeter(limit);
  const announced = Math.max(ANNOUNCEMENT.tokens / limit.tokens, ANNOUNCEMENT.characters / limit.characters);
  let result: JsonObject = {};
  for (const attempt of ATTEMPTS) {
    const parts = shortenParts(value, Math.max(0.05, 1 - announced) * attempt, meter);
    result = {
      ...parts.value,
      ...recounted(value, parts.cuts),
      truncated: {
        reason: `Too long to show whole: ${sizeText(text)}`,
        ...shownOf(parts.cuts),
        ...(parts.beside.length === 0 ? {} : { shortened_beside: shownOf(parts.beside) }),
        ...whereabouts(contentOf(value), parts.cuts, kept),
        ...(value.next === undefined ? {} : { note: NEXT_NOTE }),
      },
    };
    if (fits(JSON.stringify(result), limit)) return result;
  }
  return result;
}
