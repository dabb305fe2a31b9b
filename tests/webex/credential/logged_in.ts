/**
 * A profile that logged in just now, with its tokens in a store in memory.
 *
 * @module
 */

import type { Credential } from "../../../src/webex/credential/credential.ts";
import { createOAuthCredential, type OAuthSource } from "../../../src/webex/credential/oauth_credential.ts";
import { createTokenStore, type StoredTokens } from "../../../src/webex/credential/token_store.ts";
import { type Differences, type FakeParts, fakeParts } from "../../support/credential_parts.ts";

/** Where the tokens are. */
export const STORE = "/state/acme.json";
/** The right client secret. */
export const SECRET = "planted-client-secret";
/** A day in milliseconds. */
export const DAY: number = 24 * 3_600_000;
/** The profile. */
export const SOURCE: OAuthSource = { type: "integration", profile: "acme", store: STORE };

/** The parts with the credential under test. */
export interface Bench extends FakeParts {
  readonly credential: Credential;
  /** What was stored at the login. */
  readonly stored: StoredTokens;
}

/**
 * Logs in.
 *
 * @param differences What differs from the usual parts.
 * @param source What differs from {@linkcode SOURCE}.
 */
export async function loggedIn(differences: Differences = {}, source: Partial<OAuthSource> = {}): Promise<Bench> {
  const parts = fakeParts({ ...differences, grants: { clientSecret: SECRET, ...differences.grants } });
  const now = parts.clock.now();
  const stored: StoredTokens = {
    kind: "integration",
    clientId: "C1",
    clientSecret: SECRET,
    ...parts.sandbox.grants.issue("C1"),
    issuedAt: now,
    expiresAt: now + 14 * DAY,
    scopes: ["a", "b"],
  };
  await createTokenStore(STORE, parts).write(stored);
  return { ...parts, stored, credential: createOAuthCredential({ ...SOURCE, ...source }, parts) };
}

/** Reads what is stored now. */
export function storedIn(parts: FakeParts): Promise<StoredTokens | undefined> {
  return createTokenStore(STORE, parts).read();
}
