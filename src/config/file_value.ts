/**
 * Reads values of the configuration file, and says what is wrong with one.
 *
 * @module
 */

import { commandFor } from "../core/command.ts";
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
}

const SECRET_ADVICE = new Map([
  ["access_token", "Put the token into a file of its own and name it in token_file, or set WEBEX_ACCESS_TOKEN."],
  ["token", "Put the token into a file of its own and name it in token_file, or set WEBEX_ACCESS_TOKEN."],
  [
    "client_secret",
    `Name a file in client_secret_file, or let "${commandFor("auth login")}" keep the secret with the tokens.`,
  ],
  ["refresh_token", `Let "${commandFor("auth login")}" keep it with the tokens, or set WEBEX_REFRESH_TOKEN.`],
]);

/**
 * Refuses a value of the file.
 *
 * @param context The file.
 * @param key Where the value stands.
 * @param expected What was expected there, and what came instead; never the value itself, which may be a secret.
 * @param guidance What to do.
 * @throws {UsageError} Always.
 */
export function refuse(context: FileContext, key: string, expected: string, guidance: string): never {
  throw new UsageError(`Cannot use ${JSON.stringify(context.path)}: ${key}: expected ${expected}`, {
    code: "bad_config_file",
    guidance,
  });
}

/** Values are never quoted: somebody may have written a secret in the wrong place. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "string") return value === "" ? "an empty text" : "a text";
  return typeof value === "object" ? "a mapping" : `a ${typeof value}`;
}

function refuseKey(context: FileContext, place: string, key: string, known: readonly string[]): never {
  const where = place === "" ? key : `${place}.${key}`;
  const advice = SECRET_ADVICE.get(key);
  if (advice !== undefined) refuse(context, where, "no secret in this file", advice);
  const nearest = context.nearest(key, known);
  const keys = known.length === 0 ? "no further key" : `one of the keys ${known.join(", ")}`;
  refuse(context, where, `${keys}${guessText(nearest, ";")}`, "Correct the key, or take it out.");
}

/**
 * Reads a mapping.
 *
 * @param context The file.
 * @param place Where it stands; empty for the whole file.
 * @param value The value.
 * @param known The keys that it may have; any, where absent.
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
    refuse(context, place || "its content", `a mapping, got ${kindOf(value)}`, 'See "Profiles" in README.md.');
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
 * @param key Where it stands.
 * @param value The value.
 * @returns The text without blanks around it.
 * @throws {UsageError} If it is none, or empty.
 */
export function textOf(context: FileContext, key: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "") return value.trim();
  refuse(context, key, `a text, got ${kindOf(value)}`, "Put the value in quotation marks if it looks like a number.");
}

/**
 * Reads `true` or `false`.
 *
 * @param context The file.
 * @param key Where it stands.
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
 * @param key Where it stands.
 * @param value The value.
 * @returns The texts.
 * @throws {UsageError} If it is none, or empty, or holds something else.
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
 * @param key Where it stands.
 * @param value The value.
 * @param words The words.
 * @returns The word.
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
