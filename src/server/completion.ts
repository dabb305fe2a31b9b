/**
 * Completes the arguments of prompts and of resources' addresses.
 *
 * @module
 */

import {
  type CompleteRequestParams,
  type CompleteResult,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
} from "@modelcontextprotocol/server";
import type { CatalogueIndex } from "../tools/catalogue_index.ts";
import type { WorkflowBook } from "../tools/workflows/workflow_book.ts";
import { hidingErrors } from "./hidden_error.ts";
import { findPrompt } from "./prompts.ts";
import { CATALOGUE_URI, FEATURE_TEMPLATE, TOOL_TEMPLATE } from "./resources/addresses.ts";
import { RESULT_TEMPLATE } from "./resources/results.ts";

/** Where completions come from. */
export interface CompletionParts {
  readonly book: WorkflowBook;
  readonly index: CatalogueIndex;
  /** Takes secrets out of a text. */
  readonly hide: (text: string) => string;
}

/** The protocol allows no more values. */
const MAX_VALUES = 100;

/** No name is longer; what was typed can be of any length. */
const MAX_TYPED = 200;

/** Words with single blanks between, so that `features hunt` and `people list` find `Features: Hunt …` and `people_list_…`. */
function wordsOf(text: string): string {
  return text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** 0 begins with what was typed, 1 has a word that does, 2 contains it; `undefined` has nothing of it. */
function rankOf(value: string, typed: string): number | undefined {
  const words = wordsOf(value);
  if (words.startsWith(typed)) return 0;
  if (words.includes(` ${typed}`)) return 1;
  return words.includes(typed) ? 2 : undefined;
}

/**
 * Finds the values that fit what was typed so far.
 *
 * @param values All values, in the order of their importance.
 * @param typed What was typed; case and punctuation don't count.
 * @returns At most 100 values: first those that begin with it, then those with a word that does, then those that
 *   contain it.
 */
export function complete(values: readonly string[], typed: string): CompleteResult["completion"] {
  const wanted = wordsOf(typed.slice(0, MAX_TYPED));
  const ranks = Map.groupBy(values, (value) => rankOf(value, wanted));
  const fitting = [0, 1, 2].flatMap((rank) => ranks.get(rank) ?? []);
  const shown = fitting.slice(0, MAX_VALUES);
  return { values: shown, total: fitting.length, hasMore: shown.length < fitting.length };
}

const NAMES = {
  features: async (index: CatalogueIndex) => (await index.features()).map(({ name }) => name),
  tools: async (index: CatalogueIndex) =>
    (await index.features()).flatMap(({ endpoints }) => endpoints.map(({ tool }) => tool)).sort(),
};

async function promptValues({ book, index }: CompletionParts, name: string, argument: string) {
  const workflow = await findPrompt(book, name);
  const known = workflow.arguments.find((one) => one.name === argument);
  return known?.names === undefined ? known?.values ?? [] : await NAMES[known.names](index);
}

/** @throws {ProtocolError} If there is no such template. */
async function resourceValues(index: CatalogueIndex, uri: string, argument: string): Promise<readonly string[]> {
  if (uri === FEATURE_TEMPLATE) return argument === "feature" ? await NAMES.features(index) : [];
  if (uri === TOOL_TEMPLATE) return argument === "tool" ? await NAMES.tools(index) : [];
  // Handles of results are for whoever got one; a fixed address has nothing to complete.
  if (uri === RESULT_TEMPLATE || uri === CATALOGUE_URI) return [];
  const shown = uri.slice(0, MAX_TYPED).toWellFormed();
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `Unknown resource template "${shown}": expected "${FEATURE_TEMPLATE}" or "${TOOL_TEMPLATE}"`,
  );
}

async function valuesOf(parts: CompletionParts, { ref, argument }: CompleteRequestParams): Promise<readonly string[]> {
  if (ref.type === "ref/prompt") return await promptValues(parts, ref.name, argument.name);
  return await resourceValues(parts.index, ref.uri, argument.name);
}

/**
 * Answers `completion/complete`.
 *
 * @param server A server that has declared the capability `completions` and is not connected yet.
 * @param parts Where the values come from.
 */
export function registerCompletion(server: Server, parts: CompletionParts): void {
  server.setRequestHandler("completion/complete", async ({ params }) => ({
    completion: complete(await hidingErrors(parts.hide, () => valuesOf(parts, params)), params.argument.value),
  }));
}
