/**
 * Chooses items of a list, by a condition or by words that they contain.
 *
 * @module
 */

import { RefusedError } from "../../core/errors.ts";
import type { Json } from "../../core/json.ts";
import { compileExpression, type Expression } from "./jmespath.ts";
import type { Sequence } from "./sequence.ts";
import { WorkBudget, WorkError } from "./work_budget.ts";

/** What a filter lets pass. */
export interface Choice {
  /** Positions, in their order. */
  readonly chosen: readonly number[];
  readonly warning?: string;
}

const EXAMPLE =
  "contains(displayName, 'Ann') && type == 'USER'; plain words without operators are looked for as they are";

const MAX_LENGTH = 2_000;

/** A condition that fails so often, and never held, is wrong. */
const MAX_FAILED = 1_000;

/** What only a condition has: comparisons, calls, indexes. */
const CONDITION_REGEXP = /[=!<>]=|[<>`[]|&&|\|\||\w\(|^\s*!/;

/** Quotes around the whole mean the words within. */
const QUOTED_REGEXP = /^\s*(["'])(.*)\1\s*$/s;

function holds(value: Json, words: string): boolean {
  if (typeof value === "string") return value.toLowerCase().includes(words);
  if (Array.isArray(value)) return value.some((item) => holds(item, words));
  if (typeof value === "object" && value !== null) {
    for (const key in value) if (holds(value[key] ?? null, words)) return true;
    return false;
  }
  return value !== null && String(value).includes(words);
}

/** As JMESPath has it: nothing and what is empty is false. */
function isTrue(value: Json): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return value === 0 || Boolean(value);
}

/** Counts the items that a condition cannot be applied to: a function met a value that it cannot take. */
function chooseBy(condition: Expression, parts: Sequence): Choice {
  const chosen: number[] = [];
  let failed = 0;
  let tried = 0;
  let reason = "";
  const budget = new WorkBudget();
  for (let index = 0; index < parts.total && (tried < MAX_FAILED || failed < tried); index++) {
    tried++;
    try {
      if (isTrue(condition.run(parts.part(index), budget))) chosen.push(index);
    } catch (error) {
      if (error instanceof WorkError) {
        throw new RefusedError(`Cannot apply "filter" to the ${parts.unit}: ${error.message}`, {
          code: "invalid_filter",
          guidance: `Use a simpler one, for example ${EXAMPLE}`,
        });
      }
      reason = error instanceof Error ? error.message : String(error);
      failed++;
    }
  }
  if (failed === 0) return { chosen };
  if (failed < tried) {
    return { chosen, warning: `"filter" left out ${failed} ${parts.unit} that it could not be applied to: ${reason}` };
  }
  throw new RefusedError(`Cannot apply "filter" to any of the ${parts.unit}: ${reason}`, {
    code: "invalid_filter",
    guidance: `Use names that the ${parts.unit} have, for example ${EXAMPLE}`,
  });
}

/**
 * Chooses parts of a sequence.
 *
 * @param text A JMESPath condition on a part, for example `contains(displayName, 'Ann')`; or plain words, which a part
 *   contains in one of its values, whatever their case.
 * @param parts What is chosen from.
 * @returns The positions of those that were chosen, and what the caller should know.
 * @throws {RefusedError} `invalid_filter`, if the condition is none, or not one of the parts has what it needs.
 */
export async function chooseParts(text: string, parts: Sequence): Promise<Choice> {
  if (text.length > MAX_LENGTH) {
    throw new RefusedError(`Cannot take "filter": longer than ${MAX_LENGTH} characters`, {
      code: "invalid_filter",
      guidance: `Use a shorter one, for example ${EXAMPLE}`,
    });
  }
  if (CONDITION_REGEXP.test(text)) return chooseBy(await compileExpression(text, "filter", EXAMPLE), parts);
  const words = (QUOTED_REGEXP.exec(text)?.[2] ?? text).trim().toLowerCase();
  const chosen: number[] = [];
  for (let index = 0; index < parts.total; index++) if (holds(parts.part(index), words)) chosen.push(index);
  return { chosen };
}
