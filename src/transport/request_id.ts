/**
 * What can be done for requests that break the rules: the id to answer them under, and leaving out what does no harm.
 *
 * @module
 */

import { isRecord } from "../core/json.ts";
import type { LongLine } from "./line_reader.ts";

/** Before the id, only members with a plain text for a value: so it is the message's own. */
const HEAD_REGEXP =
  /^\s*\{(?:\s*"(?:jsonrpc|method)"\s*:\s*"[^"\\]*"\s*,)*\s*"id"\s*:\s*(-?\d{1,16}|"[^"\\]{0,200}")\s*,/;

/** The one brace at the end closes the message. */
const TAIL_REGEXP = /,\s*"id"\s*:\s*(-?\d{1,16}|"[^"\\]{0,200}")\s*(?:,\s*"jsonrpc"\s*:\s*"2\.0"\s*)?\}\s*$/;

const METHOD_REGEXP = /"method"\s*:\s*"/;

/**
 * Finds the id of a message that is no legal one.
 *
 * @param message A JSON value.
 * @returns The id, where it is a request and its id is a text or a number.
 */
export function requestIdOf(message: unknown): string | number | undefined {
  if (!isRecord(message) || !("method" in message)) return undefined;
  const { id } = message;
  return typeof id === "string" || typeof id === "number" ? id : undefined;
}

/**
 * Finds the id of an answer that is no legal one.
 *
 * @param message A JSON value.
 * @returns The id, where the message is no request and its id is a text or a number.
 */
export function answeredIdOf(message: unknown): string | number | undefined {
  if (!isRecord(message) || "method" in message) return undefined;
  const { id } = message;
  return typeof id === "string" || typeof id === "number" ? id : undefined;
}

/**
 * Finds the id of a request that was too long to be read.
 *
 * @param line What is left of it.
 * @returns The id, where it stands at the beginning or at the end, as official clients write it.
 */
export function requestIdOfLong({ head, tail }: LongLine): string | number | undefined {
  if (!METHOD_REGEXP.test(head) && !METHOD_REGEXP.test(tail)) return undefined;
  const text = (HEAD_REGEXP.exec(head) ?? TAIL_REGEXP.exec(tail))?.[1];
  if (text === undefined) return undefined;
  return text.startsWith('"') ? text.slice(1, -1) : Number(text);
}

/**
 * Leaves out a progress token that is none: some clients write `null` where they have none.
 *
 * @param message A JSON value; changed in its place.
 */
export function dropOddToken(message: unknown): void {
  if (!isRecord(message) || !isRecord(message.params) || !isRecord(message.params._meta)) return;
  const meta = message.params._meta;
  if (typeof meta.progressToken !== "string" && !Number.isSafeInteger(meta.progressToken)) delete meta.progressToken;
}
