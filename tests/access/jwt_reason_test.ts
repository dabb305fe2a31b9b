import assert from "node:assert/strict";
import { errors } from "jose";
import { jwtReason } from "../../src/access/jwt_reason.ts";

Deno.test("jwtReason() has a word for whatever the library throws", () => {
  const wrong = (claim: string, why?: string) => new errors.JWTClaimValidationFailed("planted", {}, claim, why);
  const cases: [unknown, string][] = [
    [new errors.JWTExpired("planted", {}), "expired"],
    [wrong("aud", "missing"), "wrong_audience"],
    [wrong("iss", "check_failed"), "wrong_issuer"],
    [wrong("typ", "check_failed"), "wrong_type"],
    [wrong("exp", "missing"), "no_expiry"],
    [wrong("exp", "invalid"), "malformed"],
    [wrong("nbf", "check_failed"), "not_yet_valid"],
    [wrong("nbf", "invalid"), "malformed"],
    [wrong("iat", "invalid"), "malformed"],
    [new errors.JWKSNoMatchingKey(), "unknown_key"],
    [new errors.JWKSMultipleMatchingKeys(), "unknown_key"],
    [new errors.JWSSignatureVerificationFailed(), "bad_signature"],
    [new errors.JOSEAlgNotAllowed("planted"), "unsupported_algorithm"],
    [new errors.JWSInvalid("planted"), "malformed"],
    [new errors.JWTInvalid("planted"), "malformed"],
    [new errors.JOSENotSupported("planted"), "unverifiable"],
    [new TypeError("planted"), "unverifiable"],
    ["planted", "unverifiable"],
  ];
  for (const [error, reason] of cases) assert.equal(jwtReason(error), reason, String(error));
});
