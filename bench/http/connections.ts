/**
 * Measures calls over 200 connections while 1,000 others are open and say nothing.
 *
 * @module
 */

import { load } from "./load.ts";
import { CALL } from "./messages.ts";
import { serveOurs } from "./served.ts";

const IDLE = 1_000;
const ACTIVE = 200;
const REQUESTS = 10_000;

/** A connection that has been used once and is kept. */
async function idleConnection(url: URL): Promise<Deno.TcpConn> {
  const connection = await Deno.connect({ hostname: url.hostname, port: Number(url.port) });
  await connection.write(new TextEncoder().encode("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
  await connection.read(new Uint8Array(2_048));
  return connection;
}

/**
 * Measures.
 *
 * @param say Prints a line.
 */
export async function measureConnections(say: (text: string) => Promise<void>): Promise<void> {
  // Without callers' tokens all connections are of one caller, who has 32 places.
  await using server = await serveOurs(["--concurrency", "50"], {});
  const url = new URL(server.url);
  const before = await server.residentMiB();
  const idle: Deno.TcpConn[] = [];
  for (let index = 0; index < IDLE; index++) idle.push(await idleConnection(url));
  const open = await server.residentMiB();
  const { perSecond, p50, p99, statuses } = await load({
    url: server.url,
    ...CALL,
    connections: ACTIVE,
    requests: REQUESTS,
  });
  const after = await Promise.all(idle.map(async (connection) => {
    await connection.write(new TextEncoder().encode("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
    const alive = await connection.read(new Uint8Array(2_048)).catch(() => null);
    connection.close();
    return alive !== null;
  }));
  await say(
    `${IDLE} idle connections: ${((open - before) * 1024 / IDLE).toFixed(0)} KiB each, ` +
      `${after.filter((alive) => alive).length} of them still answered after the load`,
  );
  await say(
    `${ACTIVE} active connections beside them: ${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p99 ${
      p99.toFixed(1)
    } ms, answers by status ${JSON.stringify(statuses)}`,
  );
}
