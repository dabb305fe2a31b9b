/**
 * Finds the facts that the specification states only in prose: scopes, roles, page sizes; and those that its
 * structure implies: paging style and list key.
 *
 * @module
 */

import type { Paging } from "../../src/collection/endpoint.ts";
import type { Draft } from "./draft.ts";

const SCOPE_REGEXP = /\b(?:spark(?:-admin|-compliance)?|identity|analytics|meeting|audit):[a-z][a-z0-9_]*\b/g;
const ROLE_SENTENCE_REGEXP = /[^.\n]*\b(?:administrators?|admin)\b[^.\n]*/gi;

const ROLES: readonly (readonly [string, RegExp])[] = [
  ["full", /\bfull\b/i],
  ["location", /\blocation administrator|\blocation(?:,| or| admin)/i],
  ["read-only", /\bread-only\b/i],
  ["user", /\buser(?:,| or| administrator)/i],
  ["device", /\bdevice(?:,| or| administrator)/i],
];

const DEFAULT_REGEXP = /\bdefault\s+(?:is|value is)\s+`?(\d+)/i;
const MAXIMUM_REGEXP = /(?:maximum value is|less than(?: or equal to)?|range is \d+ to)\s+`?(\d+)/i;

function scopesOf(prose: string): string[] {
  return [...new Set(prose.match(SCOPE_REGEXP) ?? [])].sort();
}

function rolesOf(description: string): string[] {
  const sentences = (description.match(ROLE_SENTENCE_REGEXP) ?? []).filter((s) =>
    /requir|must use|token|permission/i.test(s)
  ).join(" ");
  return ROLES.filter(([, pattern]) => pattern.test(sentences)).map(([role]) => role);
}

function pagingOf(draft: Draft): Paging | undefined {
  const has = (name: string) => draft.parameters[name]?.in === "query";
  if (draft.method !== "GET") return undefined;
  if (!has("max")) return has("from") && has("to") ? { style: "window" } : undefined;
  const style = has("start") || has("offset") ? "offset" : has("from") && has("to") ? "window" : "cursor";
  const text = /^@max: (.*)$/m.exec(draft.prose)?.[1] ?? "";
  const schema = draft.parameters.max?.schema;
  const size = typeof schema?.default === "number"
    ? schema.default
    : Number(DEFAULT_REGEXP.exec(text)?.[1] ?? Number.NaN);
  const max = schema?.maximum ?? Number(MAXIMUM_REGEXP.exec(text)?.[1] ?? Number.NaN);
  return {
    style,
    ...(Number.isNaN(size) ? {} : { default: size }),
    ...(Number.isNaN(max) ? {} : { max }),
  };
}

/** The only array of the answer, or `items`; for paged lists the first array. */
function listKeyOf(draft: Draft): string | undefined {
  if (draft.method !== "GET") return undefined;
  const properties = draft.responses["200"]?.schema?.properties ?? {};
  const arrays = Object.keys(properties).filter((name) => properties[name]?.type === "array");
  if (arrays.includes("items")) return "items";
  if (draft.facts.paging !== undefined || Object.keys(properties).length === 1) return arrays[0];
  return undefined;
}

/**
 * Fills in what the draft's prose and structure tell.
 *
 * @param draft The draft; its `facts` are completed in place.
 */
export function collectFacts(draft: Draft): void {
  draft.facts.scopes = scopesOf(draft.prose);
  draft.facts.roles = rolesOf(draft.prose.replace(/^@[\s\S]*/m, ""));
  const paging = pagingOf(draft);
  if (paging !== undefined) draft.facts.paging = paging;
  const list = listKeyOf(draft);
  if (list !== undefined) draft.facts.list = list;
}

/**
 * Finds what reading an object answers and changing it does not take, so that whoever sends back what was read is told.
 *
 * @param drafts All drafts; the facts of PUTs are completed in place.
 */
export function collectAnswerOnly(drafts: readonly Draft[]): void {
  const readers = new Map(drafts.filter(({ method }) => method === "GET").map((draft) => [draft.path, draft]));
  for (const draft of drafts.filter(({ method }) => method === "PUT")) {
    const answer = Object.keys(readers.get(draft.path)?.responses["200"]?.schema?.properties ?? {});
    const fields = draft.body?.schema.properties ?? {};
    const names = answer.filter((name) => fields[name] === undefined && draft.parameters[name] === undefined);
    if (names.length > 0) draft.facts.answerOnly = names;
  }
}
