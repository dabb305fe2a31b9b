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

function contentOf({ isError, value }: ToolResult, structured: boolean): CallToolResult {
  return {
    content: [{ type: "text", text: JSON.stringify(value) }],
    ...(structured ? { structuredContent: value } : {}),
    ...(isError ? { isError } : {}),
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
    const endpoint = catalogue.find(name);
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
