/**
 * A real nginx with the configuration of `deploy/nginx/`, before replicas of a test.
 *
 * @module
 */

import { layNginx } from "../../scripts/deploy/nginx_place.ts";
import { findTool } from "../../scripts/deploy/tool.ts";
import { systemClock } from "../../src/core/clock.ts";
import { freePort } from "./free_port.ts";

/** A running nginx. */
export interface Nginx extends AsyncDisposable {
  /** The address of `/mcp`. */
  readonly url: string;
}

const START_MS = 10_000;

async function listens(port: number): Promise<boolean> {
  try {
    using _connection = await Deno.connect({ hostname: "127.0.0.1", port });
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts it.
 *
 * @param replicas Where the replicas are, as `127.0.0.1:8081`.
 * @returns The server; disposed of, it is killed.
 * @throws {Error} If it is not installed, or does not come up.
 */
export async function startNginx(replicas: readonly string[]): Promise<Nginx> {
  const path = await findTool("nginx");
  if (path === undefined) {
    throw new Error("Cannot start nginx: install it, for example by `apt-get install nginx-light`");
  }
  const directory = await Deno.makeTempDir();
  const port = freePort();
  const args = await layNginx({ directory, listen: `127.0.0.1:${port}`, replicas });
  const child = new Deno.Command(path, { args, stdin: "null", stdout: "null", stderr: "null" }).spawn();
  const end = async () => {
    // Its workers end with it; killed, it would leave them behind.
    child.kill("SIGTERM");
    await child.status;
    await Deno.remove(directory, { recursive: true });
  };
  const over = performance.now() + START_MS;
  while (!await listens(port)) {
    if (performance.now() > over) {
      await end();
      throw new Error(`nginx does not listen at port ${port}`);
    }
    await systemClock.sleep(20);
  }
  return { url: `http://127.0.0.1:${port}/mcp`, [Symbol.asyncDispose]: end };
}
