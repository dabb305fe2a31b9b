/**
 * The server over HTTP, and a bare Hono handler beside it, as processes.
 *
 * @module
 */

import { makeCallers } from "./callers.ts";
import { startProcess } from "./process.ts";
import { startUpstream } from "./upstream.ts";

/** A process that serves. */
export interface Served extends AsyncDisposable {
  readonly url: string;
  /** The callers' tokens; none where callers are not told apart. */
  readonly tokens: readonly string[];
  /** Mebibytes of memory that it has at the moment. */
  residentMiB(): Promise<number>;
}

/** How the server is started. */
export interface ServedOptions {
  readonly flags?: readonly string[];
  /** How many callers there are; without, they are not told apart. */
  readonly callers?: number;
}

const MAIN = new URL("../../main.ts", import.meta.url).pathname;
const FLOOR = new URL("floor.ts", import.meta.url).pathname;
const READY_REGEXP = /Serving MCP at (\S+)/;

async function residentMiB(pid: number): Promise<number> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "rss=", "-p", `${pid}`], stdout: "piped" }).output();
  return Number(new TextDecoder().decode(stdout)) / 1024;
}

/**
 * Starts the server as it is meant to run, with its audit trail, before an upstream of its own. Only the callers' rate is
 * raised, which would be the first to be measured otherwise.
 *
 * @param options What is different.
 */
export async function serveOurs({ flags = [], callers = 0 }: ServedOptions = {}): Promise<Served> {
  await using stack = new AsyncDisposableStack();
  const directory = await Deno.makeTempDir({ prefix: "webex-calling-mcp-bench-" });
  stack.defer(() => Deno.remove(directory, { recursive: true }));
  const upstream = stack.use(await startUpstream());
  const file = `${directory}/callers.json`;
  const tokens = callers === 0 ? [] : await makeCallers(file, callers);
  const usual = ["--http", "0", "--base-url", upstream.url, "--rate", "1000000", "--audit", `${directory}/audit.jsonl`];
  const told = callers === 0 ? [] : ["--callers", file];
  const process = stack.use(
    await startProcess({
      args: ["run", "--quiet", "-A", MAIN, "serve", ...usual, ...told, ...flags],
      // Nothing of whoever measures.
      env: { XDG_STATE_HOME: directory, XDG_CONFIG_HOME: directory },
      ready: READY_REGEXP,
    }),
  );
  const owned = stack.move();
  return {
    url: process.said,
    tokens,
    residentMiB: () => residentMiB(process.pid),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/**
 * Starts a bare Hono handler behind the same listener.
 *
 * @param body What it answers to everything.
 * @param type The type of it.
 */
export async function serveFloor(body: string, type: string): Promise<Served> {
  await using stack = new AsyncDisposableStack();
  const file = await Deno.makeTempFile({ prefix: "webex-calling-mcp-bench-" });
  stack.defer(() => Deno.remove(file));
  await Deno.writeTextFile(file, body);
  const process = stack.use(
    await startProcess({ args: ["run", "--quiet", "-A", FLOOR, file, type], ready: READY_REGEXP }),
  );
  const owned = stack.move();
  return {
    url: process.said,
    tokens: [],
    residentMiB: () => residentMiB(process.pid),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
