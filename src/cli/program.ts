/**
 * The program: finds out what is asked for, and does it.
 *
 * @module
 */

import type { Command, ExitCode } from "./grammar/command.ts";
import { readPlainServe } from "./grammar/plain_serve.ts";
import { reportError } from "./report.ts";
import type { System } from "./system.ts";

/** Each command's modules are loaded when it is asked for; the start of the server pays for nothing else. */
async function runCommand(command: Command, system: System): Promise<ExitCode> {
  switch (command.command) {
    case "serve":
      return (await import("./serve.ts")).runServe(command.flags, system);
    case "tools":
      return (await import("./tools.ts")).runTools(command, system);
    case "call":
      return (await import("./call.ts")).runCall(command, system);
    case "search":
      return (await import("./search.ts")).runSearch(command, system);
    case "collection":
      return (await import("./collection.ts")).runCollection(command, system);
    case "sandbox":
      return (await import("./sandbox.ts")).runSandbox(command, system);
    case "health":
      return (await import("./health.ts")).runHealth(command, system);
    case "demo":
      return (await import("./demo.ts")).runDemo(system);
    case "auth":
      return (await import("./auth/auth.ts")).runAuth(command, system);
    case "token":
      return (await import("./token/token.ts")).runToken(command, system);
    case "audit":
      return (await import("./audit/audit.ts")).runAudit(command, system);
  }
}

async function commandOf(args: readonly string[], system: System): Promise<Command | undefined> {
  const flags = readPlainServe(args);
  if (flags !== undefined) return { command: "serve", flags };
  const { parseCommandLine } = await import("./grammar/command_line.ts");
  return parseCommandLine(args, system.stdout, system.colors);
}

/**
 * Runs the program.
 *
 * @param args The words after the program's name.
 * @param system The outside of the program.
 * @returns The exit code. Whatever goes wrong is told on standard error.
 */
export async function runProgram(args: readonly string[], system: System): Promise<ExitCode> {
  try {
    const command = await commandOf(args, system);
    return command === undefined ? 0 : await runCommand(command, system);
  } catch (error) {
    return reportError(error, system.stderr);
  }
}
