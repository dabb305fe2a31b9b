/**
 * Checks single values of files that people write: types, keys and words, each refusal with its place in the file.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import { guessText } from "../core/guess.ts";
import { isRecord } from "../core/json.ts";

/** What the check needs to know of its surroundings. */
export interface FileContext {
  /** The file's path, for messages. */
  readonly path: string;
  /** Makes a path of the file mean the same from every directory. */
  readonly resolve: (path: string) => string;
  /** Finds the known names that come closest to a wrong one. */
  readonly nearest: (wrong: string, known: Iterable<string>) => readonly string[];
  /** The code of refusals; default `bad_config_file`. */
  readonly code?: string;
  /** The chapter of README.md that explains the file; default `Profiles`. */
  readonly chapter?: string;
  /** What to do with secrets instead, by the keys that somebody may have put them under. */
  readonly secretKeys?: ReadonlyMap<string, string>;
}

/** A longer key, or one of other letters, may be a secret in the wrong place. */
const PLAIN_KEY_REGEXP = /^(?!wxm_)[\w.-]{1,40}$/;

/**
 * Refuses the file.
 *
 * @param context The file.
 * @param key What is wrong, by its path in the file.
 * @param expected What should be there; no value of the file is in it.
 * @param guidance What to do.
 * @throws {UsageError} Always.
 */
export function refuse(context: FileContext, key: string, expected: string, guidance: string): never {
  throw new UsageError(`Cannot use ${JSON.stringify(context.path)}: ${key}: expected ${expected}`, {
    code: context.code ?? "bad_config_file",
    guidance,
  });
}

/**
 * Names the kind of a value. Values are never quoted: somebody may have written a secret in the wrong place.
 *
 * @param value Any value.
 * @returns For example `a list`.
 */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "string") return value === "" ? "an empty text" : "a text";
  return typeof value === "object" ? "a mapping" : `a ${typeof value}`;
}

function refuseKey(context: FileContext, place: string, key: string, known: readonly string[]): never {
  const shown = PLAIN_KEY_REGEXP.test(key) ? key : "an unknown key";
  const where = place === "" ? shown : `${place}.${shown}`;
  const advice = context.secretKeys?.get(key);
  if (advice !== undefined) refuse(context, where, "no secret in this file", advice);
  const nearest = context.nearest(key, known);
  const keys = known.length === 0 ? "no further key" : `one of the keys ${known.join(", ")}`;
  refuse(context, where, `${keys}${guessText(nearest, ";")}`, "Correct the key, or take it out.");
}

/**
 * Reads a mapping.
 *
 * @param context The file.
 * @param place Its path in the file; empty for the whole.
 * @param value The value.
 * @param known The keys that it may have; absent where any may be there.
 * @returns The mapping.
 * @throws {UsageError} If it is none, or has another key.
 */
export function mapping(
  context: FileContext,
  place: string,
  value: unknown,
  known?: readonly string[],
): Record<string, unknown> {
  if (!isRecord(value)) {
    refuse(
      context,
      place || "its content",
      `a mapping, got ${kindOf(value)}`,
      `See "${context.chapter ?? "Profiles"}" in README.md.`,
    );
  }
  if (known !== undefined) {
    const unknown = Object.keys(value).find((key) => !known.includes(key));
    if (unknown !== undefined) refuseKey(context, place, unknown, known);
  }
  return value;
}

/**
 * Reads a text.
 *
 * @param context The file.
 * @param key Its path in the file.
 * @param value The value.
 * @returns The text without blanks around it.
 * @throws {UsageError} If it is none, or empty.
 */
export function textOf(context: FileContext, key: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "") return value.trim();
  refuse(context, key, `a text, got ${kindOf(value)}`, "Put the value in quotation marks if it looks like a number.");
}

/**
 * Reads yes or no.
 *
 * @param context The file.
 * @param key Its path in the file.
 * @param value The value.
 * @returns The value.
 * @throws {UsageError} If it is neither.
 */
export function booleanAt(context: FileContext, key: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  refuse(context, key, `true or false, got ${kindOf(value)}`, "Write true or false without quotation marks.");
}

/**
 * Reads a list of texts.
 *
 * @param context The file.
 * @param key Its path in the file.
 * @param value The value.
 * @returns The texts, at least one.
 * @throws {UsageError} If it is no such list, or empty.
 */
export function textsOf(context: FileContext, key: string, value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) {
    const guidance = Array.isArray(value) ? "Name at least one, or take the key out." : "Write it as [one, two].";
    refuse(context, key, `a list of texts, got ${kindOf(value)}`, guidance);
  }
  return value.map((item, index) => textOf(context, `${key}[${index}]`, item));
}

/**
 * Reads one of several words.
 *
 * @param context The file.
 * @param key Its path in the file.
 * @param value The value.
 * @param words The words.
 * @returns One of them.
 * @throws {UsageError} If it is none of them.
 */
export function wordAt<Word extends string>(
  context: FileContext,
  key: string,
  value: unknown,
  words: readonly [Word, ...Word[]],
): Word {
  const found = words.find((word) => word === value);
  return found ?? refuse(context, key, `one of ${words.join(", ")}`, `Use one of them, or leave the key out.`);
}

/**
 * Reads a whole number.
 *
 * @param context The file.
 * @param key Its path in the file.
 * @param value The value.
 * @param range The least and the most that it may be.
 * @returns The number.
 * @throws {UsageError} If it is none within the range.
 */
export function wholeNumberAt(
  context: FileContext,
  key: string,
  value: unknown,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
  const got = typeof value === "number" ? "another one" : kindOf(value);
  refuse(context, key, `a whole number from ${min} to ${max}, got ${got}`, "Correct the number, or leave the key out.");
}
