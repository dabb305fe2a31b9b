/**
 * Measures the server's memory over 10,000 calls: what it keeps of them would show.
 *
 * @module
 */

import { LineClient } from "./line_client.ts";

const EARLY = 1_000;
const LATE = 10_000;
const IN_FLIGHT = 16;
const CALL = { name: "people_list_people", arguments: { max: 10 } };

async function callTimes(client: LineClient, count: number): Promise<void> {
  let left = count;
  await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
    while (left-- > 0) {
      const { result, error } = await client.request("tools/call", CALL);
      if (error !== undefined || result?.isError === true) throw new Error(`A call failed: ${JSON.stringify(error)}`);
    }
  }));
}

/**
 * Makes 10,000 calls.
 *
 * @param serverArgs The arguments of Deno that start the server.
 * @returns Lines to print.
 */
export async function measureMemory(serverArgs: readonly string[]): Promise<string[]> {
  const client = new LineClient(serverArgs);
  await client.initialize();
  await callTimes(client, EARLY);
  const early = await client.residentMiB();
  await callTimes(client, LATE - EARLY);
  const late = await client.residentMiB();
  await client.close();
  return [`Resident memory after ${EARLY} calls: ${early.toFixed(0)} MiB, after ${LATE}: ${late.toFixed(0)} MiB`];
}
