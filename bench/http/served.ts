/**
 * The server over HTTP, and a bare Hono handler beside it, as processes.
 *
 * @module
 */

/** A process that serves. */
export interface Served extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** Mebibytes of memory that it has at the moment. */
  residentMiB(): Promise<number>;
}

const MAIN = new URL("../../main.ts", import.meta.url).pathname;
const FLOOR = new URL("floor.ts", import.meta.url).pathname;

async function started(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Served> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", ...args],
    env: { WEBEX_ACCESS_TOKEN: "bench", ...env },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const { promise: url, resolve, reject } = Promise.withResolvers<string>();
  let text = "";
  const reading = (async () => {
    for await (const part of child.stderr.pipeThrough(new TextDecoderStream())) {
      if (text.length < 100_000) text += part;
      const found = /Serving MCP at (\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    }
    reject(new Error(`The server did not start:\n${text}`));
  })();
  const { pid } = child;
  return {
    url: await url,
    pid,
    async residentMiB() {
      const status = await Deno.readTextFile(`/proc/${pid}/status`);
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await Promise.all([child.status, reading]);
    },
  };
}

/**
 * Starts the server.
 *
 * @param flags Flags beside `--http` and `--sandbox`.
 * @param env Further environment.
 */
export function serveOurs(flags: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Served> {
  const usual = ["--http", "0", "--sandbox", "--rate", "1000000"];
  return started(["-A", MAIN, "serve", ...usual, ...flags], env);
}

/**
 * Starts a bare Hono handler behind the same listener.
 *
 * @param body What it answers to everything.
 * @param type The type of it.
 */
export async function serveFloor(body: string, type: string): Promise<Served & { readonly file: string }> {
  const file = await Deno.makeTempFile({ prefix: "webex-calling-mcp-bench-" });
  await Deno.writeTextFile(file, body);
  const served = await started(["-A", FLOOR, file, type], {});
  return { ...served, file };
}
