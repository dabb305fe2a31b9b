/**
 * Sends a person's browser to Webex's authorization page, with proof of who asked (PKCE, RFC 7636).
 *
 * @module
 */

/** What an authorization's address is made of. */
export interface AuthorizationRequest {
  /** The base of the API, for example `https://webexapis.com/v1`. */
  readonly baseUrl: string;
  readonly clientId: string;
  /** As it is registered with the integration. */
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** Comes back with the code; see {@linkcode createVerifier} for a good one. */
  readonly state: string;
  /** See {@linkcode challengeOf}. */
  readonly challenge: string;
}

const VERIFIER_BYTES = 32;

function base64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/**
 * Makes a PKCE verifier, or a state: 43 characters that nobody can guess.
 *
 * @param random Fills bytes; by default the computer's cryptographic source.
 * @returns The text.
 */
export function createVerifier(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => crypto.getRandomValues(bytes),
): string {
  return base64url(random(new Uint8Array(VERIFIER_BYTES)));
}

/**
 * Computes the challenge that goes into the authorization's address, by S256 (RFC 7636, section 4.2).
 *
 * @param verifier The verifier, which goes with the code later.
 * @returns The challenge.
 */
export async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

/**
 * Makes the address that a person opens to authorize an integration.
 *
 * @param request What it is made of.
 * @returns The address; it holds no secret.
 */
export function authorizeUrl({ baseUrl, clientId, redirectUri, scopes, state, challenge }: AuthorizationRequest): URL {
  const url = new URL(`${baseUrl}/authorize`);
  const query = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(" "),
    state,
    code_challenge: challenge,
    code_challenge_method: "S256",
  });
  // "%20" means a blank everywhere, "+" only in forms.
  url.search = query.toString().replaceAll("+", "%20");
  return url;
}
