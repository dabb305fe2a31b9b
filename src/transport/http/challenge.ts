/**
 * Answers whoever is not let in.
 *
 * @module
 */

import { challenge, type ChallengeFacts, type ToldRefusal } from "../../access/protected_resource.ts";

/** How soon to ask again where it can't be told who calls, in seconds. */
const RETRY_SECONDS = "5";

/**
 * Makes the answer.
 *
 * @param refusal Why the caller is not let in.
 * @param facts What there is to know of an OAuth issuer.
 * @returns A response as OAuth 2.0 words it (RFC 6750, section 3; RFC 6749, section 5.2).
 */
export function challengeResponse(refusal: ToldRefusal, facts: ChallengeFacts): Response {
  const { status, error, description } = refusal;
  const authenticate = challenge(refusal, facts);
  const headers: Record<string, string> = {
    ...(authenticate === undefined ? {} : { "www-authenticate": authenticate }),
    ...(status === 503 ? { "retry-after": RETRY_SECONDS } : {}),
  };
  const name = error ??
    (status === 503 ? "temporarily_unavailable" : status === 403 ? "access_denied" : "unauthorized");
  return Response.json({ error: name, error_description: description }, { status, headers });
}
