/**
 * Measures what a caller that opens 200 connections is refused, and what another caller beside it notices.
 *
 * @module
 */

import { allServed, figures, load } from "./load.ts";
import { CALL } from "./messages.ts";
import { serveOurs } from "./served.ts";

const FOREVER = 1_000_000;
/** It begins before the other one, and ends after it. */
const NOISY = { connections: 200, requests: FOREVER, withinMs: 12_000 };
const QUIET = { connections: 4, requests: FOREVER, withinMs: 6_000 };
const HEAD_START_MS = 2_000;

/**
 * Measures.
 *
 * @param say Prints a line.
 */
export async function measureFairness(say: (text: string) => Promise<void>): Promise<void> {
  await using server = await serveOurs({ callers: 2 });
  const { url, tokens: [noisyToken = "", quietToken = ""] } = server;
  const noisy = () => load({ url, ...CALL, ...NOISY, tokens: [noisyToken] });
  const quiet = async () => allServed(await load({ url, ...CALL, ...QUIET, tokens: [quietToken] }));
  await quiet();
  const alone = await quiet();
  const noise = noisy();
  await new Promise((resolve) => setTimeout(resolve, HEAD_START_MS));
  const beside = await quiet();
  const { statuses: { 200: served = 0, 429: refused = 0 }, retryAfter } = await noise;
  await say(
    `One caller on ${NOISY.connections} connections that never waits: ${served} calls served, ${refused} refused with ` +
      `429, ${retryAfter} of these with Retry-After`,
  );
  await say(
    `Another caller on ${QUIET.connections} connections: alone ${figures(alone)}; beside it ${figures(beside)}`,
  );
}
