/**
 * The command `token`: decides who may call the HTTP server.
 *
 * @module
 */

import { withPermissionSet } from "../../config/environment.ts";
import { systemClock } from "../../core/clock.ts";
import type { ExitCode, TokenCommand } from "../grammar/command.ts";
import type { System } from "../system.ts";
import type { TokenOutside } from "./outside.ts";

/**
 * Runs one of the commands about callers' tokens.
 *
 * @param command What to do.
 * @param system The outside of the program.
 * @param parts Time and chance; by default this computer's.
 * @returns The exit code.
 * @throws {UsageError} If it cannot be done.
 */
export async function runToken(
  command: TokenCommand,
  system: System,
  parts: Pick<TokenOutside, "clock" | "random"> = {
    clock: systemClock,
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  },
): Promise<ExitCode> {
  const outside: TokenOutside = { ...system, environment: withPermissionSet(system.environment, "auth"), ...parts };
  switch (command.action) {
    case "create":
      return await (await import("./create.ts")).runCreate(command, outside);
    case "list":
      return await (await import("./list.ts")).runList(command, outside);
    case "revoke":
      return await (await import("./revoke.ts")).runRevoke(command, outside);
  }
}
