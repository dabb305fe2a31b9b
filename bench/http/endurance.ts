/**
 * Measures the server's memory over 50,000 calls: what it keeps of them would show.
 *
 * @module
 */

import { allServed, load } from "./load.ts";
import { CALL } from "./messages.ts";
import { serveOurs } from "./served.ts";

const STAGE = 10_000;
const STAGES = 5;

/**
 * Measures.
 *
 * @param say Prints a line.
 */
export async function measureEndurance(say: (text: string) => Promise<void>): Promise<void> {
  await using server = await serveOurs({ flags: ["--concurrency", "50"], callers: 4 });
  const { url, tokens } = server;
  const sizes = [await server.residentMiB()];
  const rates: number[] = [];
  for (let stage = 0; stage < STAGES; stage++) {
    rates.push(allServed(await load({ url, ...CALL, tokens, connections: 32, requests: STAGE })).perSecond);
    sizes.push(await server.residentMiB());
  }
  const text = (values: readonly number[]) => values.map((value) => value.toFixed(0)).join(", ");
  await say(`Resident memory after 0, 10,000, … 50,000 calls: ${text(sizes)} MiB; calls a second: ${text(rates)}`);
}
