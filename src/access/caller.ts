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

/**
 * Why exactly, for whoever runs the server. Callers are told less (RFC 6750, section 3.1): what is wrong with a token
 * helps who forges one. Few and fixed, so that lines of the log can be counted by them.
 */
export type RefusalReason =
  /** No bearer token came. */
  | "no_token"
  /** The header is none of RFC 6750. */
  | "bad_header"
  | "token_too_long"
  /** No token of this server's file. */
  | "unknown_token"
  | "expired"
  | "not_yet_valid"
  /** The token never ends. */
  | "no_expiry"
  /** No JSON Web Token, or a claim of the wrong type. */
  | "malformed"
  | "unsupported_algorithm"
  /** Its header says that it is something else than an access token. */
  | "wrong_type"
  /** It has what only ID tokens have. */
  | "id_token"
  | "wrong_issuer"
  | "wrong_audience"
  /** The issuer publishes no key of this name, or several would fit. */
  | "unknown_key"
  | "bad_signature"
  /** The signature can't be checked: a key that is no good, or a critical header that nobody knows. */
  | "unverifiable"
  /** The claim that callers are named by is missing. */
  | "no_name"
  /** No rule of the configuration fits. */
  | "no_rule"
  | "no_scope"
  /** The policy leaves nothing. */
  | "no_tools"
  /** Keys or callers can't be read now. */
  | "unavailable";

/** Why somebody was not let in; nothing of what was sent is in it. */
export interface Refusal {
  readonly status: 401 | 403 | 503;
  /** For the log alone. */
  readonly reason: RefusalReason;
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
 * @param reason Why, for the log.
 * @param description What the caller is told.
 * @returns The verdict.
 */
export function invalidToken(reason: RefusalReason, description: string): Verdict {
  return { refusal: { status: 401, error: "invalid_token", reason, description } };
}

/** The answer where it can't be found out now who calls; the caller can do nothing but wait. */
export const UNAVAILABLE: Verdict = {
  refusal: { status: 503, reason: "unavailable", description: "Temporarily unavailable" },
};
