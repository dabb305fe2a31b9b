/**
 * The real program as a child process, and the simulated organization on a real socket.
 *
 * @module
 */

import { embeddedCollection } from "../../src/collection/embedded.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { serveSandbox } from "../../src/sandbox/serve.ts";
import { STATE_ENVIRONMENT } from "./state_home.ts";

/** The program's entry. */
export const MAIN: string = new URL("../../main.ts", import.meta.url).pathname;

/** The token that tests plant; it must show up nowhere. */
export const TOKEN = "test-token-that-must-never-be-shown";

/** Most tests are about what happens to a change that is sent, and not about the question before it. */
export const UNASKED: Readonly<Record<string, string>> = { WEBEX_MCP_CONFIRM: "never" };

/** An upstream, and its address. */
export interface Upstream extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly url: string;
}

/** Serves a fresh simulated organization on loopback. */
export async function startUpstream(): Promise<Upstream> {
  const sandbox = createSandbox(embeddedCollection().endpoints, { token: TOKEN });
  const served = await serveSandbox(sandbox);
  return { sandbox, url: served.url, [Symbol.asyncDispose]: () => served.close() };
}

/** How Deno starts the server against an upstream. */
export function serveArgs(url: string, ...flags: readonly string[]): string[] {
  return ["run", "--quiet", "-A", MAIN, "serve", "--base-url", url, ...flags];
}

/** What a finished process left. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process whose input the test writes. */
export interface Running {
  readonly child: Deno.ChildProcess;
  send(...messages: readonly unknown[]): Promise<void>;
  /** The lines of output as they come, for whoever does not wait for all of it. */
  lines(): AsyncIterable<string>;
  /** Closes the input, unless it is. */
  closeInput(): Promise<void>;
  /** Closes the input, unless it is, and waits for the end. */
  finish(): Promise<Finished>;
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

/**
 * Starts Deno with the arguments.
 *
 * @param args The arguments.
 * @param env Further environment; the token is always there unless it is given as empty.
 * @returns The running process.
 */
export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { WEBEX_ACCESS_TOKEN: TOKEN, NO_COLOR: "1", ...STATE_ENVIRONMENT, ...UNASKED, ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const [forText, forLines] = child.stdout.tee();
  const stdout = new Response(forText).text();
  const stderr = new Response(child.stderr).text();
  let open = true;
  return {
    child,
    async send(...messages) {
      const text = messages.map((message) => typeof message === "string" ? message : JSON.stringify(message)).join(
        "\n",
      );
      await writer.write(new TextEncoder().encode(`${text}\n`));
    },
    lines: () => linesOf(forLines),
    async closeInput() {
      if (open) await writer.close().catch(() => {});
      open = false;
    },
    async finish() {
      // It settles with the other half only.
      if (!forLines.locked) forLines.cancel().catch(() => {});
      if (open) {
        open = false;
        await writer.close().catch(() => {});
      }
      const { code } = await child.status;
      return { code, stdout: await stdout, stderr: await stderr };
    },
  };
}

/**
 * Runs the program to its end without input.
 *
 * @param args The words after the program's name.
 * @param env Further environment.
 * @returns What it left.
 */
export async function runMain(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  return await start(["run", "--quiet", "-A", MAIN, ...args], env).finish();
}

/** Opens a session as clients of 2025 do. */
export const INITIALIZE = {
  jsonrpc: "2.0",
  id: 0,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "0" } },
};

/** Calls a tool. */
export function callMessage(id: number, name: string, args: unknown = {}): unknown {
  return { jsonrpc: "2.0", id, method: "tools/call", params: { name, arguments: args } };
}

interface Reply {
  readonly id?: number;
  readonly method?: string;
  // deno-lint-ignore no-explicit-any -- replies are looked into freely by the tests
  readonly result?: any;
  readonly error?: { readonly code: number; readonly message: string };
}

/** Every line of output as the message it must be. */
export function repliesOf(stdout: string): Reply[] {
  return stdout.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** Waits until `condition` holds, at most two seconds. */
export async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
  if (!condition()) throw new Error("The condition did not come to hold");
}
