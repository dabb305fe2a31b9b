/**
 * Tells in one word why a token is none that counts, from what the library throws.
 *
 * @module
 */

import { isRecord } from "../core/json.ts";
import type { RefusalReason } from "./caller.ts";

/** The library's names of errors are part of its interface; their texts, which quote claims, are not looked at. */
const BY_CODE: ReadonlyMap<string, RefusalReason> = new Map([
  ["ERR_JWT_EXPIRED", "expired"],
  ["ERR_JWKS_NO_MATCHING_KEY", "unknown_key"],
  ["ERR_JWKS_MULTIPLE_MATCHING_KEYS", "unknown_key"],
  ["ERR_JWS_SIGNATURE_VERIFICATION_FAILED", "bad_signature"],
  ["ERR_JOSE_ALG_NOT_ALLOWED", "unsupported_algorithm"],
  ["ERR_JWS_INVALID", "malformed"],
  ["ERR_JWT_INVALID", "malformed"],
]);

/** A claim that is missing is as wrong as one of another value. */
const BY_CLAIM: ReadonlyMap<unknown, RefusalReason> = new Map([
  ["iss", "wrong_issuer"],
  ["aud", "wrong_audience"],
  ["typ", "wrong_type"],
]);

function reasonOfClaim(claim: unknown, isMissing: boolean, isInvalid: boolean): RefusalReason {
  if (claim === "exp" && isMissing) return "no_expiry";
  if (claim === "nbf" && !isInvalid) return "not_yet_valid";
  return BY_CLAIM.get(claim) ?? "malformed";
}

/**
 * Finds the code of an error.
 *
 * @param error Anything that was thrown.
 * @returns The library's code; empty for what isn't its own.
 */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/**
 * Tells why a token doesn't count.
 *
 * @param error What checking it threw.
 * @returns The reason; `unverifiable` for all that isn't known, such as a key that is too short.
 */
export function jwtReason(error: unknown): RefusalReason {
  const code = codeOf(error);
  if (code === "ERR_JWT_CLAIM_VALIDATION_FAILED" && isRecord(error)) {
    return reasonOfClaim(error.claim, error.reason === "missing", error.reason === "invalid");
  }
  return BY_CODE.get(code) ?? "unverifiable";
}
