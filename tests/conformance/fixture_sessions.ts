/**
 * Sessions for clients of 2025, in front of the real endpoint.
 *
 * The product gives none: every request gets a server of its own, so that any replica can answer the next one. Without
 * them a server can't ask a client of 2025 anything over HTTP. Only because of them pass, in revision 2025-11-25:
 * `tools-call-sampling`, `tools-call-elicitation`, `elicitation-sep1034-defaults`, `elicitation-sep1330-enums` and
 * `server-sse-multiple-streams`. They run through the real listener, application and door all the same.
 *
 * @module
 */

import { isLegacyRequest, type Server, WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/server";
import type { McpEndpoint } from "../../src/transport/http/mcp_endpoint.ts";

/**
 * Adds the sessions.
 *
 * @param endpoint Answers clients of 2026.
 * @param serverFor Makes the server of a session.
 * @returns An endpoint for all of them.
 */
export function withSessions<Facts extends object>(
  endpoint: McpEndpoint<Facts>,
  serverFor: (facts: Facts) => Server,
): McpEndpoint<Facts> {
  const sessions = new Map<string | null, WebStandardStreamableHTTPServerTransport>();

  async function open(facts: Facts): Promise<WebStandardStreamableHTTPServerTransport> {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    await serverFor(facts).connect(transport);
    return transport;
  }

  return {
    async answer({ request, body, facts }) {
      if (!await isLegacyRequest(request, body)) return await endpoint.answer({ request, body, facts });
      const session = sessions.get(request.headers.get("mcp-session-id")) ?? await open(facts);
      return await session.handleRequest(request, { parsedBody: body });
    },
    async close() {
      await endpoint.close();
      await Promise.all([...sessions.values()].map((session) => session.close()));
    },
  };
}
