/**
 * Counts the requests that a storm of calls makes against an upstream that answers 429 to whatever is too much.
 *
 * @module
 */

import { LineClient } from "./line_client.ts";

const CALLS = 200;
const ALLOWED_A_SECOND = 25;
const RETRY_AFTER_SECONDS = 1;
const BODY = JSON.stringify({ items: [{ id: "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8x", displayName: "Ada Lovelace" }] });

interface Counted {
  made: number;
  refused: number;
}

/** Bears so many requests in any second. */
function strictUpstream(counted: Counted): Deno.HttpServer<Deno.NetAddr> {
  let accepted: number[] = [];
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => {
    counted.made++;
    const now = performance.now();
    accepted = accepted.filter((time) => time > now - 1000);
    if (accepted.length < ALLOWED_A_SECOND) {
      accepted.push(now);
      return new Response(BODY, { headers: { "content-type": "application/json" } });
    }
    counted.refused++;
    const headers = { "content-type": "application/json", "retry-after": String(RETRY_AFTER_SECONDS) };
    return new Response('{"message":"Too many requests"}', { status: 429, headers });
  });
}

/**
 * Sends 200 calls at once.
 *
 * @param serverArgs The arguments of Deno that start the server, given the upstream's address.
 * @returns Lines to print.
 */
export async function measureStorm(serverArgs: (url: string) => readonly string[]): Promise<string[]> {
  const counted: Counted = { made: 0, refused: 0 };
  const upstream = strictUpstream(counted);
  const client = new LineClient(serverArgs(`http://127.0.0.1:${upstream.addr.port}`));
  await client.initialize();
  const begin = performance.now();
  const params = { name: "people_list_people", arguments: { max: 10 } };
  const replies = await Promise.all(Array.from({ length: CALLS }, () => client.request("tools/call", params)));
  const seconds = (performance.now() - begin) / 1000;
  await client.close();
  await upstream.shutdown();
  const failed = replies.filter(({ result, error }) => error !== undefined || result?.isError === true).length;
  return [
    `Storm of ${CALLS} calls against ${ALLOWED_A_SECOND} requests a second: ${counted.made} requests, ideal ${CALLS}, ` +
    `${counted.refused} refused with 429, ${failed} calls failed, ${seconds.toFixed(1)} s`,
  ];
}
