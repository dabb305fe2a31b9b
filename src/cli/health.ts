/**
 * The command `health`: asks a server that serves over HTTP how it is, for container engines and scripts.
 *
 * @module
 */

import { addressOf, addressText } from "../config/address.ts";
import { HTTP_FLAGS } from "../config/http_flags.ts";
import { given, readVariable } from "../config/settings.ts";
import { httpUrlOf } from "../config/web_address.ts";
import { isRecord } from "../core/json.ts";
import type { ExitCode, HealthCommand } from "./grammar/command.ts";
import type { System } from "./system.ts";

/** Container engines ask every few seconds, and give up on those who take long. */
const WAIT_MS = 4_000;

const DEFAULT_PORT = "8080";

/** A server that listens on all addresses is asked on this machine's own. */
function addressAt({ environment }: System): string {
  const text = readVariable(environment, HTTP_FLAGS.http.environment) ?? DEFAULT_PORT;
  const { hostname, port } = addressOf({ text, source: HTTP_FLAGS.http.environment });
  const own = hostname === "0.0.0.0" ? "127.0.0.1" : hostname === "::" ? "::1" : hostname;
  const hasTls = given(HTTP_FLAGS.tlsCert, undefined, environment) !== undefined;
  return `${hasTls ? "https" : "http"}://${addressText({ hostname: own, port })}`;
}

/** What is wrong, by name. */
function complaintsOf(body: unknown): string[] {
  if (!isRecord(body) || !isRecord(body.checks)) return [];
  return Object.entries(body.checks).flatMap(([name, check]) =>
    isRecord(check) && check.ok === false ? [`${name}: ${String(check.note ?? "failed")}`] : []
  );
}

/**
 * Asks.
 *
 * @param command Where, and what.
 * @param system The outside of the program.
 * @returns 0 where the server is well, 1 where it isn't or can't be reached.
 * @throws {UsageError} If the address is none.
 */
export async function runHealth({ url, ready }: HealthCommand, system: System): Promise<ExitCode> {
  const base = url === undefined ? addressAt(system) : httpUrlOf({ text: url, source: "--url" });
  const address = new URL(ready ? "/readyz" : "/healthz", base);
  try {
    const request = new Request(address, { signal: AbortSignal.timeout(WAIT_MS), redirect: "manual" });
    const response = await system.fetch(request);
    const body: unknown = await response.json().catch(() => undefined);
    const details = complaintsOf(body).join(", ");
    system.stdout.write(`${response.status} ${address.href}${details === "" ? "" : ` (${details})`}\n`);
    return response.ok ? 0 : 1;
  } catch (error) {
    const reason = error instanceof Deno.errors.NotCapable ? `add --allow-net=${address.host}` : "nobody answers";
    system.stdout.write(`Cannot reach ${address.href}: ${reason}\n`);
    return 1;
  }
}
