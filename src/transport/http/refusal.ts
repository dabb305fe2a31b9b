/**
 * Words a refusal as HTTP and JSON-RPC want it.
 *
 * @module
 */

/** What is wrong, for people. */
export interface HttpRefusal {
  readonly status: number;
  /** Capital first, no period. */
  readonly message: string;
  /** JSON-RPC 2.0, section 5.1; by default one of the server's own. */
  readonly code?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The protocol leaves -32000 to -32019 to servers (MCP 2026-07-28, error codes). */
const OWN_ERROR = -32_000;
/** JSON-RPC 2.0: the text is no JSON. */
export const PARSE_ERROR: number = -32_700;
/** JSON-RPC 2.0: the JSON is no request. */
export const INVALID_REQUEST: number = -32_600;

/**
 * Makes the answer.
 *
 * @param refusal What is wrong.
 * @returns A response with a JSON-RPC error that belongs to no request.
 */
export function refusalResponse({ status, message, code = OWN_ERROR, headers = {} }: HttpRefusal): Response {
  return Response.json({ jsonrpc: "2.0", error: { code, message }, id: null }, { status, headers });
}
