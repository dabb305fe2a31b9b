/**
 * Writes for people what changed of a surface, and what it costs.
 *
 * @module
 */

import { columns } from "../../src/cli/columns.ts";
import { type CommonDetail, foldCommon } from "./common_details.ts";
import type { Change } from "./compare.ts";

/** What one part of the surface costs before and after; absent where it isn't there. */
export interface Cost {
  readonly part: string;
  readonly before?: number | undefined;
  readonly after?: number | undefined;
}

/** How much is shown of a long difference. */
const MOST = { items: 40, details: 6, lines: 12 } as const;

const SIGNS: Readonly<Record<Change["kind"], string>> = { added: "+", removed: "-", renamed: "~", changed: "~" };

/** Stands before what a caller can stumble over. */
function mark(breaking: boolean): string {
  return breaking ? "!" : " ";
}

function shownTokens(tokens: number | undefined): string {
  return tokens === undefined ? "not there" : String(tokens);
}

function difference({ before, after }: Cost): string {
  if (before === undefined || after === undefined) return "";
  return after > before ? `+${after - before}` : String(after - before);
}

/**
 * Writes costs.
 *
 * @param costs The costs.
 * @param compared There is something to compare with; otherwise only the present costs are shown.
 * @returns A table with a heading.
 */
export function costsText(costs: readonly Cost[], compared: boolean): string {
  const rows = costs.map((cost) => [
    cost.part,
    ...(compared ? [shownTokens(cost.before)] : []),
    shownTokens(cost.after),
    ...(compared ? [difference(cost)] : []),
  ]);
  const head = compared ? ["tokens (o200k)", "before", "after", "difference"] : ["tokens (o200k)", "now"];
  return columns([head, ...rows], "", compared ? [1, 2, 3] : [1]);
}

function changeLines({ name, kind, formerly, breaking, details }: Change, all: boolean): string[] {
  const head = formerly === undefined ? name : `${name} (was ${formerly}, which still works)`;
  const shown = all ? details : details.slice(0, MOST.details);
  const rest = details.length - shown.length;
  return [
    `${mark(breaking)} ${SIGNS[kind]} ${head}`,
    ...shown.map((detail) => `${mark(detail.breaking)}     ${detail.text}`),
    ...(rest === 0 ? [] : [`      … ${rest} more`]),
  ];
}

function counted(changes: readonly Change[]): string {
  const counts = (["added", "removed", "renamed", "changed"] as const)
    .map((kind) => [kind, changes.filter((change) => change.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`);
  const breaking = changes.filter((change) => change.breaking).length;
  return `${counts.join(", ")}; ${breaking === 0 ? "nothing breaks" : `${breaking} can break a caller (!)`}`;
}

function commonLines(common: readonly CommonDetail[]): string[] {
  if (common.length === 0) return [];
  return [
    "Many tools alike",
    ...common.map(({ text, breaking, count }) => `  ${mark(breaking)} ${text} (${count} tools)`),
  ];
}

/**
 * Writes changes by their groups.
 *
 * @param changes The changes, in the order of their groups.
 * @param all Show all of them; otherwise a long difference is cut, and what can break a caller is kept first of all.
 * @returns The lines.
 */
export function changesText(changes: readonly Change[], all: boolean): string {
  if (changes.length === 0) return "Nothing listed has changed\n";
  const folded = all ? { common: [], changes } : foldCommon(changes);
  const urgent = folded.changes.toSorted((a, b) => Number(b.breaking) - Number(a.breaking));
  const kept = new Set(all ? urgent : urgent.slice(0, MOST.items));
  const groups = Map.groupBy(folded.changes.filter((change) => kept.has(change)), ({ group }) => group);
  const lines = [...groups].flatMap(([group, members]) => [
    group,
    ...members.flatMap((change) => changeLines(change, all)).map((line) => `  ${line}`),
  ]);
  const rest = folded.changes.length - kept.size;
  const more = rest === 0 ? [] : [`… ${rest} more: --all shows them`];
  return [counted(changes), "", ...commonLines(folded.common), ...lines, ...more, ""].join("\n");
}

/**
 * Writes what changed of a text.
 *
 * @param title What the text is.
 * @param lines Its lines that changed, with their signs.
 * @param all Show all of them.
 * @returns The lines with a heading; nothing if none changed.
 */
export function linesText(title: string, lines: readonly string[], all: boolean): string {
  if (lines.length === 0) return "";
  const shown = all ? lines : lines.slice(0, MOST.lines);
  const rest = lines.length - shown.length;
  return [title, ...shown.map((line) => `  ${line}`), ...(rest === 0 ? [] : [`  … ${rest} more lines`]), ""].join("\n");
}
