/**
 * Starts a server of this repository on a free port of loopback.
 *
 * @module
 */

/** A server that runs. */
export interface Target extends AsyncDisposable {
  /** Where it serves the protocol. */
  readonly url: string;
}

/** What a server says as soon as it serves. */
const ADDRESS_REGEXP = /Serving MCP at (http:\/\/\S+)/;

/** A cold start on a busy machine. */
const START_MS = 60_000;

/** Whoever runs the checks may have a configuration and tokens of their own. */
function neutralEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(Deno.env.toObject()).filter(([name]) => !name.startsWith("WEBEX_")));
}

/** Finds the address in the log, and reads on to its end so that the server never waits for a reader. */
function watch(stream: ReadableStream<Uint8Array>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let log = "";
  const timer = setTimeout(() => reject(new Error(`The server did not serve in time:\n${log}`)), START_MS);
  const read = async () => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      log += text;
      const [, url] = ADDRESS_REGEXP.exec(log) ?? [];
      if (url === undefined) continue;
      resolve(url);
      log = "";
    }
    reject(new Error(`The server ended before it served:\n${log}`));
  };
  void read().catch(reject);
  return promise.finally(() => clearTimeout(timer));
}

/**
 * Starts a server.
 *
 * @param args Deno's arguments. The server writes `Serving MCP at …` to standard error.
 * @returns The server; dispose of it to end it.
 * @throws {Error} If it doesn't serve.
 */
export async function startTarget(args: readonly string[]): Promise<Target> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    clearEnv: true,
    env: { ...neutralEnvironment(), NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const end = async () => {
    try {
      child.kill();
    } catch {
      // It has ended by itself.
    }
    await child.status;
  };
  try {
    const url = await watch(child.stderr);
    return { url, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}
