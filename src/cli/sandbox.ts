/**
 * The command `sandbox`: serves the simulated organization on loopback.
 *
 * @module
 */

import { embeddedCollection } from "../collection/embedded.ts";
import { createSandbox } from "../sandbox/sandbox.ts";
import { serveSandbox } from "../sandbox/serve.ts";
import type { ExitCode, SandboxCommand } from "./command.ts";
import type { System } from "./system.ts";

const HOSTNAME = "127.0.0.1";

/**
 * Serves until the user or the system asks the program to end. The first line of output is the base URL.
 *
 * @param command The port and the token.
 * @param system The outside of the program.
 * @returns The exit code.
 */
export async function runSandbox({ port, token }: SandboxCommand, system: System): Promise<ExitCode> {
  const sandbox = createSandbox(embeddedCollection().endpoints, token === undefined ? {} : { token });
  const stopped = Promise.withResolvers<void>();
  const stopListening = system.onInterrupt(stopped.resolve);
  const server = await serveSandbox(sandbox, { hostname: HOSTNAME, port });
  system.stdout.write(`${server.url}\n`);
  system.stderr.write(`INFO: Serving the simulated organization; use it with --base-url ${server.url}\n`);
  await stopped.promise;
  stopListening();
  await server.close();
  return 0;
}
