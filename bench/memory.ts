/**
 * Measures the server's memory over 10,000 calls: what it keeps of them would show.
 *
 * @module
 */

import { LineClient } from "./line_client.ts";

/** After so many calls the memory is looked at. */
const STAGES = [1_000, 10_000, 20_000];
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
 * Measures the resident memory of a server as it goes on answering calls.
 *
 * The floor beside it shows what the runtime itself takes: its heap grows for a while, whatever the program does.
 *
 * @param name What the server is called.
 * @param serverArgs The arguments of Deno that start it.
 * @returns A line to print.
 */
export async function measureMemory(name: string, serverArgs: readonly string[]): Promise<string> {
  const client = new LineClient(serverArgs);
  await client.initialize();
  const stages: string[] = [];
  let done = 0;
  for (const stage of STAGES) {
    await callTimes(client, stage - done);
    done = stage;
    stages.push(`${(await client.residentMiB()).toFixed(0)} MiB after ${stage}`);
  }
  await client.close();
  return `Resident memory of ${name}: ${stages.join(", ")} calls`;
}
