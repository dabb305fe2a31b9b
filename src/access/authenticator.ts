/**
 * Finds out who calls.
 *
 * @module
 */

import type { CallerPolicy } from "./policy.ts";

/** Whoever calls. */
export interface Caller {
  readonly name: string;
  readonly policy: CallerPolicy;
  /** What an access token allows; absent where the policy alone decides. */
  readonly scopes?: readonly string[];
  /** When the token ends, in milliseconds since 1970. */
  readonly expiresAt?: number;
}

/** Why nobody was found. */
export interface Refusal {
  readonly status: 401 | 403 | 503;
  readonly error?: "invalid_request" | "invalid_token" | "insufficient_scope";
  readonly description: string;
  readonly scope?: string;
}

/** What came of a token. */
export type Verdict = { readonly caller: Caller } | { readonly refusal: Refusal };

/** Finds out who calls. */
export interface Authenticator {
  /**
   * Checks a token.
   *
   * @param authorization The value of the header `Authorization`.
   * @param signal Ends the check early.
   */
  authenticate(authorization: string | undefined, signal: AbortSignal): Promise<Verdict>;
}
