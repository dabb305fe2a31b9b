/**
 * The secret of an integration or a service app, wherever it is kept.
 *
 * @module
 */

import { RefusedError, type UpstreamError } from "../../core/errors.ts";
import type { CredentialParts } from "./credential.ts";
import { unreadableFile } from "./file_failure.ts";

/** Where a client secret may be; the first that is there counts. */
export interface ClientSecretPlaces {
  readonly clientSecret?: string;
  /** A file's path. */
  readonly clientSecretFile?: string;
  /** What the token store has. */
  readonly stored?: string;
  /** One or two sentences: how to renew the credential otherwise. */
  readonly renewal: string;
}

function unreadable(path: string, cause: unknown): UpstreamError {
  const file = {
    what: "the client secret's file",
    path,
    variable: "WEBEX_CLIENT_SECRET_FILE",
    code: "client_secret_unreadable",
  };
  return unreadableFile(file, cause);
}

/**
 * Finds the client secret, and makes it known as secret.
 *
 * @param places Where it may be.
 * @param parts The disk and the secrets.
 * @returns The secret without blanks around it.
 * @throws {UpstreamError} `client_secret_unreadable` if its file cannot be read.
 * @throws {RefusedError} `missing_client_secret` if there is none.
 */
export async function findClientSecret(
  { clientSecret, clientSecretFile, stored, renewal }: ClientSecretPlaces,
  { files, secrets }: Pick<CredentialParts, "files" | "secrets">,
): Promise<string> {
  const fromFile = clientSecret === undefined && clientSecretFile !== undefined
    ? await files.readTextFile(clientSecretFile).catch((cause: unknown) => {
      throw unreadable(clientSecretFile, cause);
    })
    : undefined;
  const secret = (clientSecret ?? fromFile ?? stored)?.trim() ?? "";
  secrets.add(secret);
  if (secret !== "") return secret;
  throw new RefusedError("Cannot renew the access token: no client secret is set", {
    code: "missing_client_secret",
    guidance: `Set WEBEX_CLIENT_SECRET or WEBEX_CLIENT_SECRET_FILE and restart the server. ${renewal}`,
  });
}
