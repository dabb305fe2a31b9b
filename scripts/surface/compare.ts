/**
 * Compares two surfaces: what clients saw of the server before, and what they see now.
 *
 * @module
 */

import type { JsonObject } from "../../src/core/json.ts";
import { changedText } from "./changed_text.ts";
import { type Detail, schemaChanges } from "./schema_changes.ts";

/** A tool, a prompt or a template, as far as a client sees it. */
export interface Item {
  /** What it is shown under, such as its feature. */
  readonly group: string;
  readonly name: string;
  readonly description: string;
  /** Title and hints. */
  readonly annotations: JsonObject;
  /** What its arguments must be. */
  readonly schema: JsonObject;
}

/** What became of an item. */
export interface Change {
  readonly group: string;
  readonly name: string;
  readonly kind: "added" | "removed" | "renamed" | "changed";
  /** What it was called, if it was renamed. */
  readonly formerly?: string;
  readonly breaking: boolean;
  /** Single changes, the breaking ones first. */
  readonly details: readonly Detail[];
}

function annotationChanges({ annotations: before }: Item, { annotations: after }: Item): Detail[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].sort().flatMap((name): Detail[] => {
    const [old, now] = [JSON.stringify(before[name]), JSON.stringify(after[name])];
    return old === now ? [] : [{ text: `${name}: ${old ?? "none"} → ${now ?? "none"}`, breaking: false }];
  });
}

function detailsOf(before: Item, after: Item): Detail[] {
  const { description: old } = before;
  const { description: now } = after;
  const details = [
    ...(old === now ? [] : [{ text: `description: ${changedText(old, now)}`, breaking: false }]),
    ...annotationChanges(before, after),
    ...schemaChanges(before.schema, after.schema),
  ];
  return details.toSorted((a, b) => Number(b.breaking) - Number(a.breaking));
}

function compared(before: Item, after: Item): Change[] {
  const { group, name } = after;
  const details = detailsOf(before, after);
  const breaking = details.some((detail) => detail.breaking);
  if (before.name !== name) return [{ group, name, kind: "renamed", formerly: before.name, breaking, details }];
  return details.length === 0 ? [] : [{ group, name, kind: "changed", breaking, details }];
}

function byPlace(a: Change, b: Change): number {
  return a.group === b.group ? (a.name < b.name ? -1 : 1) : (a.group < b.group ? -1 : 1);
}

/**
 * Compares items.
 *
 * @param before What there was.
 * @param after What there is.
 * @param renamed Present names by former ones that still work.
 * @returns What changed, by group and name.
 */
export function compareItems(
  before: readonly Item[],
  after: readonly Item[],
  renamed: ReadonlyMap<string, string> = new Map(),
): readonly Change[] {
  const old = new Map(before.map((item) => [item.name, item]));
  const now = new Map(after.map((item) => [item.name, item]));
  const changes = before.flatMap((item): Change[] => {
    const { group, name } = item;
    const present = now.get(name) ?? now.get(renamed.get(name) ?? "");
    return present === undefined
      ? [{ group, name, kind: "removed", breaking: true, details: [] }]
      : compared(item, present);
  });
  const known = new Set([...old.keys(), ...changes.flatMap(({ kind, name }) => kind === "renamed" ? [name] : [])]);
  const added = after.filter(({ name }) => !known.has(name))
    .map(({ group, name, description }): Change => ({
      group,
      name,
      kind: "added",
      breaking: false,
      details: [{ text: description, breaking: false }],
    }));
  return [...changes, ...added].sort(byPlace);
}

/**
 * Compares instructions by their lines.
 *
 * @param before The text as it was.
 * @param after The text as it is.
 * @returns Lines that went, then lines that came, each with its sign.
 */
export function compareLines(before: string, after: string): readonly string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ];
}
