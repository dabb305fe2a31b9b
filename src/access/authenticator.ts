/**
 * Joins the ways to tell callers: tokens of this server's own, and those of an OAuth issuer.
 *
 * @module
 */

import { bearerToken } from "./bearer.ts";
import { type Authenticator, invalidToken } from "./caller.ts";
import { TOKEN_PREFIX } from "./caller_token.ts";

/** The ways; at least one should be there, else nobody is let in. */
export interface AuthenticatorParts {
  /** For tokens of this server's own, known by their beginning. */
  readonly tokens?: Authenticator;
  /** For all others. */
  readonly oauth?: Authenticator;
}

/**
 * Joins authenticators; each token goes to one of them only.
 *
 * @param parts The authenticators.
 * @returns One for all.
 */
export function joinAuthenticators({ tokens, oauth }: AuthenticatorParts): Authenticator {
  return {
    async authenticate(authorization, signal) {
      signal.throwIfAborted();
      const found = bearerToken(authorization);
      if ("refusal" in found) return found;
      const one = found.token.startsWith(TOKEN_PREFIX) ? tokens : oauth;
      return await one?.authenticate(authorization, signal) ??
        invalidToken("unknown_token", "The token is unknown or was revoked");
    },
  };
}
