/**
 * Composes an endpoint's description from its facts.
 *
 * @module
 */

import type { Draft } from "./draft.ts";

const MOST_NAMES = 4;

function names(list: readonly string[], most = MOST_NAMES): string {
  return list.length > most ? `${list.slice(0, most).join(", ")}…` : list.join(", ");
}

function success(draft: Draft): Draft["responses"][string] | undefined {
  return Object.entries(draft.responses).sort(([a], [b]) => a < b ? -1 : 1).find(([, shape]) => shape.schema)?.[1];
}

/** What comes back: the items of a list by their fields, or the answer's own fields. */
function returns(draft: Draft): string {
  const schema = success(draft)?.schema;
  const properties = schema?.properties ?? schema?.items?.properties;
  if (properties === undefined) return draft.method === "GET" ? "Returns a file or an empty answer." : "";
  const list = draft.facts.list;
  const items = list === undefined ? undefined : properties[list]?.items?.properties;
  if (list !== undefined) {
    return `Returns ${list}${items === undefined ? "" : ` (${names(Object.keys(items))})`}.`;
  }
  return `Returns ${names(Object.keys(properties))}.`;
}

function paging({ facts: { paging } }: Draft): string {
  if (paging?.max === undefined && paging?.default === undefined) return "";
  if (paging.max === paging.default || paging.default === undefined) return `Pages of ${paging.max ?? paging.default}.`;
  return paging.max === undefined
    ? `Pages of ${paging.default}.`
    : `Pages of ${paging.default}, at most ${paging.max}.`;
}

function effect(draft: Draft): string {
  const { facts, method } = draft;
  if (facts.danger !== undefined) return `${facts.danger}.`;
  if (method === "DELETE") return "Deletes for good.";
  if (method === "PUT" && hasArray(draft)) return "Lists sent replace.";
  return "";
}

function hasArray(draft: Draft): boolean {
  return Object.values(draft.body?.schema.properties ?? {}).some((property) => property.type === "array");
}

function job({ facts }: Draft, toolOf: (key: string) => string | undefined): string {
  return facts.job === undefined ? "" : `Starts a job; follow it with ${toolOf(facts.job.poll) ?? facts.job.poll}.`;
}

function scope({ facts: { scopes } }: Draft): string {
  return scopes.length === 0 ? "" : `Scope ${scopes.join(" or ")}.`;
}

/**
 * Composes what stands behind `[Feature] Title: `.
 *
 * @param draft The finished draft.
 * @param toolOf Gives the tool of an operation named as `METHOD /path`.
 * @returns Short sentences: effect, answer, paging, job, scope.
 */
export function describeDraft(draft: Draft, toolOf: (key: string) => string | undefined): string {
  const sentences = [
    draft.deprecated ? "Deprecated." : "",
    effect(draft),
    returns(draft),
    paging(draft),
    job(draft, toolOf),
    scope(draft),
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}
