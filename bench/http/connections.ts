/**
 * Measures calls over 200 connections while 1,000 others are open and say nothing.
 *
 * @module
 */

import { allServed, figures, load } from "./load.ts";
import { CALL } from "./messages.ts";
import { serveOurs } from "./served.ts";

const IDLE = 1_000;
const ACTIVE = 200;
/** So that each has 10 connections, and nobody more than the 32 requests that a caller may have under way. */
const CALLERS = 20;
const REQUESTS = 8_000;
const ANSWER_MS = 10_000;

const REQUEST = new TextEncoder().encode("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

/** Whether a request on the connection is answered. */
async function answers(connection: Deno.Conn): Promise<boolean> {
  const timer = setTimeout(() => connection.close(), ANSWER_MS);
  try {
    await connection.write(REQUEST);
    return await connection.read(new Uint8Array(2_048)) !== null;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** A connection that has been used once and is kept. */
async function idleConnection({ hostname, port }: URL): Promise<Deno.Conn> {
  const connection = await Deno.connect({ hostname, port: Number(port) });
  if (!await answers(connection)) throw new Error("A connection was not answered");
  return connection;
}

/**
 * Measures.
 *
 * @param say Prints a line.
 */
export async function measureConnections(say: (text: string) => Promise<void>): Promise<void> {
  await using server = await serveOurs({ flags: ["--concurrency", "50"], callers: CALLERS });
  const { url, tokens } = server;
  const before = await server.residentMiB();
  const idle: Deno.Conn[] = [];
  try {
    for (let index = 0; index < IDLE; index++) idle.push(await idleConnection(new URL(url)));
    const open = await server.residentMiB();
    const measured = await load({ url, ...CALL, tokens, connections: ACTIVE, requests: REQUESTS });
    const alive = await Promise.all(idle.map(answers));
    await say(
      `${IDLE} idle connections: ${((open - before) * 1024 / IDLE).toFixed(0)} KiB each, ${
        alive.filter((one) => one).length
      } of them still answered after the load`,
    );
    await say(
      `${ACTIVE} active connections of ${CALLERS} callers beside them: ${figures(allServed(measured))}`,
    );
  } finally {
    for (const connection of idle) connection.close();
  }
}
