/**
 * Applies the hand-kept corrections of `data/overrides/` to the drafts.
 *
 * An entry names operations (`for`), the place in them (`at`) and what to `set` or `unset` there. It must still change
 * something: an entry that finds no operation, no place, or the values already there fails the build, so that
 * corrections disappear when the specification catches up.
 *
 * @module
 */

import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../../src/core/json.ts";
import type { Draft } from "./draft.ts";

/** One correction. */
export interface Override {
  /** The file it stands in, for messages. */
  readonly file: string;
  /** `METHOD /path` as the specification has it; `*` stands for any text; several make a list. */
  readonly for: readonly string[];
  /**
   * The place, dotted: `parameters.phoneNumber`, `body.schema.properties.agents`, `facts`, `examples.0`; empty for the
   * operation itself.
   */
  readonly at: string;
  /** Members to write; an object value replaces. */
  readonly set: Readonly<Record<string, unknown>>;
  /** Members to take away. */
  readonly unset: readonly string[];
  /** Why the specification is wrong or silent here. */
  readonly reason: string;
  /** Where the fact comes from. */
  readonly source: string;
}

function fail(file: string, index: number, problem: string): never {
  throw new Error(`Cannot use override ${index + 1} of "${file}": ${problem}`);
}

function strings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
}

/**
 * Reads one override file.
 *
 * @param file Its name, for messages.
 * @param content The parsed file: a list of entries.
 * @returns The entries.
 * @throws {Error} If an entry lacks its `for`, `reason` or `source`, or changes nothing.
 */
export function parseOverrides(file: string, content: unknown): Override[] {
  if (!Array.isArray(content)) throw new Error(`Cannot use "${file}": expected a list of entries`);
  return content.map((entry: unknown, index) => {
    if (!isRecord(entry)) return fail(file, index, "expected a map");
    const { reason, source, at = "", set = {} } = entry;
    const keys = strings(entry.for);
    const unset = strings(entry.unset ?? []);
    if (keys.length === 0) return fail(file, index, `"for" names no operation`);
    if (typeof reason !== "string" || typeof source !== "string") {
      return fail(file, index, `"reason" and "source" are required`);
    }
    if (typeof at !== "string" || !isRecord(set)) return fail(file, index, `"at" is a place and "set" a map`);
    if (Object.keys(set).length + unset.length === 0) return fail(file, index, `nothing to "set" or "unset"`);
    return { file, for: keys, at, set, unset, reason, source };
  });
}

function pattern(key: string): RegExp {
  return new RegExp(`^${key.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*")}$`);
}

/** The object at the dotted place; the last step is made when it is missing, so that whole parameters can be added. */
function placeIn(draft: Draft, at: string): Record<string, unknown> | undefined {
  let here: unknown = draft;
  const steps = at === "" ? [] : at.split(".");
  for (const [depth, step] of steps.entries()) {
    if (Array.isArray(here)) {
      here = here[Number(step)];
      continue;
    }
    if (!isRecord(here)) return undefined;
    if (here[step] === undefined && depth === steps.length - 1) here[step] = {};
    here = here[step];
  }
  return isRecord(here) ? here : undefined;
}

function change(target: Record<string, unknown>, override: Override): boolean {
  let changed = false;
  for (const [name, value] of Object.entries(override.set)) {
    if (isDeepStrictEqual(target[name], value)) continue;
    target[name] = structuredClone(value);
    changed = true;
  }
  for (const name of override.unset) {
    if (!(name in target)) continue;
    delete target[name];
    changed = true;
  }
  return changed;
}

/**
 * Applies overrides in their order.
 *
 * @param drafts All drafts; changed in place.
 * @param overrides The corrections.
 * @returns What no longer applies, one line each; empty when all is well.
 */
export function applyOverrides(drafts: readonly Draft[], overrides: readonly Override[]): string[] {
  const problems: string[] = [];
  for (const override of overrides) {
    for (const key of override.for) {
      const matcher = pattern(key);
      const matches = drafts.filter((draft) => matcher.test(draft.key));
      const where = `${override.file}: "${key}"${override.at === "" ? "" : ` at "${override.at}"`}`;
      if (matches.length === 0) problems.push(`${where}: no such operation`);
      for (const draft of matches) {
        const target = placeIn(draft, override.at);
        if (target === undefined) problems.push(`${where}: no such place in ${draft.key}`);
        else if (!change(target, override)) problems.push(`${where}: no longer changes anything in ${draft.key}`);
      }
    }
  }
  return problems;
}
