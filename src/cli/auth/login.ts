/**
 * The command `auth login`: gets tokens for a profile and keeps them.
 *
 * @module
 */

import { isExposed } from "../../config/base_url.ts";
import { FLAGS } from "../../config/flags.ts";
import { credentialVariables } from "../../config/credential.ts";
import { given } from "../../config/settings.ts";
import { RefusedError, UpstreamError, WebexMcpError } from "../../core/errors.ts";
import { Secrets } from "../../core/secrets.ts";
import { DEFAULT_BASE_URL } from "../../webex/requests/hosts.ts";
import { isSameId } from "../../core/webex_id.ts";
import { type Identity, whoAmI } from "../../webex/credential/identity.ts";
import { refreshTokens, type TokenGrant } from "../../webex/credential/oauth.ts";
import { createTokenStore, type StoredTokens } from "../../webex/credential/token_store.ts";
import { ask, findClient, type FoundClient, knownClientId } from "./client.ts";
import { checkStore, keepProfile, keepTokens, type StoreParts } from "./keep.ts";
import type { AuthOutside, LoginParts } from "./outside.ts";
import { loginReport, ownerOf } from "./report.ts";
import { scopesOf } from "./scopes.ts";
import { findTarget, type LoginTarget } from "./target.ts";
import type { AuthLoginCommand, ExitCode } from "../grammar/command.ts";

/** Tokens that cannot be read any more hinder no new login. */
async function readStored({ store }: LoginTarget, { outside, secrets }: StoreParts): Promise<StoredTokens | undefined> {
  try {
    return await createTokenStore(store, { files: outside.credentialFiles, secrets }).read();
  } catch {
    return undefined;
  }
}

async function grantOf(
  command: AuthLoginCommand,
  target: LoginTarget,
  client: FoundClient,
  stored: StoredTokens | undefined,
  parts: LoginParts,
): Promise<TokenGrant> {
  const { readOnly } = target.config;
  const scopes = scopesOf({ named: command.scopes, clientId: client.clientId, stored, readOnly });
  switch (target.grant) {
    case "device":
      return await (await import("./device.ts")).loginByDevice(client, scopes, parts);
    case "browser":
      return await (await import("./browser.ts")).loginByBrowser(client, scopes, command.port, parts);
    case "service-app": {
      const variable = parts.outside.environment("WEBEX_REFRESH_TOKEN")?.trim();
      const question = { what: "refresh token", variables: "WEBEX_REFRESH_TOKEN", hidden: true };
      return await refreshTokens(parts.oauth, client, variable || await ask(question, parts), parts.signal);
    }
  }
}

/** A login is worth keeping even where Webex doesn't say whose it is. */
async function identify({ accessToken }: TokenGrant, { oauth, secrets, signal }: LoginParts): Promise<Identity> {
  const { fetch, baseUrl } = oauth;
  try {
    const identity = await whoAmI({ fetch, baseUrl, token: accessToken, secrets, signal });
    if (!identity.rejected) return identity;
  } catch (error) {
    if (!(error instanceof WebexMcpError) || signal.aborted) throw error;
    return { rejected: false, emails: [], partner: false, unknown: [error.message] };
  }
  throw new UpstreamError("Cannot log in: Webex does not accept the access token that it granted", {
    code: "token_rejected",
    guidance: "Check the integration in the developer portal, and that --base-url is the right region.",
  });
}

/** A partner's token reaches the pinned organization from another one. */
function checkOrganization({ name, profile }: LoginTarget, { organizationId, partner }: Identity): void {
  const pinned = profile?.organization;
  if (pinned === undefined || organizationId === undefined || partner || isSameId(pinned, organizationId)) return;
  throw new RefusedError(`Cannot keep the tokens: profile "${name}" is for another organization`, {
    code: "wrong_organization",
    guidance: "Log in as somebody of that organization, or choose another name with --profile.",
    details: { expected: pinned, got: organizationId },
  });
}

function storedFrom(
  target: LoginTarget,
  grant: TokenGrant,
  client: FoundClient,
  owner: string | undefined,
): StoredTokens {
  return {
    kind: target.kind,
    clientId: client.clientId,
    ...(client.clientSecretFile === undefined ? { clientSecret: client.clientSecret } : {}),
    ...grant,
    ...(owner === undefined ? {} : { owner }),
  };
}

async function login(command: AuthLoginCommand, target: LoginTarget, parts: LoginParts): Promise<void> {
  const { outside, secrets } = parts;
  const stored = await readStored(target, parts);
  // Tokens that could not be kept would be lost, and count among those that Webex allows.
  await checkStore(target, parts);
  const client = await findClient(command.clientId, target, stored, parts);
  const grant = await grantOf(command, target, client, stored, parts);
  const identity = await identify(grant, parts);
  checkOrganization(target, identity);
  await keepTokens(target, storedFrom(target, grant, client, ownerOf(identity)), parts);
  const isAdded = await keepProfile(target, client, identity, outside);
  const variable = rivalOf(outside);
  const report = { target, grant, identity, isAdded, ...(variable === undefined ? {} : { variable }) };
  outside.stdout.write(secrets.hide(loginReport(report)));
}

/** A credential in the environment goes before a profile that nobody names. */
function rivalOf({ environment }: AuthOutside): string | undefined {
  const named = given(FLAGS.profile, undefined, environment);
  return named === undefined ? credentialVariables(environment)[0] : undefined;
}

/** Whoever registers an integration wants to know beforehand. */
async function showScopes(command: AuthLoginCommand, target: LoginTarget, outside: AuthOutside): Promise<void> {
  const stored = await readStored(target, { outside, secrets: new Secrets() });
  const clientId = knownClientId(command.clientId, target, stored, outside.environment);
  const scopes = scopesOf({ named: command.scopes, clientId, stored, readOnly: target.config.readOnly });
  outside.stdout.write(`${scopes.join("\n")}\n`);
}

/**
 * Logs in.
 *
 * @param command How, and for which profile.
 * @param outside The outside of the program.
 * @returns The exit code.
 * @throws {WebexMcpError} If nothing came of it.
 */
export async function runLogin(command: AuthLoginCommand, outside: AuthOutside): Promise<ExitCode> {
  const target = await findTarget(command, outside);
  if (command.showScopes === true) {
    await showScopes(command, target, outside);
    return 0;
  }
  const { fetch, clock } = outside;
  const secrets = new Secrets();
  const baseUrl = target.config.baseUrl ?? DEFAULT_BASE_URL;
  if (isExposed(baseUrl)) outside.stderr.write(`WARNING: Secrets travel unencrypted to ${baseUrl}\n`);
  const stop = new AbortController();
  const stopListening = outside.onInterrupt(() => {
    stop.abort(new RefusedError("Cannot log in: interrupted; nothing was kept", { code: "cancelled" }));
  });
  try {
    const oauth = { fetch, clock, secrets, baseUrl };
    await login(command, target, { outside, oauth, secrets, signal: stop.signal });
    return 0;
  } finally {
    stopListening();
  }
}
