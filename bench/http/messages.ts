/**
 * The messages that are measured.
 *
 * @module
 */

import type { Job } from "./load.ts";

/** What is asked. */
export type Asked = Pick<Job, "method" | "headers" | "body">;

const META = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "bench", version: "0" },
  "io.modelcontextprotocol/clientCapabilities": {},
};

/**
 * Words a message of revision 2026-07-28.
 *
 * @param method The method.
 * @param params Its parameters.
 */
export function message(method: string, params: Readonly<Record<string, unknown>> = {}): Asked {
  const { name } = params;
  return {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": method,
      ...(typeof name === "string" ? { "mcp-name": name } : {}),
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: { ...params, _meta: META } }),
  };
}

/** A call that reads. */
export const CALL: Asked = message("tools/call", { name: "people_list_people", arguments: { max: 10 } });

/** The complete list of a thousand tools. */
export const LIST: Asked = message("tools/list");
