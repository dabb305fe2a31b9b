/**
 * Chains lines by hashes, so that a line cannot be changed, removed or moved without the next one showing it.
 *
 * The chain has no key: whoever may write the file can make a whole new chain. It shows mistakes and careless changes,
 * and a copy of one hash elsewhere (an export, a ticket) proves everything up to that line.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { isJsonObject, isRecord, type Json, type JsonObject } from "../core/json.ts";

/** Stands for the hash before the first line. */
export const GENESIS: string = "0".repeat(64);

const HASH_REGEXP = /^[0-9a-f]{64}$/;

const CONTROL_REGEXP = /[\u007f-\u009f\u2028\u2029]/g;

/** Lines that this program writes are far flatter. */
const MAX_DEPTH = 64;

/** A line that is whole; whether it is true is for `verify` to find out. */
export interface ChainLine {
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
  /** The line with all its members. */
  readonly value: JsonObject;
}

/** Members in the order of their names, no blanks: the same text for the same value, as RFC 8785 has it. */
function canonical(value: Json, depth = 0): string {
  if (depth > MAX_DEPTH) throw new RangeError(`Cannot hash a line: it is nested deeper than ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(",")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort().map((name) =>
    `${JSON.stringify(name)}:${canonical(value[name] ?? null, depth + 1)}`
  );
  return `{${members.join(",")}}`;
}

/**
 * Computes the hash of a line: SHA-256 over the hash before it and the line's canonical JSON without `hash`.
 *
 * @param value The line, with or without `hash`.
 * @returns 64 hexadecimal digits.
 * @throws {RangeError} If the line is nested deeper than any that this program writes.
 */
export function hashOf(value: JsonObject): string {
  const { hash: _, ...rest } = value;
  const prev = typeof rest["prev"] === "string" ? rest["prev"] : "";
  // Node's is synchronous; the Web's goes to another thread and back for each line.
  return createHash("sha256").update(prev + canonical(rest)).digest("hex");
}

/**
 * Writes a line as it stands in the file, without its line feed. Control characters are escaped, so that reading the
 * file at a terminal is safe.
 *
 * @param value The line.
 * @returns JSON on one line.
 */
export function lineText(value: JsonObject): string {
  return JSON.stringify(value).replace(
    CONTROL_REGEXP,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return isRecord(value);
}

function isHash(value: unknown): value is string {
  return typeof value === "string" && HASH_REGEXP.test(value);
}

/**
 * Reads a line.
 *
 * @param text A line of the file.
 * @returns The line, or `undefined` if it is none, for example because it is torn.
 */
export function readLine(text: string): ChainLine | undefined {
  const value = parsed(text);
  if (!isObject(value)) return undefined;
  const { v, seq, prev, hash } = value;
  if (v !== 1 || typeof seq !== "number" || !Number.isSafeInteger(seq) || seq < 1) return undefined;
  return isHash(prev) && isHash(hash) ? { seq, prev, hash, value } : undefined;
}

/**
 * Adds lines to a chain.
 *
 * @param records The lines without `seq`, `prev` and `hash`.
 * @param last The line that they come after.
 * @returns The lines.
 */
export function chain(
  records: readonly JsonObject[],
  last: { readonly seq: number; readonly hash: string },
): ChainLine[] {
  const lines: ChainLine[] = [];
  let { seq, hash: prev } = last;
  for (const record of records) {
    seq++;
    const value: JsonObject = { v: 1, seq, ...record, prev };
    const hash = hashOf(value);
    lines.push({ seq, prev, hash, value: { ...value, hash } });
    prev = hash;
  }
  return lines;
}
