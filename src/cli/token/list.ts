/**
 * The command `token list`: lists the callers of the HTTP server that have a token.
 *
 * @module
 */

import type { CallerEntry } from "../../access/caller_file.ts";
import { policyRecord } from "../../config/caller_policy.ts";
import { commandFor } from "../../core/command.ts";
import type { JsonObject } from "../../core/json.ts";
import { whenText } from "../auth/report.ts";
import { columns } from "../columns.ts";
import type { ExitCode, TokenListCommand } from "../grammar/command.ts";
import { openCallers, type TokenOutside } from "./outside.ts";
import { policyText } from "./policy_text.ts";

/** An entry as `token list --json` prints it; the members are a contract. */
function summary({ name, id, createdAt, expiresAt, policy }: CallerEntry, now: number): JsonObject {
  return {
    name,
    id,
    created_at: new Date(createdAt).toISOString(),
    expires_at: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
    expired: expiresAt !== undefined && expiresAt <= now,
    policy: policyRecord(policy),
  };
}

function rowOf({ name, id, createdAt, expiresAt, policy }: CallerEntry, now: number): readonly string[] {
  const expires = expiresAt === undefined ? "never" : whenText(expiresAt, now);
  return [name, id, whenText(createdAt, now), expires, policyText(policy)];
}

/**
 * Prints the callers; no hash is among it.
 *
 * @param command How to print them.
 * @param outside The outside of the program.
 * @returns The exit code.
 * @throws {UsageError} If the file cannot be read, or is wrong.
 */
export async function runList({ callers: path, json }: TokenListCommand, outside: TokenOutside): Promise<ExitCode> {
  const store = await openCallers(path, outside);
  const callers = [...(await store.read()).values()];
  const now = outside.clock.now();
  if (json) {
    outside.stdout.write(`${JSON.stringify(callers.map((caller) => summary(caller, now)), undefined, 2)}\n`);
  } else if (callers.length === 0) {
    outside.stdout.write(`No caller has a token yet: ${commandFor("token create NAME")} makes one\n`);
  } else {
    const heading = ["name", "id", "created", "expires", "policy"];
    outside.stdout.write(columns([heading, ...callers.map((caller) => rowOf(caller, now))]));
  }
  return 0;
}
