/**
 * The MCP server behind HTTP: one for each request, so that any replica can answer the next one.
 *
 * @module
 */

import { createMcpHandler, type Server } from "@modelcontextprotocol/server";
import type { Log } from "../../core/log.ts";
import { redactTokens } from "../../core/redaction.ts";
import { MAX_BODY_BYTES } from "./json_body.ts";

/** What is known of a request by the time that it reaches the server. */
export interface McpRequest<Facts> {
  readonly request: Request;
  /** The parsed body. */
  readonly body: unknown;
  readonly facts: Facts;
}

/** What the endpoint is made of. */
export interface McpEndpointOptions<Facts> {
  /** Makes the server that answers one request. */
  readonly serverFor: (facts: Facts) => Server | Promise<Server>;
  readonly log: Pick<Log, "debug">;
}

/** Answers requests of the protocol. */
export interface McpEndpoint<Facts> {
  /** Answers one request, as JSON or as a stream of events. */
  answer(request: McpRequest<Facts>): Promise<Response>;
  /** Cancels what is still under way, and ends its answers. */
  close(): Promise<void>;
}

/** A sign of life on a stream, in milliseconds: proxies give up on silent ones. */
const KEEP_ALIVE_MS = 15_000;

/** What the handler refuses by itself it quotes, a header too; these answers are short. */
async function withoutTokens(response: Response): Promise<Response> {
  const { ok, status, headers } = response;
  if (ok || response.body === null) return response;
  headers.delete("content-length");
  return new Response(redactTokens(await response.text()), { status, headers });
}

/**
 * Makes the endpoint.
 *
 * @param options What it is made of.
 * @returns The endpoint.
 */
export function createMcpEndpoint<Facts extends object>(options: McpEndpointOptions<Facts>): McpEndpoint<Facts> {
  const { serverFor, log } = options;
  /** What the handler passes through to the factory; the caller's token is not part of it. */
  const passing = new WeakMap<object, Facts>();
  const handler = createMcpHandler(async ({ authInfo }) => {
    const facts = authInfo === undefined ? undefined : passing.get(authInfo);
    if (facts === undefined) throw new Error("A request came without its facts");
    return await serverFor(facts);
  }, {
    keepAliveMs: KEEP_ALIVE_MS,
    maxRequestBodySize: MAX_BODY_BYTES,
    onerror: (error) => log.debug(`HTTP: ${error.name}: ${error.message}`),
  });
  return {
    async answer({ request, body, facts }) {
      const authInfo = { token: "", clientId: "", scopes: [] };
      passing.set(authInfo, facts);
      return await withoutTokens(await handler.fetch(request, { authInfo, parsedBody: body }));
    },
    close: () => handler.close(),
  };
}
