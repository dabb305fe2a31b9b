/**
 * The official clients, each talking to the real program over the standard streams.
 *
 * @module
 */

import { Client as ModernClient } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as LegacyTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import assert from "node:assert/strict";
import { serveArgs, TOKEN, UNASKED } from "./process.ts";
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

/** A tool as a client lists it. */
export interface Listed {
  readonly name: string;
  readonly inputSchema: { readonly type: string };
  readonly annotations?: { readonly readOnlyHint?: boolean | undefined } | undefined;
}

/** What an argument belongs to. */
export type CompletionRef = { readonly type: "ref/prompt"; readonly name: string } | {
  readonly type: "ref/resource";
  readonly uri: string;
};

/** What the clients have in common. */
export interface Driven extends Offers {
  readonly revision: string | undefined;
  readonly instructions: string | undefined;
  list(): Promise<readonly Listed[]>;
  call(name: string, args: Record<string, unknown>, options?: CallOptions): Promise<Outcome>;
  close(): Promise<void>;
}

/** What a server offers beside tools. */
export interface Offers {
  /** The names of all prompts. */
  prompts(): Promise<readonly string[]>;
  /** A prompt's text. */
  prompt(name: string, args: Record<string, string>): Promise<string>;
  /** The addresses of all resources. */
  resources(): Promise<readonly string[]>;
  /** A resource's value. */
  // deno-lint-ignore no-explicit-any -- contents are looked into freely
  read(uri: string): Promise<any>;
  /** The forms of resources' addresses. */
  templates(): Promise<readonly string[]>;
  /** What fits a text that was typed. */
  complete(ref: CompletionRef, argument: string, value: string): Promise<readonly string[]>;
}

/** What the official clients of both packages can do alike. */
interface AnyClient {
  listPrompts(): Promise<{ prompts: readonly { name: string }[] }>;
  getPrompt(params: { name: string; arguments: Record<string, string> }): Promise<{
    messages: readonly { role: string; content: { type: string; text?: unknown } }[];
  }>;
  listResources(): Promise<{ resources: readonly { uri: string }[] }>;
  readResource(params: { uri: string }): Promise<{ contents: readonly { uri: string; text?: unknown }[] }>;
  listResourceTemplates(): Promise<{ resourceTemplates: readonly { uriTemplate: string }[] }>;
  complete(params: { ref: CompletionRef; argument: { name: string; value: string } }): Promise<{
    completion: { values: readonly string[] };
  }>;
}

function offersOf(client: AnyClient): Offers {
  return {
    prompts: async () => (await client.listPrompts()).prompts.map(({ name }) => name),
    async prompt(name, args) {
      const { messages: [message] } = await client.getPrompt({ name, arguments: args });
      assert.deepEqual([message?.role, message?.content.type], ["user", "text"]);
      return String(message?.content.text);
    },
    resources: async () => (await client.listResources()).resources.map(({ uri }) => uri),
    async read(uri) {
      const { contents: [content] } = await client.readResource({ uri });
      return JSON.parse(String(content?.text));
    },
    templates: async () => (await client.listResourceTemplates()).resourceTemplates.map((one) => one.uriTemplate),
    complete: async (ref, name, value) => (await client.complete({ ref, argument: { name, value } })).completion.values,
  };
}

/** A result as both packages have it. */
export interface TextResult {
  readonly isError?: boolean | undefined;
  readonly content: readonly { readonly type: string; readonly text?: string | undefined }[];
}

/**
 * Reads the one text of a result.
 *
 * @param result The result.
 */
export function outcome(result: TextResult): Outcome {
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
    env: { WEBEX_ACCESS_TOKEN: TOKEN, ...STATE_ENVIRONMENT, ...UNASKED },
    stderr: "ignore",
  } as const;
}

/** Answers a question; a client without one can't show any. */
export type Reply = (message: string) => "accept" | "decline" | "cancel";

const ASKING = { capabilities: { elicitation: {} } };

async function legacy(url: string, flags: readonly string[], reply?: Reply): Promise<Driven> {
  const client = new LegacyClient(INFO, reply === undefined ? {} : ASKING);
  if (reply !== undefined) {
    client.setRequestHandler(ElicitRequestSchema, ({ params }: { params: { message: string } }) => ({
      action: reply(params.message),
    }));
  }
  const transport = new LegacyTransport(parameters(url, flags));
  await client.connect(transport);
  return {
    ...offersOf(client),
    revision: "2025-11-25",
    instructions: client.getInstructions(),
    list: async () => (await client.listTools()).tools,
    call: async (name, args, options) =>
      outcome(await client.callTool({ name, arguments: args }, undefined, options) as TextResult),
    close: () => end(client, transport.pid),
  };
}

async function modern(url: string, flags: readonly string[], pin?: string, reply?: Reply): Promise<Driven> {
  const client = new ModernClient(INFO, {
    ...(pin === undefined ? {} : { versionNegotiation: { mode: { pin } } }),
    ...(reply === undefined ? {} : ASKING),
  });
  if (reply !== undefined) {
    client.setRequestHandler("elicitation/create", ({ params }) => ({ action: reply(params.message) }));
  }
  const transport = new StdioClientTransport(parameters(url, flags));
  await client.connect(transport);
  return {
    ...offersOf(client),
    revision: client.getNegotiatedProtocolVersion(),
    instructions: client.getInstructions(),
    list: async () => (await client.listTools()).tools,
    call: async (name, args, options) => outcome(await client.callTool({ name, arguments: args }, options)),
    close: async () => {
      await end(client, transport.pid);
      if (pin !== undefined) await new Promise((resolve) => setTimeout(resolve, PROBE_TIMER_MS));
    },
  };
}

/** How a client is connected. */
export interface Connector {
  readonly name: string;
  readonly revision: string;
  /** Starts the program against an upstream, with further flags. */
  readonly connect: (url: string, ...flags: readonly string[]) => Promise<Driven>;
  /** The same with a client that shows its user questions. */
  readonly connectAsking: (url: string, reply: Reply, ...flags: readonly string[]) => Promise<Driven>;
}

const LEGACY: Connector = {
  name: "SDK 1",
  revision: "2025-11-25",
  connect: (url, ...flags) => legacy(url, flags),
  connectAsking: (url, reply, ...flags) => legacy(url, flags, reply),
};
const MODERN: Connector = {
  name: "SDK 2, pinned to 2026-07-28",
  revision: "2026-07-28",
  connect: (url, ...flags) => modern(url, flags, "2026-07-28"),
  connectAsking: (url, reply, ...flags) => modern(url, flags, "2026-07-28", reply),
};

/** A client of each era. */
export const ERAS: readonly Connector[] = [LEGACY, MODERN];

/** All clients. */
export const CLIENTS: readonly Connector[] = [
  LEGACY,
  {
    name: "SDK 2, unpinned",
    revision: "2025-11-25",
    connect: (url, ...flags) => modern(url, flags),
    connectAsking: (url, reply, ...flags) => modern(url, flags, undefined, reply),
  },
  MODERN,
];
