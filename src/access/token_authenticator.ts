/**
 * Tells callers by the tokens of this server's own.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import { bearerToken } from "./bearer.ts";
import { type Authenticator, invalidToken, UNAVAILABLE, type Verdict } from "./caller.ts";
import type { CallerEntry, Callers } from "./caller_file.ts";
import { type CompareHashes, hashToken, idOfToken, sameHash } from "./caller_token.ts";

/** What the authenticator works with. */
export interface TokenAuthenticatorParts {
  /** Gives the callers as they are now. */
  readonly callers: () => Promise<Callers>;
  readonly clock: Pick<Clock, "now">;
  /** Compares hashes; by default in constant time. */
  readonly compare?: CompareHashes;
}

/** No token has it: an unknown id costs the same comparison, so that time tells nobody which ids there are. */
const NO_HASH = `sha256:${"A".repeat(43)}`;

const UNKNOWN = invalidToken("unknown_token", "The token is unknown or was revoked");

function verdictOn({ name, policy, expiresAt }: CallerEntry, now: number): Verdict {
  if (expiresAt === undefined) return { caller: { name, policy } };
  return now < expiresAt ? { caller: { name, policy, expiresAt } } : invalidToken("expired", "The token has expired");
}

/**
 * Makes the authenticator for tokens of this server's own.
 *
 * @param parts The callers and the clock.
 * @returns The authenticator.
 */
export function createTokenAuthenticator(
  { callers, clock, compare = sameHash }: TokenAuthenticatorParts,
): Authenticator {
  return {
    async authenticate(authorization, signal) {
      signal.throwIfAborted();
      const found = bearerToken(authorization);
      if ("refusal" in found) return found;
      let known: Callers;
      try {
        known = await callers();
      } catch {
        return UNAVAILABLE;
      }
      const entry = known.get(idOfToken(found.token) ?? "");
      const isSame = compare(hashToken(found.token), entry?.hash ?? NO_HASH);
      // That a token has expired is told only to who has it.
      return isSame && entry !== undefined ? verdictOn(entry, clock.now()) : UNKNOWN;
    },
  };
}
