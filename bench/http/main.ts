/**
 * Measures serving over HTTP: throughput beside a bare Hono handler, memory over many calls, many connections, and what
 * callers notice of each other. Arguments leave all but the named parts out.
 *
 * @module
 */

import { measureConnections } from "./connections.ts";
import { measureEndurance } from "./endurance.ts";
import { measureFairness } from "./fairness.ts";
import { measureThroughput } from "./throughput.ts";

const PARTS = {
  throughput: measureThroughput,
  endurance: measureEndurance,
  connections: measureConnections,
  fairness: measureFairness,
};

/**
 * Measures.
 *
 * @param say Prints a line.
 * @param parts The names of the parts; none names all.
 */
export async function measureHttp(say: (text: string) => Promise<void>, parts: readonly string[] = []): Promise<void> {
  for (const [name, measure] of Object.entries(PARTS)) {
    if (parts.length === 0 || parts.includes(name)) await measure(say);
  }
}

if (import.meta.main) {
  const say = async (text: string) => void await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
  await measureHttp(say, Deno.args);
}
