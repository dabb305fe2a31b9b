/**
 * The official clients, each talking to the real program over the standard streams.
 *
 * @module
 */

import { Client as ModernClient } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as LegacyTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import assert from "node:assert/strict";
import { serveArgs, TOKEN } from "./process.ts";
import { STATE_ENVIRONMENT } from "./state_home.ts";

const INFO = { name: "test", version: "0" };

/** How long the probe of a pinned client keeps its timer, in milliseconds. */
const PROBE_TIMER_MS = 1_050;

/** How a call is made. */
export interface CallOptions {
  /** Cancels it. */
  readonly signal?: AbortSignal;
  /** Asks for progress. */
  readonly onprogress?: (
    progress: { progress: number; total?: number | undefined; message?: string | undefined },
  ) => void;
}

/** What a call came to. */
export interface Outcome {
  readonly isError: boolean;
  // deno-lint-ignore no-explicit-any -- results are looked into freely
  readonly value: any;
}

/** What the clients have in common. */
export interface Driven {
  readonly revision: string | undefined;
  call(name: string, args: Record<string, unknown>, options?: CallOptions): Promise<Outcome>;
  close(): Promise<void>;
}

interface TextResult {
  readonly isError?: boolean | undefined;
  readonly content: readonly { readonly type: string; readonly text?: string | undefined }[];
}

function outcome(result: TextResult): Outcome {
  assert.equal(result.content.length, 1);
  return { isError: result.isError === true, value: JSON.parse(result.content[0]?.text ?? "") };
}

/** The SDKs' own `close` leaves a timer behind when the server is still there, so the server is ended before it. */
async function end(
  client: { onclose?: (() => void) | undefined; close(): Promise<void> },
  pid: number | null,
): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  client.onclose = resolve;
  if (pid !== null) Deno.kill(pid, "SIGTERM");
  await closed;
  await client.close();
}

function parameters(url: string, flags: readonly string[]) {
  return {
    command: Deno.execPath(),
    args: serveArgs(url, ...flags),
    env: { WEBEX_ACCESS_TOKEN: TOKEN, ...STATE_ENVIRONMENT },
    stderr: "ignore",
  } as const;
}

async function legacy(url: string, flags: readonly string[]): Promise<Driven> {
  const client = new LegacyClient(INFO);
  const transport = new LegacyTransport(parameters(url, flags));
  await client.connect(transport);
  return {
    revision: "2025-11-25",
    call: async (name, args, options) =>
      outcome(await client.callTool({ name, arguments: args }, undefined, options) as TextResult),
    close: () => end(client, transport.pid),
  };
}

async function modern(url: string, flags: readonly string[]): Promise<Driven> {
  const client = new ModernClient(INFO, { versionNegotiation: { mode: { pin: "2026-07-28" } } });
  const transport = new StdioClientTransport(parameters(url, flags));
  await client.connect(transport);
  return {
    revision: client.getNegotiatedProtocolVersion(),
    call: async (name, args, options) => outcome(await client.callTool({ name, arguments: args }, options)),
    close: async () => {
      await end(client, transport.pid);
      await new Promise((resolve) => setTimeout(resolve, PROBE_TIMER_MS));
    },
  };
}

/** A client of each era; `connect` starts the program against an upstream, with further flags. */
export const ERAS: readonly {
  readonly revision: string;
  readonly connect: (url: string, ...flags: readonly string[]) => Promise<Driven>;
}[] = [
  { revision: "2025-11-25", connect: (url, ...flags) => legacy(url, flags) },
  { revision: "2026-07-28", connect: (url, ...flags) => modern(url, flags) },
];
