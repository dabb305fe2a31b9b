/**
 * The official clients over HTTP.
 *
 * @module
 */

import { Client as ModernClient, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as LegacyTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { type CallOptions, type Outcome, outcome, type Reply, type TextResult } from "./clients.ts";

const INFO = { name: "test", version: "0" };

/** A connected client. */
export interface HttpClient extends AsyncDisposable {
  readonly revision: string | undefined;
  list(): Promise<readonly string[]>;
  call(name: string, args?: Record<string, unknown>, options?: CallOptions): Promise<Outcome>;
}

/** How a client is connected. */
export interface HttpConnector {
  readonly revision: string;
  connect(url: string, options?: { readonly token?: string; readonly reply?: Reply }): Promise<HttpClient>;
}

function initOf(token: string | undefined): { requestInit: RequestInit } {
  return { requestInit: token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } } };
}

/** The clients of each era. */
export const HTTP_CLIENTS: readonly HttpConnector[] = [
  {
    revision: "2025-11-25",
    async connect(url, { token } = {}) {
      const client = new LegacyClient(INFO);
      // Its types leave `undefined` open where ours don't.
      await client.connect(new LegacyTransport(new URL(url), initOf(token)) as Parameters<typeof client.connect>[0]);
      return {
        revision: "2025-11-25",
        list: async () => (await client.listTools()).tools.map(({ name }: { name: string }) => name),
        call: async (name, args = {}, options) =>
          outcome(await client.callTool({ name, arguments: args }, undefined, options) as TextResult),
        [Symbol.asyncDispose]: () => client.close(),
      };
    },
  },
  {
    revision: "2026-07-28",
    async connect(url, { token, reply } = {}) {
      const client = new ModernClient(INFO, {
        versionNegotiation: { mode: { pin: "2026-07-28" } },
        ...(reply === undefined ? {} : { capabilities: { elicitation: {} } }),
      });
      if (reply !== undefined) {
        client.setRequestHandler("elicitation/create", ({ params }) => ({ action: reply(params.message) }));
      }
      await client.connect(new StreamableHTTPClientTransport(new URL(url), initOf(token)));
      return {
        revision: client.getNegotiatedProtocolVersion(),
        list: async () => (await client.listTools()).tools.map(({ name }) => name),
        call: async (name, args = {}, options) => outcome(await client.callTool({ name, arguments: args }, options)),
        [Symbol.asyncDispose]: () => client.close(),
      };
    },
  },
];
