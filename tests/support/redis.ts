/**
 * A real Redis server of a test's own.
 *
 * @module
 */

import { systemClock } from "../../src/core/clock.ts";
import { readRedisAddress } from "../../src/store/redis_address.ts";
import { createRedisLink, type RedisLink } from "../../src/store/redis_link.ts";

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

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

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

async function untilAnswers(port: number): Promise<void> {
  const end = performance.now() + START_MS;
  while (!await answers(port)) {
    if (performance.now() > end) throw new Error(`redis-server does not answer at port ${port}`);
    await systemClock.sleep(20);
  }
}

/**
 * Starts a server on a free port of loopback, with an empty memory and no files.
 *
 * @param password What it asks for.
 * @returns The server; dispose of it.
 * @throws {Error} If it is not installed.
 */
export async function startRedis(password?: string): Promise<RedisServer> {
  const port = freePort();
  const directory = await Deno.makeTempDir();
  let child: Deno.ChildProcess | undefined;

  async function start(): Promise<void> {
    child = spawn(port, directory, password);
    await untilAnswers(port);
  }
  async function kill(): Promise<void> {
    const gone = child;
    child = undefined;
    gone?.kill("SIGKILL");
    await gone?.status;
  }
  await start();
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
