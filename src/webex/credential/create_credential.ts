/**
 * Makes credentials of what the configuration names.
 *
 * @module
 */

import type { CredentialSource } from "../../config/credential_source.ts";
import { bareToken } from "./bare_token.ts";
import { type Credential, type CredentialParts, TOKEN_GUIDANCE } from "./credential.ts";
import { createOAuthCredential } from "./oauth_credential.ts";
import { createTokenCommand } from "./token_command.ts";
import { createTokenFile } from "./token_file.ts";

/** A token that nobody can renew but whoever set it. */
function createFixedToken(token: string | undefined, { secrets }: CredentialParts): Credential {
  const trimmed = token?.trim() || undefined;
  secrets.add(trimmed);
  return {
    kind: trimmed === undefined ? "none" : "token",
    id: trimmed === undefined ? "none" : "token",
    renewal: trimmed === undefined
      ? TOKEN_GUIDANCE
      : "Set WEBEX_ACCESS_TOKEN to a new access token and restart the server; a personal access token lives 12 hours.",
    token: () => Promise.try(() => trimmed && bareToken(trimmed, "WEBEX_ACCESS_TOKEN", secrets)),
    renew: () => Promise.resolve(undefined),
    scopes: () => Promise.resolve(undefined),
  };
}

/** Whoever calls a tool is told why there is no token, before the ways to get one. */
function withReason(credential: Credential, reason: string | undefined): Credential {
  return reason === undefined ? credential : { ...credential, renewal: `${reason} ${credential.renewal}` };
}

/**
 * Makes the credential of a source.
 *
 * @param source Where the token comes from.
 * @param parts What it needs from outside.
 * @returns The credential; no file is read, and no program run, before the first token is asked for.
 */
export function createCredential(source: CredentialSource, parts: CredentialParts): Credential {
  switch (source.type) {
    case "none":
      return withReason(createFixedToken(undefined, parts), source.reason);
    case "token":
      return createFixedToken(source.token, parts);
    case "file":
      return createTokenFile(source.path, parts);
    case "command":
      return createTokenCommand(source.command, parts);
    case "integration":
    case "service_app":
      return createOAuthCredential(source, parts);
  }
}
