/**
 * Checks the content of the file of callers, and changes single entries of it.
 *
 * @module
 */

import { type CallerPolicy, POLICY_KEYS, policyRecord, readPolicy } from "../config/caller_policy.ts";
import { type FileContext, mapping, refuse, textOf } from "../config/file_values.ts";
import { isProfileName, PROFILE_NAME_RULE } from "../config/profile_name.ts";
import { commandFor } from "../core/command.ts";
import type { JsonObject } from "../core/json.ts";
import { isTokenHash, isTokenId, TOKEN_PREFIX } from "./caller_token.ts";

/** A caller with a token of this server's own. */
export interface CallerEntry {
  readonly name: string;
  /** Finds the entry for a token; no secret. */
  readonly id: string;
  readonly hash: string;
  /** In milliseconds since 1970. */
  readonly createdAt: number;
  /** In milliseconds since 1970; absent where the token doesn't end. */
  readonly expiresAt?: number;
  readonly policy: CallerPolicy;
}

/** The callers by the ids of their tokens, in the order of the file. */
export type Callers = ReadonlyMap<string, CallerEntry>;

/** What the check needs to know of its surroundings. */
export type CallerFileContext = Pick<FileContext, "path" | "nearest">;

/** What a caller's name must look like, for messages. */
export const CALLER_NAME_RULE: string = `${PROFILE_NAME_RULE}, nor the beginning of a token`;

const VERSION = 1;
const FILE_KEYS = ["version", "callers"];
const ENTRY_KEYS = ["id", "hash", "created_at", "expires_at", ...POLICY_KEYS];
const TIME_REGEXP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/;

const CREATE = `Only hashes of tokens are kept: let "${commandFor("token create NAME")}" make the entry.`;

const SECRETS: ReadonlyMap<string, string> = new Map([["token", CREATE], ["secret", CREATE], ["access_token", CREATE]]);

/**
 * Tells whether a caller can have this name.
 *
 * @param name Any text.
 * @returns Whether it follows {@linkcode CALLER_NAME_RULE}: a token that was taken for a name would be shown in lists.
 */
export function isCallerName(name: string): boolean {
  return isProfileName(name) && !name.startsWith(TOKEN_PREFIX);
}

function contextOf({ path, nearest }: CallerFileContext): FileContext {
  const chapter = "Callers of the HTTP server";
  return { path, nearest, resolve: (named) => named, code: "bad_callers_file", chapter, secretKeys: SECRETS };
}

function timeAt(context: FileContext, key: string, value: unknown): number {
  const text = textOf(context, key, value);
  const time = TIME_REGEXP.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  refuse(context, key, "a time such as 2026-03-31T14:00:00Z", "Correct the time.");
}

/** Neither the value nor what is wrong with it is told: it may be a token that was put there by mistake. */
function tokenPartAt(context: FileContext, key: string, value: unknown, isValid: (text: string) => boolean): string {
  const text = textOf(context, key, value);
  if (isValid(text)) return text;
  refuse(context, key, 'what "token create" writes', CREATE);
}

function entryAt(context: FileContext, name: string, value: unknown): CallerEntry {
  const place = `callers.${name}`;
  const { id, hash, created_at, expires_at, ...policy } = mapping(context, place, value, ENTRY_KEYS);
  return {
    name,
    id: tokenPartAt(context, `${place}.id`, id, isTokenId),
    hash: tokenPartAt(context, `${place}.hash`, hash, isTokenHash),
    createdAt: timeAt(context, `${place}.created_at`, created_at),
    ...(expires_at === undefined ? {} : { expiresAt: timeAt(context, `${place}.expires_at`, expires_at) }),
    policy: readPolicy(context, place, policy),
  };
}

function refuseTwins(context: FileContext, entries: readonly CallerEntry[]): void {
  const ids = new Map<string, string>();
  const names = new Map<string, string>();
  for (const { name, id } of entries) {
    const [sameId, sameName] = [ids.get(id), names.get(name.toLowerCase())];
    if (sameId !== undefined) {
      refuse(
        context,
        `callers.${name}.id`,
        `another id than that of ${sameId}`,
        "Revoke one of them, and create it anew.",
      );
    }
    if (sameName !== undefined) {
      refuse(context, `callers.${name}`, "names that differ in more than case", "Rename one of the callers.");
    }
    ids.set(id, name);
    names.set(name.toLowerCase(), name);
  }
}

/**
 * Checks the content of the file of callers.
 *
 * @param value What the file holds, parsed.
 * @param surroundings The file's path, and how names are guessed.
 * @returns The callers.
 * @throws {UsageError} If a key is unknown, a value has the wrong type, a name is not allowed, or two entries have the
 *   same id. No value is quoted.
 */
export function readCallers(value: unknown, surroundings: CallerFileContext): Callers {
  const context = contextOf(surroundings);
  const { version, callers } = mapping(context, "", value, FILE_KEYS);
  if (version !== VERSION) {
    refuse(context, "version", `${VERSION}`, "Use the program that wrote the file, or a newer one.");
  }
  const entries = Object.entries(mapping(context, "callers", callers ?? {})).map(([name, entry]) => {
    // The name isn't quoted: a token may have been put in its place.
    if (!isCallerName(name)) refuse(context, "callers", `names of ${CALLER_NAME_RULE}`, "Rename the caller.");
    return entryAt(context, name, entry);
  });
  refuseTwins(context, entries);
  return new Map(entries.map((entry) => [entry.id, entry]));
}

/**
 * Parses and checks the text of the file of callers.
 *
 * @param text The file's text.
 * @param surroundings The file's path, and how names are guessed.
 * @returns The callers.
 * @throws {UsageError} If the text is no JSON, or as {@linkcode readCallers} says.
 */
export function parseCallers(text: string, surroundings: CallerFileContext): Callers {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message would quote the text.
    refuse(contextOf(surroundings), "its content", "JSON", "Correct the file, or restore it from a copy.");
  }
  return readCallers(value, surroundings);
}

/** Whole seconds are enough, and easier to read. */
function timeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function recordOf({ id, hash, createdAt, expiresAt, policy }: CallerEntry): JsonObject {
  return {
    id,
    hash,
    created_at: timeText(createdAt),
    ...(expiresAt === undefined ? {} : { expires_at: timeText(expiresAt) }),
    ...policyRecord(policy),
  };
}

/**
 * Writes the file of callers.
 *
 * @param callers The callers.
 * @returns The file's text.
 */
export function formatCallers(callers: Iterable<CallerEntry>): string {
  const records = [...callers].map((entry) => [entry.name, recordOf(entry)]);
  return `${JSON.stringify({ version: VERSION, callers: Object.fromEntries(records) }, null, 2)}\n`;
}
