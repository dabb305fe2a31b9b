/**
 * How much each field of an endpoint tells.
 *
 * @module
 */

import type { FieldName } from "./fields.ts";

/** Where a term stands: where it is told what an endpoint is about, or only in explanations of its parts. */
export type Standing = "told" | "noted";

/** How much a field counts, and how much a long field is held against its terms. */
export interface FieldRule {
  readonly field: FieldName;
  readonly weight: number;
  readonly length: number;
  readonly standing: Standing;
  /** Terms that stand together are pairs. What stands together in a saying is matched as a whole. */
  readonly paired: boolean;
}

const TOLD = { standing: "told", paired: true } as const;
const NOTED = { standing: "noted", paired: false } as const;

/** The rules of all fields. */
export const FIELD_RULES: readonly FieldRule[] = [
  { field: "title", weight: 5, length: 0.5, ...TOLD },
  { field: "feature", weight: 1.6, length: 0.2, ...TOLD },
  { field: "path", weight: 3, length: 0.4, ...TOLD },
  { field: "purpose", weight: 1.3, length: 0.5, ...TOLD },
  { field: "everyday", weight: 2.2, length: 0.25, ...TOLD },
  { field: "sayings", weight: 0.5, length: 0.25, ...TOLD, paired: false },
  { field: "parameters", weight: 0.8, length: 0.6, ...NOTED },
  { field: "members", weight: 0.7, length: 0.6, ...NOTED },
  { field: "answers", weight: 0.5, length: 0.6, ...NOTED },
  { field: "notes", weight: 0.2, length: 0.6, ...NOTED },
];
