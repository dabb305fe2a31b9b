/**
 * Messages as clients send them over HTTP, for tests that need no whole client.
 *
 * @module
 */

/** Parameters of a message. */
export type Params = Readonly<Record<string, unknown>>;

const META = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "test", version: "0" },
  "io.modelcontextprotocol/clientCapabilities": {},
};

const ACCEPT = { "content-type": "application/json", accept: "application/json, text/event-stream" };

/**
 * A request of revision 2026-07-28.
 *
 * @param method The method.
 * @param params Its parameters.
 * @param headers Further headers.
 * @returns What `fetch` takes.
 */
export function modernMessage(
  method: string,
  params: Params = {},
  headers: Readonly<Record<string, string>> = {},
): RequestInit {
  const name = params["name"] ?? params["uri"];
  return {
    method: "POST",
    headers: {
      ...ACCEPT,
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": method,
      ...(typeof name === "string" ? { "mcp-name": name } : {}),
      ...headers,
    },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method,
      params: { ...params, _meta: { ...META, ...params["_meta"] ?? {} } },
    }),
  };
}

/**
 * A request of revision 2025-11-25.
 *
 * @param method The method.
 * @param params Its parameters.
 * @param headers Further headers.
 * @returns What `fetch` takes.
 */
export function legacyMessage(
  method: string,
  params: Params = {},
  headers: Readonly<Record<string, string>> = {},
): RequestInit {
  return {
    method: "POST",
    headers: { ...ACCEPT, "mcp-protocol-version": "2025-11-25", ...headers },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  };
}
