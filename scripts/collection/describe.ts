/**
 * Composes an endpoint's description from its facts.
 *
 * @module
 */

import { scopeText } from "../../src/collection/scopes.ts";
import type { Draft } from "./draft.ts";

const MOST_NAMES = 5;

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

/** The query parameters that narrow a list; paging, sorting and the organization are no filters. */
const NO_FILTERS = new Set(["orgId", "max", "start", "order"]);

function filters(draft: Draft): string {
  if (draft.facts.list === undefined) return "";
  const query = Object.values(draft.parameters).filter((parameter) => parameter.in === "query").map(({ name }) => name);
  const narrowing = query.filter((name) => !NO_FILTERS.has(name));
  return narrowing.length === 0 ? "" : `Filters: ${names(narrowing)}.`;
}

function job({ facts }: Draft, toolOf: (key: string) => string | undefined): string {
  return facts.job === undefined ? "" : `Starts a job; follow it with ${toolOf(facts.job.poll) ?? facts.job.poll}.`;
}

function scope({ facts }: Draft): string {
  return facts.scopes.length === 0 ? "" : `Scope ${scopeText(facts)}.`;
}

/** The operation's own user needs no role; an administrator of any kind does. */
function role({ facts: { roles } }: Draft): string {
  return roles.length === 0 ? "" : `Admin role: ${roles.join(", ")}.`;
}

/**
 * Composes what stands behind `[Feature] Title: `.
 *
 * @param draft The finished draft.
 * @param purpose What it does, where the title does not say it.
 * @param toolOf Gives the tool of an operation named as `METHOD /path`.
 * @returns Short sentences: purpose, effect, answer, paging, filters, job, scope, role.
 */
export function describeDraft(
  draft: Draft,
  purpose: string | undefined,
  toolOf: (key: string) => string | undefined,
): string {
  const sentences = [
    draft.deprecated ? "Deprecated." : "",
    purpose === undefined ? "" : `${purpose}.`,
    effect(draft),
    returns(draft),
    paging(draft),
    filters(draft),
    job(draft, toolOf),
    scope(draft),
    role(draft),
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}
