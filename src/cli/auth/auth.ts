/**
 * The command `auth`: logs in to a profile, shows its credential, and logs out.
 *
 * @module
 */

import { withPermissionSet } from "../../config/environment.ts";
import { systemClock } from "../../core/clock.ts";
import type { AuthOutside } from "./outside.ts";
import type { AuthCommand, ExitCode } from "../grammar/command.ts";
import { processInput } from "../input.ts";
import type { System } from "../system.ts";

/**
 * Runs one of the commands about credentials.
 *
 * @param command What to do.
 * @param system The outside of the program.
 * @param person Who types, and by which clock; by default this process's.
 * @returns The exit code.
 * @throws {WebexMcpError} If it cannot be done.
 */
export async function runAuth(
  command: AuthCommand,
  system: System,
  person: Pick<AuthOutside, "input" | "clock"> = { input: processInput, clock: systemClock },
): Promise<ExitCode> {
  const outside: AuthOutside = {
    ...system,
    environment: withPermissionSet(system.environment, "auth"),
    ...person,
  };
  switch (command.action) {
    case "login":
      return await (await import("./login.ts")).runLogin(command, outside);
    case "status":
      return await (await import("./status.ts")).runStatus(command, outside);
    case "logout":
      return await (await import("./logout.ts")).runLogout(command, outside);
  }
}
