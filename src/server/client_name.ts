/**
 * Finds out which program calls.
 *
 * @module
 */

import { CLIENT_INFO_META_KEY, type Server, type ServerContext } from "@modelcontextprotocol/server";
import { isRecord } from "../core/json.ts";

/** Names are told by the client, so they may be of any length and hold anything. */
const MAX_CHARACTERS = 80;

/** Runs of what cannot be seen: controls, line breaks, blanks of any width. */
const INVISIBLE_REGEXP = /[\p{C}\p{Z}]+/gu;

/**
 * Names the MCP client of a request: since revision 2026-07-28 each request tells it, before that the handshake did.
 *
 * @param ctx The request.
 * @param server The server of its connection.
 * @returns For example `claude-ai/0.1.0`: at most 80 visible characters; `unknown` if the client does not tell.
 */
export function clientNameOf(ctx: ServerContext, server: Pick<Server, "getClientVersion">): string {
  const envelope: Readonly<Record<string, unknown>> = ctx.mcpReq.envelope ?? {};
  const client = envelope[CLIENT_INFO_META_KEY] ?? server.getClientVersion();
  if (!isRecord(client) || typeof client.name !== "string") return "unknown";
  const whole = typeof client.version === "string" ? `${client.name}/${client.version}` : client.name;
  const visible = whole.replace(INVISIBLE_REGEXP, " ").trim();
  return visible === "" ? "unknown" : [...visible].slice(0, MAX_CHARACTERS).join("");
}
