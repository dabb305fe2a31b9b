/**
 * Finds the bearer token in an `Authorization` header (RFC 6750, section 2.1).
 *
 * @module
 */

import type { Refusal } from "./caller.ts";

/** What is longer costs only time; {@linkcode bearerToken} says so. */
const MAX_TOKEN = 8 * 1024;
const HEADER_REGEXP = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?: +(.*))?$/s;
/** RFC 6750 takes `b64token` of RFC 9110, section 11.2. */
const TOKEN_REGEXP = /^[A-Za-z0-9._~+/-]+=*$/;

const MISSING: Refusal = { status: 401, reason: "no_token", description: "A bearer token is required" };
const MALFORMED: Refusal = {
  status: 401,
  error: "invalid_request",
  reason: "bad_header",
  description: "Expected one bearer token in the Authorization header",
};

function tooLong(length: number): Refusal {
  return {
    status: 401,
    error: "invalid_request",
    reason: "token_too_long",
    description: `Expected a bearer token of at most ${MAX_TOKEN} characters, got ${length}`,
  };
}

/**
 * Finds the token.
 *
 * @param authorization The header as it came, several of them joined by commas.
 * @returns The token, or why there is none; nothing of the header is repeated.
 */
export function bearerToken(
  authorization: string | undefined,
): { readonly token: string } | { readonly refusal: Refusal } {
  if (authorization === undefined || authorization === "") return { refusal: MISSING };
  const [, scheme = "", token = ""] = HEADER_REGEXP.exec(authorization) ?? [];
  if (scheme === "" || authorization.includes(",")) return { refusal: MALFORMED };
  // Who comes with another scheme hasn't failed at this one.
  if (scheme.toLowerCase() !== "bearer") return { refusal: MISSING };
  if (token.length > MAX_TOKEN) return { refusal: tooLong(token.length) };
  return TOKEN_REGEXP.test(token) ? { token } : { refusal: MALFORMED };
}
