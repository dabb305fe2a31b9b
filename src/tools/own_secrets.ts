/**
 * Keeps the secrets of a call out of the failure that answers it: a host may repeat what was sent.
 *
 * @module
 */

import type { Json, JsonObject } from "../core/json.ts";
import { REDACTED } from "../core/redaction.ts";
import { MAX_DEPTH, type Secrecy, secrecyOf } from "./confirmation/masked.ts";
import type { ToolResult } from "./results/result.ts";

/** Shorter ones occur by chance, and nobody could read what is left. */
const MIN_LENGTH = 4;

function* secretsIn(value: Json, secrecy: Secrecy, depth = 0): Generator<string> {
  if (depth > MAX_DEPTH) return;
  if (typeof value !== "object" || value === null) {
    if (secrecy === "secret" && String(value).length >= MIN_LENGTH) yield String(value);
  } else if (Array.isArray(value)) {
    for (const item of value) yield* secretsIn(item, secrecy, depth + 1);
  } else {
    for (const [name, member] of Object.entries(value)) {
      // What is in a secret list is secret whatever its name.
      const own = secrecyOf(name, member, secrecy === "secret" ? "within" : secrecy);
      yield* secretsIn(member, own, depth + 1);
    }
  }
}

function without(value: Json, secrets: readonly string[], depth = 0): Json {
  if (typeof value === "string") return secrets.reduce((text, secret) => text.replaceAll(secret, REDACTED), value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > MAX_DEPTH) return REDACTED;
  if (Array.isArray(value)) return value.map((item) => without(item, secrets, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, without(member, secrets, depth + 1)]),
  );
}

/**
 * Takes the secrets of a call out of what Webex says of its failure.
 *
 * @param result The failure.
 * @param args The call's arguments: those whose name says that they are secret, at any depth, are looked for.
 * @returns The failure; in `error`, `[redacted]` stands in their place. Those below 4 characters are left alone.
 */
export function withoutOwnSecrets(result: ToolResult, args: JsonObject): ToolResult {
  const secrets = [...new Set(secretsIn(args, "open"))].sort((a, b) => b.length - a.length);
  if (secrets.length === 0) return result;
  const { error } = result.value;
  return error === undefined ? result : { ...result, value: { ...result.value, error: without(error, secrets) } };
}
