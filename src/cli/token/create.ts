/**
 * The command `token create`: makes a token for a caller of the HTTP server.
 *
 * @module
 */

import { CALLER_NAME_RULE, type CallerEntry, isCallerName } from "../../access/caller_file.ts";
import { mintToken } from "../../access/caller_token.ts";
import { commandFor } from "../../core/command.ts";
import { UsageError } from "../../core/errors.ts";
import { whenText } from "../auth/report.ts";
import type { ExitCode, TokenCreateCommand } from "../grammar/command.ts";
import { parseExpiry } from "./expiry.ts";
import { openCallers, type TokenOutside } from "./outside.ts";
import { policyOf } from "./policy.ts";
import { policyText } from "./policy_text.ts";

function checkName(name: string): void {
  if (isCallerName(name)) return;
  // It isn't quoted: it may be a token.
  throw new UsageError(`Cannot use this name of a caller: expected ${CALLER_NAME_RULE}`, {
    code: "bad_caller_name",
    guidance: "Name who will have the token, for example ci or alice.",
  });
}

/** Two names that differ in case only would be taken for one another. */
function added(callers: readonly CallerEntry[], entry: CallerEntry): readonly CallerEntry[] {
  const twin = callers.find(({ name }) => name.toLowerCase() === entry.name.toLowerCase());
  if (twin === undefined) return [...callers, entry];
  throw new UsageError(`Cannot create a token for "${entry.name}": caller "${twin.name}" has one`, {
    code: "caller_exists",
    guidance: `Choose another name, or take that token back first: ${commandFor(`token revoke ${twin.name}`)}`,
  });
}

/**
 * Makes a token, keeps its hash, and prints it: the token alone on standard output, everything else on standard error.
 *
 * @param command For whom, and what it allows.
 * @param outside The outside of the program.
 * @returns The exit code.
 * @throws {UsageError} If the name is taken, the policy names what there isn't, or the file cannot be written.
 */
export async function runCreate(command: TokenCreateCommand, outside: TokenOutside): Promise<ExitCode> {
  const { name } = command;
  checkName(name);
  const now = outside.clock.now();
  const expiresAt = parseExpiry(command.expires, now);
  const policy = await policyOf(command, outside);
  const store = await openCallers(command.callers, outside);
  const { token, id, hash } = mintToken(outside.random);
  const entry = { name, id, hash, createdAt: now, ...(expiresAt === undefined ? {} : { expiresAt }), policy };
  await store.change((callers) => added(callers, entry));
  outside.stdout.write(`${token}\n`);
  outside.stderr.write(
    `Created the token of "${name}" (${id}); it is not shown again\n` +
      `Allowed: ${policyText(policy)}\n` +
      `${expiresAt === undefined ? "It does not expire" : `It ends ${whenText(expiresAt, now)}`}\n` +
      `Its hash is in ${store.path}\n`,
  );
  return 0;
}
