/**
 * The command `auth status`: tells whose credential it is, what it may do, and for how long; asks Webex.
 *
 * @module
 */

import { embeddedCollection } from "../../collection/embedded.ts";
import type { Config } from "../../config/config.ts";
import type { CredentialSource } from "../../config/credential_source.ts";
import { commandFor } from "../../core/command.ts";
import { UpstreamError, WebexMcpError } from "../../core/errors.ts";
import type { Fetch } from "../../core/fetch.ts";
import { Secrets } from "../../core/secrets.ts";
import { createCredential } from "../../webex/credential/create_credential.ts";
import type { Credential } from "../../webex/credential/credential.ts";
import { DEFAULT_BASE_URL } from "../../webex/requests/hosts.ts";
import { type Identity, whoAmI } from "../../webex/credential/identity.ts";
import { createTokenStore, type StoredTokens } from "../../webex/credential/token_store.ts";
import type { AuthOutside } from "./outside.ts";
import { type Status, statusJson, statusText } from "./status_text.ts";
import type { AuthStatusCommand, ExitCode } from "../grammar/command.ts";
import { loadConfig } from "../config_file.ts";
import { openLog } from "../program_log.ts";

/** What Webex is asked with. */
interface StatusParts {
  readonly config: Config;
  readonly outside: AuthOutside;
  readonly credential: Credential;
  readonly secrets: Secrets;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
}

async function fetchOf({ sandbox }: Config, { fetch }: AuthOutside): Promise<Fetch> {
  if (!sandbox) return fetch;
  const { createSandbox } = await import("../../sandbox/sandbox.ts");
  return createSandbox(embeddedCollection().endpoints).fetch;
}

async function storedOf({ config, outside, secrets }: StatusParts): Promise<StoredTokens | undefined> {
  const { credential } = config;
  if (!("store" in credential)) return undefined;
  return await createTokenStore(credential.store, { files: outside.credentialFiles, secrets }).read();
}

/** A token that is rejected is renewed as a call would do it. */
async function identify(parts: StatusParts): Promise<Identity> {
  const { config, credential, secrets, fetch, signal } = parts;
  const token = await credential.token(signal);
  if (token === undefined) {
    throw new UpstreamError("Cannot find a credential: neither a profile nor the environment has one", {
      code: "no_access_token",
      guidance: `${credential.renewal} Or run "${commandFor("auth login")}".`,
    });
  }
  const options = { fetch, baseUrl: config.baseUrl ?? DEFAULT_BASE_URL, secrets, signal };
  let identity = await whoAmI({ ...options, token });
  const other = identity.rejected ? await credential.renew(token, signal) : undefined;
  if (other !== undefined) identity = await whoAmI({ ...options, token: other });
  if (!identity.rejected) return identity;
  throw new UpstreamError("Cannot use the credential: Webex does not accept the access token", {
    code: "token_rejected",
    status: 401,
    guidance: credential.renewal,
  });
}

async function statusOf(parts: StatusParts): Promise<Status> {
  const { config, outside, credential } = parts;
  const base = { config, now: outside.clock.now(), renewal: credential.renewal };
  try {
    const identity = await identify(parts);
    const stored = await storedOf(parts);
    const scopes = await credential.scopes();
    return {
      ...base,
      identity,
      ...(stored === undefined ? {} : { stored }),
      ...(scopes === undefined ? {} : { scopes }),
    };
  } catch (error) {
    if (!(error instanceof WebexMcpError)) throw error;
    return { ...base, error };
  }
}

/**
 * Shows the credential.
 *
 * @param command For which profile, and for whom.
 * @param outside The outside of the program.
 * @returns 1 when the credential doesn't work.
 * @throws {WebexMcpError} If it doesn't work, unless JSON was asked for.
 */
export async function runStatus({ flags, json }: AuthStatusCommand, outside: AuthOutside): Promise<ExitCode> {
  const config = await loadConfig(flags, outside);
  const secrets = new Secrets();
  const log = openLog(config, outside, secrets, true);
  const stop = new AbortController();
  const stopListening = outside.onInterrupt(() => {
    stop.abort(new UpstreamError("Cannot ask Webex: interrupted", { code: "cancelled" }));
  });
  try {
    const fetch = await fetchOf(config, outside);
    const source: CredentialSource = config.sandbox ? { type: "token", token: "any-token-will-do" } : config.credential;
    const credential = createCredential(source, {
      clock: outside.clock,
      fetch,
      secrets,
      log,
      baseUrl: config.baseUrl ?? DEFAULT_BASE_URL,
      files: outside.credentialFiles,
      run: outside.run,
    });
    const status = await statusOf({ config, outside, credential, secrets, fetch, signal: stop.signal });
    if (json) outside.stdout.write(secrets.hide(`${JSON.stringify(statusJson(status), undefined, 2)}\n`));
    else if (status.error !== undefined) throw status.error;
    else outside.stdout.write(secrets.hide(statusText(status)));
    return status.error === undefined ? 0 : 1;
  } finally {
    stopListening();
    await log.close();
  }
}
