/**
 * Tells clients how to get a token: the metadata of this resource (RFC 9728), and the challenge of a refusal (RFC 6750).
 *
 * @module
 */

import type { OAuthConfig } from "../config/oauth.ts";
import type { JsonObject } from "../core/json.ts";
import { PROGRAM } from "../core/version.ts";
import type { Refusal } from "./caller.ts";

/**
 * Makes the metadata document of this server.
 *
 * @param resource The server's address as clients have it, for example `https://mcp.example.com/mcp`.
 * @param config Whose tokens are accepted.
 * @returns The document (RFC 9728, section 2).
 */
export function protectedResource(
  resource: string,
  { issuer, scopes }: Pick<OAuthConfig, "issuer" | "scopes">,
): JsonObject {
  return {
    resource,
    authorization_servers: [issuer],
    scopes_supported: [...new Set([scopes.read, scopes.write])],
    bearer_methods_supported: ["header"],
    resource_name: PROGRAM,
  };
}

/**
 * Names the place of a resource's metadata.
 *
 * @param resource The server's address as clients have it.
 * @returns Where RFC 9728, section 3.1 has it: before the resource's own path.
 */
export function metadataAddress(resource: string): string {
  const { origin, pathname, search } = new URL(resource);
  return `${origin}/.well-known/oauth-protected-resource${pathname === "/" ? "" : pathname}${search}`;
}

/** A quoted string (RFC 9110, section 5.6.4) of what RFC 6750, section 3 lets stand there; the rest goes. */
function quoted(text: string): string {
  return `"${text.replace(/[^\x20-\x7e]|["\\]/g, "")}"`;
}

/** What a caller may know of a refusal. */
export type ToldRefusal = Omit<Refusal, "reason">;

/** What a challenge tells of an OAuth issuer. */
export interface ChallengeFacts {
  /** The address of the resource's metadata. */
  readonly metadata?: string;
  /** The scopes that a first token should have, separated by blanks. */
  readonly scope?: string;
}

/**
 * Makes the value of `WWW-Authenticate` for a refusal.
 *
 * @param refusal Why somebody is not let in.
 * @param facts What there is to know of an OAuth issuer; nothing where there is none.
 * @returns The value, or `undefined` for a refusal that no token would change.
 */
export function challenge(
  { status, error, description, scope }: ToldRefusal,
  { metadata, scope: first }: ChallengeFacts = {},
): string | undefined {
  if (status === 503 || (status === 403 && error === undefined)) return undefined;
  const parts = [
    ["realm", PROGRAM],
    ["error", error],
    ["error_description", error === undefined ? undefined : description],
    ["scope", scope ?? (status === 401 ? first : undefined)],
    ["resource_metadata", metadata],
  ] as const;
  const shown = parts.flatMap(([name, value]) => value === undefined ? [] : [`${name}=${quoted(value)}`]);
  return `Bearer ${shown.join(", ")}`;
}
