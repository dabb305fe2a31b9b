/**
 * The MCP server: lists the catalogue and passes calls to the executor.
 *
 * @module
 */

import { ProtocolError, ProtocolErrorCode, Server } from "@modelcontextprotocol/server";
import type { CallToolResult, Implementation, ServerContext } from "@modelcontextprotocol/server";
import { isJsonObject, type Json } from "../core/json.ts";
import type { Log } from "../core/log.ts";
import type { Catalogue } from "../tools/catalogue.ts";
import type { Executor } from "../tools/executor.ts";
import { failed, type ToolResult } from "../tools/result.ts";
import { tooLargeGuidance } from "../webex/answer.ts";

/** What a server is made of; shared by all connections. */
export interface ServerParts {
  readonly implementation: Implementation;
  readonly instructions: string;
  readonly catalogue: Catalogue;
  readonly executor: Executor;
  readonly log: Log;
  /** Every result also has its value as `structuredContent`. */
  readonly structured: boolean;
}

/** The list is the same for every caller and never changes while the program runs. */
const LIST_CACHE = { ttlMs: 3_600_000, cacheScope: "public" } as const;

/** The official client drops the session at a message of 10 MiB. */
const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

/** Quoting makes two bytes of a quote or backslash; UTF-8 makes three of a character at the most. */
const MAX_GROWTH = 3;

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Whether the message around a result would be too long for a client. */
function isTooLong(text: string, structured: boolean): boolean {
  if (text.length * MAX_GROWTH * (structured ? 2 : 1) < MAX_MESSAGE_BYTES) return false;
  return bytesOf(JSON.stringify(text)) + (structured ? bytesOf(text) : 0) >= MAX_MESSAGE_BYTES;
}

function tooLong({ isError, value }: ToolResult): ToolResult {
  const { status_code: status } = value;
  return failed({
    ...(typeof status === "number" ? { status } : {}),
    code: "answer_too_large",
    message: "Cannot pass the answer on: it is longer than clients take",
    guidance: tooLargeGuidance(!isError),
  });
}

function contentOf(result: ToolResult, structured: boolean): CallToolResult {
  const text = JSON.stringify(result.value);
  if (isTooLong(text, structured)) return contentOf(tooLong(result), structured);
  return {
    content: [{ type: "text", text }],
    ...(structured ? { structuredContent: result.value } : {}),
    ...(result.isError ? { isError: true } : {}),
  };
}

/** A bug must not end the session, and its message may hold anything. */
function broken(): ToolResult {
  return failed({
    code: "internal_error",
    message: "The call failed for a reason inside the server",
    guidance: "Look at the server's log, and report it; whether the call reached Webex is unknown.",
  });
}

/**
 * Makes the factory that serves one connection after the other, in any revision of the protocol.
 *
 * @param parts What the servers share.
 * @returns A factory without side effects.
 */
export function createServerFactory(parts: ServerParts): () => Server {
  const { implementation, instructions, catalogue, executor, log, structured } = parts;

  async function call(name: string, args: Json | undefined, ctx: ServerContext): Promise<CallToolResult> {
    const endpoint = await catalogue.find(name);
    if (endpoint === undefined) {
      const nearest = catalogue.nearest(name);
      const hint = nearest.length === 0 ? "" : `: did you mean ${nearest.map((tool) => `"${tool}"`).join(" or ")}?`;
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool "${name}"${hint}`);
    }
    try {
      const result = await executor.call(endpoint, isJsonObject(args) ? args : {}, ctx.mcpReq.signal);
      return contentOf(result, structured);
    } catch (error) {
      log.error(`Cannot finish ${name}: ${error instanceof Error ? error.stack ?? error.message : error}`);
      return contentOf(broken(), structured);
    }
  }

  return () => {
    const server = new Server(implementation, {
      capabilities: { tools: {} },
      instructions,
      cacheHints: { "tools/list": LIST_CACHE, "server/discover": LIST_CACHE },
    });
    server.setRequestHandler("tools/list", () => ({ tools: [...catalogue.definitions()] }));
    server.setRequestHandler("tools/call", ({ params }, ctx) => call(params.name, params.arguments as Json, ctx));
    return server;
  };
}
