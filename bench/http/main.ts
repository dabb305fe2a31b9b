/**
 * Measures serving over HTTP: throughput beside a bare Hono handler, memory over many calls, many connections.
 *
 * @module
 */

import { measureConnections } from "./connections.ts";
import { measureEndurance } from "./endurance.ts";
import { measureThroughput } from "./throughput.ts";

async function say(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
}

await measureThroughput(say);
await measureEndurance(say);
await measureConnections(say);
