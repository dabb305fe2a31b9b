/**
 * Where the access token comes from.
 *
 * @module
 */

import { UpstreamError } from "../core/errors.ts";

/** How the token is found. */
export interface CredentialOptions {
  /** The token itself. */
  readonly token?: string;
  /** A file that holds the token, read at each call, so that it can be renewed while the server runs. */
  readonly tokenFile?: string;
  /** Reads a text file. */
  readonly readTextFile: (path: string) => Promise<string>;
}

/** Gives the token of a call. */
export interface Credential {
  /**
   * @returns The token, or `undefined` where none is set.
   * @throws {UpstreamError} If the token's file cannot be read.
   */
  token(): Promise<string | undefined>;
}

/** What a caller without a token is told. */
export const TOKEN_GUIDANCE =
  "Set WEBEX_ACCESS_TOKEN (or WEBEX_ACCESS_TOKEN_FILE) for the server to a Webex access token, for example a personal access " +
  "token from https://developer.webex.com/docs/getting-your-personal-access-token, and restart it.";

/**
 * Makes a credential.
 *
 * @param options The token, or the file that holds it; the token wins.
 * @returns The credential.
 */
export function createCredential({ token, tokenFile, readTextFile }: CredentialOptions): Credential {
  return {
    async token() {
      if (token !== undefined && token.trim() !== "") return token.trim();
      if (tokenFile === undefined) return undefined;
      const text = await readTextFile(tokenFile).catch((cause: unknown) => {
        throw new UpstreamError(`Cannot read the access token's file "${tokenFile}"`, {
          code: "token_file_unreadable",
          guidance: "Check that WEBEX_ACCESS_TOKEN_FILE names a file that the server may read (--allow-read).",
          cause,
        });
      });
      return text.trim() || undefined;
    },
  };
}
