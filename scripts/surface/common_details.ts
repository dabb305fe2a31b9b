/**
 * Takes out of many changes what is the same in all of them: an option that every tool got is one change, not a thousand.
 *
 * @module
 */

import type { Change } from "./compare.ts";
import type { Detail } from "./schema_changes.ts";

/** From how many tools on the same detail is told once. */
const MANY = 10;

/** A detail that many changes share. */
export interface CommonDetail extends Detail {
  readonly count: number;
}

/** Changes without what they have in common. */
export interface Folded {
  /** The most frequent first. */
  readonly common: readonly CommonDetail[];
  readonly changes: readonly Change[];
}

/**
 * Folds changes.
 *
 * @param changes The changes.
 * @returns What ten or more have in common, and the changes without it; those that are nothing else are left out.
 */
export function foldCommon(changes: readonly Change[]): Folded {
  const shared = Map.groupBy(
    changes.filter(({ kind }) => kind === "changed").flatMap(({ details }) => details),
    ({ text, breaking }) => `${breaking} ${text}`,
  );
  const common = [...shared.values()].flatMap((details) => {
    const [first] = details;
    return first !== undefined && details.length >= MANY ? [{ ...first, count: details.length }] : [];
  }).sort((a, b) => b.count - a.count);
  const known = new Set(common.map(({ text, breaking }) => `${breaking} ${text}`));
  return {
    common,
    changes: changes.flatMap((change): Change[] => {
      if (change.kind !== "changed") return [change];
      const details = change.details.filter(({ text, breaking }) => !known.has(`${breaking} ${text}`));
      return details.length === 0 ? [] : [{ ...change, details, breaking: details.some((one) => one.breaking) }];
    }),
  };
}
