/**
 * Answers whoever is not let in.
 *
 * @module
 */

import type { Refusal } from "../../access/authenticator.ts";

/** A quoted-string of a header (RFC 9110, section 5.6.4). */
function quoted(text: string): string {
  return `"${text.replace(/[^\x20-\x7e]/g, " ").replace(/["\\]/g, "\\$&")}"`;
}

/**
 * Writes the challenge of RFC 6750, section 3, with the address of the metadata of RFC 9728, section 5.1.
 *
 * @param refusal Why the caller is not let in.
 * @param metadataUrl Where the metadata is; absent where there is no authorization server.
 * @returns The value of `WWW-Authenticate`.
 */
export function challengeOf({ error, description, scope }: Refusal, metadataUrl: string | undefined): string {
  const parts = [
    'realm="webex-calling-mcp"',
    ...(error === undefined ? [] : [`error=${quoted(error)}`, `error_description=${quoted(description)}`]),
    ...(scope === undefined ? [] : [`scope=${quoted(scope)}`]),
    ...(metadataUrl === undefined ? [] : [`resource_metadata=${quoted(metadataUrl)}`]),
  ];
  return `Bearer ${parts.join(", ")}`;
}

/**
 * Makes the answer.
 *
 * @param refusal Why the caller is not let in.
 * @param metadataUrl Where the metadata is.
 * @returns A response as OAuth 2.0 words it.
 */
export function challengeResponse(refusal: Refusal, metadataUrl: string | undefined): Response {
  const { status, error, description } = refusal;
  const headers: Record<string, string> = status === 503
    ? { "retry-after": "5" }
    : { "www-authenticate": challengeOf(refusal, metadataUrl) };
  const name = error ?? (status === 503 ? "temporarily_unavailable" : "unauthorized");
  return Response.json({ error: name, error_description: description }, { status, headers });
}
