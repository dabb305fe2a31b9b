/**
 * Measures what a caller that opens 200 connections is refused, and what another caller beside it notices.
 *
 * @module
 */

import { allServed, figures, load } from "./load.ts";
import { CALL } from "./messages.ts";
import { serveOurs } from "./served.ts";

const NOISY = { connections: 200, requests: 12_000 };
const QUIET = { connections: 4, requests: 400 };

/**
 * Measures.
 *
 * @param say Prints a line.
 */
export async function measureFairness(say: (text: string) => Promise<void>): Promise<void> {
  await using server = await serveOurs({ callers: 2 });
  const { url, tokens: [noisyToken = "", quietToken = ""] } = server;
  const noisy = () => load({ url, ...CALL, ...NOISY, tokens: [noisyToken] });
  const quiet = async () => allServed(await load({ url, ...CALL, ...QUIET, tokens: [quietToken] }), QUIET.requests);
  await quiet();
  const alone = await quiet();
  const [{ statuses, retryAfter }, beside] = await Promise.all([noisy(), quiet()]);
  await say(
    `One caller on ${NOISY.connections} connections: ${statuses["200"] ?? 0} of ${NOISY.requests} served, ${
      statuses["429"] ?? 0
    } refused with 429, ${retryAfter} of these with Retry-After`,
  );
  await say(
    `Another caller on ${QUIET.connections} connections: alone ${figures(alone)}; beside it ${figures(beside)}`,
  );
}
