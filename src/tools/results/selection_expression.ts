/**
 * Selects parts of an answer by JMESPath (https://jmespath.site), as the argument `fields` asks.
 *
 * @module
 */

import { isJsonObject, type Json } from "../../core/json.ts";
import { compileExpression } from "./jmespath.ts";

/** What was selected. */
export interface Selection {
  /** What the expression found; the whole body where it could not be applied. */
  readonly value: Json;
  /** Set where the expression could not be applied, or found nothing although there was something to find. */
  readonly warning?: string;
}

/** A checked selection. */
export interface SelectionExpression {
  /**
   * Applies it; never throws: what Webex answered must not be lost for a mistake in what is to be shown of it.
   *
   * @param body What is selected from; never changed.
   */
  apply(body: Json): Selection;
}

/** An expression that most lists suit. */
const EXAMPLE = "items[].{name: displayName, id: id}";

/** More names would be longer than what they explain. */
const MAX_NAMES = 30;

/** In JMESPath, double quotes are around names. */
const QUOTED_REGEXP = /[=!<>]=?\s*"/;

function isEmpty(value: Json): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function namesOf(body: Json): string {
  if (Array.isArray(body)) return `the body is a list of ${body.length}, so begin with "[]"`;
  if (!isJsonObject(body)) return `the body is a ${typeof body}`;
  const keys = Object.keys(body);
  const named = keys.slice(0, MAX_NAMES).map((key) => key.slice(0, 60)).join(", ");
  return `the body's members are ${named}${keys.length > MAX_NAMES ? ", ..." : ""}`;
}

function warningOf(expression: string, body: Json, value: Json): string | undefined {
  if (!isEmpty(value) || isEmpty(body)) return undefined;
  if (QUOTED_REGEXP.test(expression)) {
    return `"fields" found nothing: in JMESPath, text is in single quotes, and "double quotes" name a member`;
  }
  return value === null ? `"fields" found nothing: ${namesOf(body)}` : undefined;
}

/**
 * Checks the argument `fields`; the library is loaded at the first one.
 *
 * @param expression The expression, for example `items[].{name: displayName, id: id}`.
 * @returns The selection, ready to be applied.
 * @throws {RefusedError} `invalid_fields`, if it is no expression, longer than 2,000 characters or absurdly deep.
 */
export async function compileFields(expression: string): Promise<SelectionExpression> {
  const checked = await compileExpression(expression, "fields", EXAMPLE);
  return {
    apply(body) {
      try {
        const value = checked.run(body);
        const warning = warningOf(expression, body, value);
        return { value, ...(warning === undefined ? {} : { warning }) };
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const hint = /type null|\(null\)/.test(reason) ? ", for example contains(name || '', 'x')" : "";
        return { value: body, warning: `"fields" could not be applied, the body is whole: ${reason}${hint}` };
      }
    },
  };
}
