/**
 * A credential for tests: its tokens are given, one after the other.
 *
 * @module
 */

import type { Credential } from "../../src/webex/credential/credential.ts";

/** A credential, and what was asked of it. */
export interface FakeCredential extends Credential {
  /** The tokens that were rejected, in order. */
  readonly rejected: readonly string[];
}

/**
 * Makes a credential.
 *
 * @param tokens The first is in use; a rejected one gives way to the next. None: there is no token.
 * @returns The credential; its id is `fake`.
 */
export function credentialOf(...tokens: readonly string[]): FakeCredential {
  const rejected: string[] = [];
  let current = 0;
  return {
    kind: tokens.length === 0 ? "none" : "token",
    id: "fake",
    renewal: "Set WEBEX_ACCESS_TOKEN to a fresh token.",
    token: () => Promise.resolve(tokens[current]),
    renew: (token) => {
      rejected.push(token);
      if (token === tokens[current] && current < tokens.length - 1) current++;
      return Promise.resolve(tokens[current] === token ? undefined : tokens[current]);
    },
    scopes: () => Promise.resolve(undefined),
    rejected,
  };
}
