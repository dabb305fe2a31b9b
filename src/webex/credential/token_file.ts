/**
 * A token that another program keeps in a file.
 *
 * @module
 */

import { RefusedError, type UpstreamError } from "../../core/errors.ts";
import { bareToken } from "./bare_token.ts";
import type { Credential, CredentialParts } from "./credential.ts";
import { unreadableFile } from "./file_failure.ts";

function unreadable(path: string, cause: unknown): UpstreamError {
  const file = {
    what: "the access token's file",
    path,
    variable: "WEBEX_ACCESS_TOKEN_FILE",
    code: "token_file_unreadable",
  };
  return unreadableFile(file, cause);
}

/**
 * Makes a credential of a file. It is read at each call, so that it can be renewed while the server runs.
 *
 * @param path The file; blanks and line breaks around the token don't count.
 * @param parts The disk and the secrets.
 * @returns The credential.
 */
export function createTokenFile(path: string, { files, secrets }: CredentialParts): Credential {
  const renewal =
    `Write a new access token to "${path}"; the server reads the file at the next call and needs no restart.`;
  async function token(): Promise<string> {
    const text = await files.readTextFile(path).catch((cause: unknown) => {
      throw unreadable(path, cause);
    });
    const found = bareToken(text, `file "${path}"`, secrets);
    if (found === "") {
      throw new RefusedError(`Cannot call Webex: the access token's file "${path}" is empty`, {
        code: "no_access_token",
        guidance: renewal,
      });
    }
    return found;
  }
  return {
    kind: "file",
    id: `file:${path}`,
    renewal,
    token,
    async renew(rejected) {
      const found = await token();
      return found === rejected ? undefined : found;
    },
    scopes: () => Promise.resolve(undefined),
  };
}
