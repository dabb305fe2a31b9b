/**
 * What gives the access token of each call, wherever it comes from, and renews it.
 *
 * @module
 */

import type { CredentialSource } from "../../config/credential_source.ts";
import type { Clock } from "../../core/clock.ts";
import type { Fetch } from "../../core/fetch.ts";
import type { Log } from "../../core/log.ts";
import type { Secrets } from "../../core/secrets.ts";
import type { CredentialFiles } from "./credential_files.ts";

/** The kinds of credentials. */
export type CredentialKind = CredentialSource["type"];

/** Gives the token of a call. */
export interface Credential {
  readonly kind: CredentialKind;
  /** Distinguishes the credentials of one process; no secret. */
  readonly id: string;
  /**
   * Gives the token to use now; renews it first where that is due, once for all who wait.
   *
   * @param signal Ends the waiting.
   * @returns The token, or `undefined` where none is set.
   * @throws {WebexMcpError} If there is no token to be had; the guidance says what to do.
   */
  token(signal?: AbortSignal): Promise<string | undefined>;
  /**
   * Gives another token after Webex answered 401.
   *
   * @param rejected The token that Webex did not accept.
   * @param signal Ends the waiting.
   * @returns Another token, or `undefined` if there is none: then the 401 stands.
   * @throws {WebexMcpError} If the renewal failed.
   */
  renew(rejected: string, signal?: AbortSignal): Promise<string | undefined>;
  /** One or two sentences: how to renew this very credential. */
  readonly renewal: string;
  /** The scopes that were granted, when they are known. */
  scopes(): Promise<readonly string[] | undefined>;
  /** When the token in use expires, in milliseconds since 1970, as far as that is known without asking anybody. */
  expiresAt?(): number | undefined;
}

/** What a finished program left. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with its arguments and waits for its end; no shell is involved. */
export type Run = (command: readonly string[], signal?: AbortSignal) => Promise<Ran>;

/** What credentials need from outside. */
export interface CredentialParts {
  readonly clock: Clock;
  readonly fetch: Fetch;
  /** Every token and client secret becomes known to it before it is used. */
  readonly secrets: Secrets;
  readonly log: Log;
  /** The base of the API; tokens are renewed there. */
  readonly baseUrl: string;
  readonly files: CredentialFiles;
  readonly run: Run;
}

/** What a caller without a token is told. */
export const TOKEN_GUIDANCE =
  "Set WEBEX_ACCESS_TOKEN (or WEBEX_ACCESS_TOKEN_FILE) for the server to a Webex access token, for example a personal access " +
  "token from https://developer.webex.com/docs/getting-your-personal-access-token, and restart it.";
