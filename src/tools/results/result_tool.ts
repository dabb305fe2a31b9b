/**
 * The tool that reads on in a result that was shown in part.
 *
 * @module
 */

import { RefusedError } from "../../core/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import type { BuiltInTool } from "../definitions/built_in.ts";
import type { ToolDefinition } from "../definitions/definition.ts";
import { contentOf, fit, fits, RESULT_TOOL, type ResultLimit, shownOf } from "./fit.ts";
import { chooseParts } from "./item_filter.ts";
import { compileExpression } from "./jmespath.ts";
import { createMeter } from "./meter.ts";
import { firstGap, mainPath, pathOf, pathText, placeAfter, placeArguments, type ReadingPlace } from "./place.ts";
import type { KeptResult, ResultStore } from "./result_store.ts";
import { compileFields } from "./selection_expression.ts";
import { type Sequence, sequenceOf, subsequence } from "./sequence.ts";
import { type Cut, type Shortened, takeParts } from "./shorten.ts";
import type { ToolResult } from "./result.ts";
import { WorkError } from "./work_budget.ts";

/** What the tool works with. */
export interface ResultToolOptions {
  readonly store: ResultStore;
  readonly limit: ResultLimit;
}

/** The tool as clients see it. */
export const RESULT_DEFINITION: ToolDefinition = {
  name: RESULT_TOOL,
  description:
    "Reads on in a result that was too long to be shown whole: pass what `truncated.read_with` says, or search it with filter " +
    "and fields. Nothing is sent to Webex; results are kept for half an hour after they were last read.",
  inputSchema: {
    type: "object",
    properties: {
      result: { type: "string", description: "The `truncated.result` of a result, or its id" },
      path: {
        type: "string",
        description: "Which list, as `truncated.shown` names it; default: the longest of the body",
      },
      filter: {
        type: "string",
        description: "Only items that contain these words, or for which this JMESPath condition holds, e.g. " +
          "contains(displayName, 'Ann')",
      },
      start: { type: "integer", minimum: 0, default: 0, description: "The first item, counted from 0 after filtering" },
      max: { type: "integer", minimum: 1, description: "At most so many items; default: as many as fit" },
      fields: { type: "string", description: "JMESPath of the body, as with the tool itself" },
      onward: { type: "boolean", description: "Go on after the end of path with what follows it, as `read_with` says" },
    },
    required: ["result"],
    additionalProperties: false,
  },
  annotations: {
    title: "Read on in a long result",
    readOnlyHint: true,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  },
};

/** Parts of a budget that are tried, since weights of parts add up to less than that of the whole now and then. */
const ATTEMPTS = [1, 0.9, 0.7, 0.4, 0.1];

/** What surrounds a page. */
const FRAME: ResultLimit = { tokens: 700, characters: 1_800 };

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

function countOf(value: Json | undefined): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function goneError(handle: string): RefusedError {
  return new RefusedError(`There is no such result: "${handle.slice(0, 80)}"`, {
    code: "unknown_result",
    guidance:
      "Pass `truncated.result` as it is. Results are kept for a while, and may end with the server: where that fails, " +
      "call the tool that made it again.",
  });
}

interface Call {
  readonly args: JsonObject;
  readonly kept: KeptResult;
  /** The value that is kept. */
  readonly origin: JsonObject;
}

interface Page {
  readonly parts: Sequence;
  /** The list's own name in the body, where the caller named none. */
  readonly key?: string | undefined;
  /** The path that was asked for, or found. */
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** How many there are without the filter. */
  readonly all: number;
  /** What the caller should know of the filter. */
  readonly warnings: readonly string[];
}

function noList(path: string, main: string): RefusedError {
  return new RefusedError(`There is no list at ${JSON.stringify(path.slice(0, 80))}`, {
    code: "invalid_path",
    guidance: `Pass a path that "truncated.shown" names, for example ${main}, or leave it out.`,
  });
}

async function listAt(content: Json, path: string, main: string): Promise<Json> {
  const expression = await compileExpression(path, "path", main);
  try {
    return expression.run(content);
  } catch (error) {
    if (error instanceof WorkError) {
      throw new RefusedError(`Cannot follow path "${path}": it asks for too much work`, {
        code: "invalid_path",
        guidance: `Name a list of the result, for example "${main}".`,
      });
    }
    // A function in it met a value that it cannot take.
    throw noList(path, main);
  }
}

async function listOf(content: Json, asked: string | undefined): Promise<Pick<Page, "parts" | "key" | "path">> {
  const [key] = mainPath(content);
  const main = pathText(mainPath(content));
  const path = asked ?? main;
  if (path === main && typeof key === "string" && isJsonObject(content)) {
    const parts = sequenceOf(content[key] ?? null);
    if (parts !== undefined) return { parts, path, key };
  }
  const parts = sequenceOf(path === "@" ? content : await listAt(content, path, main));
  if (parts === undefined) throw noList(path, main);
  return { parts, path };
}

async function pageOf(content: Json, args: JsonObject): Promise<Page> {
  const { parts: all, key, path } = await listOf(content, textOf(args.path));
  const filter = textOf(args.filter);
  const choice = filter === undefined || all.unit === "characters" ? undefined : await chooseParts(filter, all);
  const parts = choice === undefined ? all : subsequence(all, choice.chosen);
  const start = Math.min(countOf(args.start) ?? 0, parts.total);
  return {
    warnings: choice?.warning === undefined ? [] : [choice.warning],
    parts,
    key,
    path,
    start,
    end: Math.min(parts.total, start + (countOf(args.max) ?? Infinity)),
    all: all.total,
  };
}

function named(key: string | undefined, value: Json): Json {
  return key === undefined ? value : Object.fromEntries([[key, value]]);
}

/** Where something is left out within the parts that are shown. */
function gapIn(page: Page, inner: readonly Cut[], { origin }: Call): ReadingPlace | undefined {
  const base = pathOf(page.path);
  if (base === undefined) return undefined;
  return firstGap(contentOf(origin), inner.map((cut) => ({ ...cut, path: [...base, ...cut.path] })), base);
}

/** How to read on: what was left out of the parts comes first, then the parts after them, then what follows the path. */
function nextArguments(page: Page, after: number, { args, origin, kept }: Call, gap?: ReadingPlace) {
  const at = (place: ReadingPlace) => ({ result: kept.id, ...placeArguments(contentOf(origin), place) });
  if (gap !== undefined) return at(gap);
  if (after < page.parts.total) return { ...args, start: after };
  const path = args.onward === true ? pathOf(page.path) : undefined;
  const place = path === undefined ? undefined : placeAfter(contentOf(origin), path);
  return place === undefined ? undefined : at(place);
}

/** What is told of a page: what it holds, and how to read on. */
function frameOf(page: Page, returned: number, call: Call, gap?: ReadingPlace): JsonObject {
  const { args, kept, origin } = call;
  const following = nextArguments(page, page.start + returned, call, gap);
  const isEnd = following === undefined;
  return {
    ...(page.parts.unit === "items" ? { items_returned: returned } : { unit: page.parts.unit, returned }),
    start: page.start,
    total: page.all,
    ...(textOf(args.filter) === undefined ? {} : { matched: page.parts.total }),
    complete: isEnd && origin.complete !== false,
    ...(isEnd ? {} : { read_with: { tool: RESULT_TOOL, arguments: following } }),
    // The list itself goes on at Webex, where its own result ended.
    ...(isEnd && typeof origin.next === "string" ? { next: origin.next } : {}),
    result: kept.uri,
    expires_at: new Date(kept.expiresAt).toISOString(),
    ...(page.warnings.length === 0 ? {} : { warnings: [...page.warnings] }),
  };
}

/** A row that is too long for any page must not stop the reader. */
function overlong(page: Page): Shortened {
  const row = String(page.parts.part(page.start));
  const value = `${page.parts.slice(page.start, page.start)}[${row.length} characters left out]\n`;
  return { value, weight: 0, cuts: [{ path: [], unit: "lines", returned: 1, total: page.parts.total }] };
}

function shownWith(inner: readonly Cut[], page: Page, { kept, origin }: Call, gap?: ReadingPlace): JsonObject {
  const shown = shownOf(inner, page.path);
  if (gap === undefined) return shown;
  const { path, start } = gap;
  const args = { result: kept.id, ...placeArguments(contentOf(origin), { path, start }) };
  return { ...shown, read_with: { tool: RESULT_TOOL, arguments: args } };
}

function shownPage(page: Page, call: Call, limit: ResultLimit): JsonObject {
  const meter = createMeter(limit);
  const frame = Math.max(FRAME.tokens / limit.tokens, FRAME.characters / limit.characters);
  let value: JsonObject = {};
  for (const attempt of ATTEMPTS) {
    const budget = Math.max(0.05, 1 - frame) * attempt;
    let taken = takeParts(page.parts, page, [], budget, meter);
    if (taken.cuts[0]?.returned === 0 && page.start < page.end) taken = overlong(page);
    const [own, ...inner] = taken.cuts;
    const gap = gapIn(page, inner, call);
    // The items after it are those that pass the filter, so the way there doesn't lead through the item.
    const isFiltered = textOf(call.args.filter) !== undefined;
    value = {
      body: named(page.key, taken.value),
      ...frameOf(page, own?.returned ?? 0, call, isFiltered ? undefined : gap),
      ...(inner.length === 0 ? {} : { shortened: shownWith(inner, page, call, isFiltered ? gap : undefined) }),
    };
    if (fits(JSON.stringify(value), limit)) break;
  }
  return value;
}

/** What is selected of a list has parts of its own, so it is a result of its own where it is too long. */
async function selectedPage(page: Page, call: Call, { store, limit }: ResultToolOptions): Promise<JsonObject> {
  const selection = await compileFields(String(call.args.fields));
  const { value: body, warning } = selection.apply(named(page.key, page.parts.slice(page.start, page.end)));
  const value = {
    body,
    ...frameOf(page, page.end - page.start, call),
    ...(warning === undefined ? {} : { warnings: [...page.warnings, warning] }),
  };
  return await fit(value, limit, (text) => store.put(text, call.kept.tool));
}

/**
 * Makes the tool `webex_result {result, path?, filter?, start?, max?, fields?}`.
 *
 * A page answers `{body, items_returned, start, total, matched?, complete, read_with?, result, expires_at}`; `body` holds
 * the items under the name that they have in the result, or alone where `path` was given.
 *
 * @param options What it works with.
 * @returns The tool.
 */
export function createResultTool(options: ResultToolOptions): BuiltInTool {
  return {
    definition: RESULT_DEFINITION,
    async call(args): Promise<ToolResult> {
      const handle = textOf(args.result) ?? "";
      const kept = await options.store.get(handle);
      if (kept === undefined) throw goneError(handle);
      const origin: Json = JSON.parse(kept.text);
      if (!isJsonObject(origin)) throw goneError(handle);
      const page = await pageOf(contentOf(origin), args);
      const call: Call = { args, kept, origin };
      const value = textOf(args.fields) === undefined
        ? shownPage(page, call, options.limit)
        : await selectedPage(page, call, options);
      return { isError: false, value };
    },
  };
}
