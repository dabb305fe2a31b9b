/**
 * The command `sandbox`: serves the simulated organization on loopback.
 *
 * @module
 */

import { embeddedCollection } from "../collection/embedded.ts";
import { UsageError } from "../core/errors.ts";
import { createSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { type ServedSandbox, serveSandbox } from "../sandbox/serve.ts";
import type { ExitCode, SandboxCommand } from "./grammar/command.ts";
import type { System } from "./system.ts";

const HOSTNAME = "127.0.0.1";

async function listen(sandbox: Sandbox, port: number, system: System): Promise<ServedSandbox> {
  const host = `${HOSTNAME}:${port}`;
  // Asked first, because the server itself would throw where nobody can catch it.
  if (!await system.mayUse(host)) {
    throw new UsageError(`Cannot serve on ${host}: the program was started without the permission to use it`, {
      code: "missing_permission",
      guidance: `Add --allow-net=${HOSTNAME} to the deno command.`,
    });
  }
  try {
    return await serveSandbox(sandbox, { hostname: HOSTNAME, port });
  } catch (cause) {
    throw new UsageError(`Cannot serve on ${host}: ${cause instanceof Error ? cause.message : cause}`, {
      code: "address_unavailable",
      guidance: "Choose another port with --port, or 0 for a free one.",
      cause,
    });
  }
}

/**
 * Serves until the user or the system asks the program to end. The first line of output is the base URL.
 *
 * @param command The port and the token.
 * @param system The outside of the program.
 * @returns The exit code.
 * @throws {UsageError} If the port cannot be used.
 */
export async function runSandbox({ port, token }: SandboxCommand, system: System): Promise<ExitCode> {
  const sandbox = createSandbox(embeddedCollection().endpoints, token === undefined ? {} : { token });
  const server = await listen(sandbox, port, system);
  const stopped = Promise.withResolvers<void>();
  const stopListening = system.onInterrupt(stopped.resolve);
  system.stdout.write(`${server.url}\n`);
  system.stderr.write(`INFO: Serving the simulated organization; use it with --base-url ${server.url}\n`);
  await stopped.promise;
  stopListening();
  await server.close();
  return 0;
}
