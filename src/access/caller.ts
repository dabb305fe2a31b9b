/**
 * Who calls the HTTP server, and what became of the question.
 *
 * @module
 */

import type { CallerPolicy } from "../config/caller_policy.ts";

/** Somebody who was let in. */
export interface Caller {
  /** Unique among all callers of the server; visible ASCII characters. */
  readonly name: string;
  /** What the caller may do; already read-only where the scopes allow no more. */
  readonly policy: CallerPolicy;
  /** The scopes of an OAuth access token; absent for tokens of this server's own. */
  readonly scopes?: readonly string[];
  /** The scopes to ask for where a changing tool is called; absent where they would give no more. */
  readonly stepUp?: string;
  /** When the token ends, in milliseconds since 1970. */
  readonly expiresAt?: number;
}

/** Why somebody was not let in; nothing of what was sent is in it. */
export interface Refusal {
  readonly status: 401 | 403 | 503;
  /** RFC 6750, section 3.1; absent where no bearer token was sent. */
  readonly error?: "invalid_request" | "invalid_token" | "insufficient_scope";
  /** One line of plain ASCII without quotation marks. */
  readonly description: string;
  /** The scopes that are needed, separated by blanks. */
  readonly scope?: string;
}

/** Either somebody, or why not. */
export type Verdict = { readonly caller: Caller } | { readonly refusal: Refusal };

/** Tells callers by their `Authorization` header. */
export interface Authenticator {
  /**
   * Tells who calls.
   *
   * @param authorization The header as it came; absent where none came.
   * @param signal Ends the wait for keys with its reason.
   * @returns Who it is, or why nobody is let in. It throws only what the signal says.
   */
  authenticate(authorization: string | undefined, signal: AbortSignal): Promise<Verdict>;
}

/**
 * Makes the refusal of a token that does not count.
 *
 * @param description Why.
 * @returns The verdict.
 */
export function invalidToken(description: string): Verdict {
  return { refusal: { status: 401, error: "invalid_token", description } };
}

/** The answer where it can't be found out now who calls; the caller can do nothing but wait. */
export const UNAVAILABLE: Verdict = { refusal: { status: 503, description: "Temporarily unavailable" } };
