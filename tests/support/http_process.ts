/**
 * The real program as a child process that serves over HTTP.
 *
 * @module
 */

import { MAIN, TOKEN, UNASKED, until } from "./process.ts";
import { STATE_ENVIRONMENT } from "./state_home.ts";

/** A serving process. */
export interface HttpProcess extends AsyncDisposable {
  /** The address of `/mcp`. */
  readonly url: string;
  readonly child: Deno.ChildProcess;
  /** What was logged so far. */
  log(): string;
  /** Waits until the log holds a text. */
  logged(text: string): Promise<void>;
  /** Asks the process to end, and waits for it. */
  end(signal?: Deno.Signal): Promise<number>;
}

/** How the process is started. */
export interface HttpProcessOptions {
  /** Further flags. */
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of Deno in place of `-A`. */
  readonly permissions?: readonly string[];
  /** Calls go there; without it to the simulated organization. */
  readonly upstream?: string;
  /** Default: any free port. */
  readonly listen?: string;
  /** How many file descriptors the process may have. Default: as many as the test. Not on Windows. */
  readonly descriptors?: number;
}

const READY_REGEXP = /Serving MCP at ([^\s"]+)/;

/**
 * Starts the program and waits until it serves.
 *
 * @param options How it is started.
 * @returns The process; disposed of, it is asked to end.
 */
export async function startHttp(options: HttpProcessOptions = {}): Promise<HttpProcess> {
  const { flags = [], env = {}, permissions = ["-A"], upstream, listen = "0", descriptors } = options;
  const target = upstream === undefined ? ["--sandbox"] : ["--base-url", upstream];
  const [command, ...before] = descriptors === undefined
    ? [Deno.execPath()]
    : ["sh", "-c", 'ulimit -n "$0"; exec "$@"', String(descriptors), Deno.execPath()];
  const child = new Deno.Command(command, {
    args: [
      ...before,
      "run",
      "--quiet",
      "--no-prompt",
      ...permissions,
      MAIN,
      "serve",
      "--http",
      listen,
      ...target,
      ...flags,
    ],
    env: { WEBEX_ACCESS_TOKEN: TOKEN, NO_COLOR: "1", ...STATE_ENVIRONMENT, ...UNASKED, ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let text = "";
  let isOver = false;
  const read = async (stream: ReadableStream<Uint8Array>) => {
    for await (const part of stream.pipeThrough(new TextDecoderStream())) text += part;
  };
  const streams = Promise.all([read(child.stderr), read(child.stdout)]);
  const status = child.status.finally(() => isOver = true);
  const end = async (signal: Deno.Signal = "SIGTERM") => {
    if (!isOver) child.kill(signal);
    const [{ code }] = await Promise.all([status, streams]);
    return code;
  };
  const seen = async (condition: () => boolean) => {
    for (let tries = 0; tries < 10 && !condition() && !isOver; tries++) {
      await until(() => condition() || isOver).catch(() => {});
    }
    if (condition()) return;
    await end("SIGKILL");
    throw new Error(`The program did not come so far:\n${text}`);
  };
  await seen(() => READY_REGEXP.test(text));
  return {
    url: READY_REGEXP.exec(text)?.[1] ?? "",
    child,
    log: () => text,
    logged: (wanted) => seen(() => text.includes(wanted)),
    end,
    [Symbol.asyncDispose]: async () => void await end(),
  };
}
