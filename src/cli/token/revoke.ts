/**
 * The command `token revoke`: takes a caller's token back.
 *
 * @module
 */

import { isCallerName } from "../../access/caller_file.ts";
import { nearestNames } from "../../collection/nearest.ts";
import { commandFor } from "../../core/command.ts";
import { UsageError } from "../../core/errors.ts";
import { guessText } from "../../core/guess.ts";
import type { ExitCode, TokenRevokeCommand } from "../grammar/command.ts";
import { openCallers, type TokenOutside } from "./outside.ts";

function unknown(name: string, known: readonly string[]): UsageError {
  // Whoever takes the token for the name must not see it repeated.
  const shown = isCallerName(name) ? ` ${JSON.stringify(name)}` : " of this name";
  return new UsageError(`Cannot find caller${shown}${guessText(nearestNames(name, known))}`, {
    code: "unknown_caller",
    guidance: `Run "${commandFor("token list")}" to see all callers.`,
  });
}

/**
 * Takes a token back.
 *
 * @param command Whose.
 * @param outside The outside of the program.
 * @returns The exit code.
 * @throws {UsageError} If there is no such caller, or the file cannot be written.
 */
export async function runRevoke({ name, callers: path }: TokenRevokeCommand, outside: TokenOutside): Promise<ExitCode> {
  const store = await openCallers(path, outside);
  await store.change((callers) => {
    const rest = callers.filter((caller) => caller.name !== name);
    if (rest.length === callers.length) throw unknown(name, callers.map((caller) => caller.name));
    return rest;
  });
  outside.stdout.write(`Revoked the token of "${name}"; servers that run notice within seconds\n`);
  return 0;
}
