/**
 * Reads single settings: a flag wins over its variable, and a variable over the default.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import type { Environment, EnvironmentName } from "./environment.ts";
import type { Flag } from "./flag.ts";

/** A flag with a variable. */
type VariableFlag = Flag & { readonly environment: EnvironmentName };

/** A value, and where it comes from, for messages. */
export interface Given {
  readonly text: string;
  readonly source: string;
}

/**
 * Reads a variable.
 *
 * @param environment Reads variables.
 * @param name The variable.
 * @returns Its value without blanks around it; a variable that is set to nothing counts as not set.
 */
export function readVariable(environment: Environment, name: EnvironmentName): string | undefined {
  const value = environment(name)?.trim();
  return value === "" ? undefined : value;
}

/**
 * Finds what was given for a flag, by itself or by its variable.
 *
 * @param flag The flag.
 * @param value The flag's value on the command line.
 * @param environment Reads variables.
 * @returns The value and its source, or `undefined` when neither is set.
 */
export function given(flag: VariableFlag, value: string | undefined, environment: Environment): Given | undefined {
  if (value !== undefined) return { text: value, source: flag.name };
  const variable = readVariable(environment, flag.environment);
  return variable === undefined ? undefined : { text: variable, source: flag.environment };
}

/**
 * Reads one of several words.
 *
 * @param setting What was given; case does not matter.
 * @param choices The words, the default first.
 * @returns One of the words.
 * @throws {UsageError} If it is none of them.
 */
export function choiceOf<Choice extends string>(
  setting: Given | undefined,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  if (setting === undefined) return choices[0];
  const found = choices.find((choice) => choice === setting.text.trim().toLowerCase());
  if (found !== undefined) return found;
  const words = choices.map((choice) => `"${choice}"`);
  const expected = `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  throw new UsageError(`Cannot use ${setting.source} ${JSON.stringify(setting.text)}: expected ${expected}`, {
    code: "bad_choice",
    guidance: `Use one of them, or leave it out for ${words[0]}.`,
  });
}

/** The numbers that a setting takes. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly fallback: number;
  /** What is counted, for messages, for example `seconds`. */
  readonly unit: string;
}

/**
 * Reads a whole number.
 *
 * @param setting What was given.
 * @param range What it may be.
 * @returns The number, or the fallback when nothing was given.
 * @throws {UsageError} If it is no whole number within the range.
 */
export function wholeNumberOf(setting: Given | undefined, { min, max, fallback, unit }: NumberRange): number {
  if (setting === undefined) return fallback;
  const number = /^\d{1,9}$/.test(setting.text.trim()) ? Number(setting.text) : NaN;
  if (number >= min && number <= max) return number;
  throw new UsageError(
    `Cannot use ${setting.source} ${
      JSON.stringify(setting.text)
    }: expected a whole number of ${unit} from ${min} to ${max}`,
    { code: "bad_number", guidance: `Give such a number, or leave it out for ${fallback}.` },
  );
}

/**
 * Reads yes or no from a variable.
 *
 * @param environment Reads variables.
 * @param name The variable.
 * @returns Whether it says yes; `false` when it isn't set.
 * @throws {UsageError} If it is neither.
 */
export function booleanOf(environment: Environment, name: EnvironmentName): boolean {
  const value = readVariable(environment, name) ?? "false";
  if (/^(?:1|true|yes|on)$/i.test(value)) return true;
  if (/^(?:0|false|no|off)$/i.test(value)) return false;
  throw new UsageError(`Cannot use ${name} ${JSON.stringify(value)}: expected true or false`, {
    code: "bad_boolean",
    guidance: "Use 1, true, yes or on, or 0, false, no or off.",
  });
}
