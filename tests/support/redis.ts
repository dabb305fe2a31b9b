/**
 * A real Redis server of a test's own.
 *
 * @module
 */

import { systemClock } from "../../src/core/clock.ts";
import { readRedisAddress } from "../../src/store/redis_address.ts";
import { createRedisLink, type RedisLink } from "../../src/store/redis_link.ts";
import { freePort } from "./free_port.ts";

/** A running server. */
export interface RedisServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Kills it at once. */
  kill(): Promise<void>;
  /** Starts another one at the same port; it remembers nothing. */
  restart(): Promise<void>;
  /** Stops it from answering, and lets it go on. */
  signal(signal: "SIGSTOP" | "SIGCONT"): void;
}

/** How long a start may take. */
const START_MS = 10_000;

function spawn(port: number, directory: string, password: string | undefined): Deno.ChildProcess {
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", directory];
  const secret = password === undefined ? [] : ["--requirepass", password];
  try {
    return new Deno.Command("redis-server", { args: [...args, ...secret], stdout: "null", stderr: "null" }).spawn();
  } catch (cause) {
    throw new Error("Cannot start redis-server: install it, for example by `apt-get install redis-server`", { cause });
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port });
    await connection.write(new TextEncoder().encode("PING\r\n"));
    // Also a refusal for want of a password is an answer.
    return await connection.read(new Uint8Array(64)) !== null;
  } catch {
    return false;
  }
}

/** Whether it came up: at a port that somebody else took meanwhile it ends at once. */
async function comesUp(child: Deno.ChildProcess, port: number): Promise<boolean> {
  const end = performance.now() + START_MS;
  let hasEnded = false;
  child.status.then(() => {
    hasEnded = true;
  });
  while (!hasEnded && performance.now() < end) {
    if (await answers(port)) return !hasEnded;
    await systemClock.sleep(20);
  }
  if (!hasEnded) throw new Error(`redis-server does not answer at port ${port}`);
  return false;
}

/**
 * Starts a server on a free port of loopback, with an empty memory and no files.
 *
 * @param password What it asks for.
 * @returns The server; dispose of it.
 * @throws {Error} If it is not installed.
 */
export async function startRedis(password?: string): Promise<RedisServer> {
  let port = freePort();
  const directory = await Deno.makeTempDir();
  let child: Deno.ChildProcess | undefined;

  async function start(): Promise<void> {
    child = spawn(port, directory, password);
    if (await comesUp(child, port)) return;
    throw new Error(`redis-server ends at port ${port}`);
  }
  async function kill(): Promise<void> {
    const gone = child;
    child = undefined;
    if (gone === undefined) return;
    try {
      gone.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await gone.status;
  }
  await start().catch(async () => {
    await kill();
    port = freePort();
    await start();
  });
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    kill,
    restart: start,
    signal: (signal) => child?.kill(signal),
    async [Symbol.asyncDispose]() {
      await kill();
      await Deno.remove(directory, { recursive: true });
    },
  };
}

/** A connection to a server; dispose of it. */
export function linkTo({ url }: RedisServer, timeoutMs = 2_000): RedisLink {
  return createRedisLink({ address: readRedisAddress(url), clock: systemClock, random: Math.random, timeoutMs });
}
