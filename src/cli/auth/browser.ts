/**
 * Logs in with a browser on this machine.
 *
 * @module
 */

import { UpstreamError, UsageError } from "../../core/errors.ts";
import { authorizeUrl, challengeOf, createVerifier } from "../../webex/credential/authorization.ts";
import { exchangeCode, type OAuthClient, type TokenGrant } from "../../webex/credential/oauth.ts";
import { TimeLimitReached, untilAborted, withinTime } from "../../webex/credential/waiting.ts";
import { type Callback, listenForCallback } from "./callback.ts";
import type { LoginParts } from "./outside.ts";

/** How long the person has, in milliseconds. */
const LIMIT_MS = 300_000;

async function listen(port: number, state: string, { outside }: LoginParts): Promise<Callback> {
  const host = `127.0.0.1:${port}`;
  if (!await outside.mayUse(host)) {
    throw new UsageError(`Cannot wait for the browser on ${host}: the permission is missing`, {
      code: "missing_permission",
      guidance: `Add --allow-net=${host} to the deno command, or log in with --device.`,
    });
  }
  const onStranger = () => outside.stderr.write("Refused a browser that brought another login's state\n");
  return listenForCallback({ port, state, onStranger });
}

async function waitForCode({ code }: Callback, { outside, signal }: LoginParts): Promise<string> {
  try {
    return await withinTime({ clock: outside.clock, ms: LIMIT_MS, signal }, (ends) => untilAborted(code, ends));
  } catch (error) {
    if (!(error instanceof TimeLimitReached)) throw error;
    throw new UpstreamError("Cannot log in: nobody came back from the browser in time", {
      code: "login_expired",
      guidance: "Log in again; without a browser on this machine, with --device.",
    });
  }
}

/**
 * Gets tokens by a browser that comes back to loopback, with state and PKCE (RFC 7636). No browser is started: whoever
 * runs the command may sit elsewhere.
 *
 * @param client The integration.
 * @param scopes The scopes to ask for.
 * @param port The port that the integration's redirect address names.
 * @param parts The person and the network.
 * @returns The tokens.
 * @throws {UpstreamError} If Webex or the person refuses, or nobody comes back in time.
 */
export async function loginByBrowser(
  client: OAuthClient,
  scopes: readonly string[],
  port: number,
  parts: LoginParts,
): Promise<TokenGrant> {
  const { oauth, outside, signal } = parts;
  const [state, verifier] = [createVerifier(), createVerifier()];
  await using callback = await listen(port, state, parts);
  const { redirectUri } = callback;
  const challenge = await challengeOf(verifier);
  const url = authorizeUrl({
    baseUrl: oauth.baseUrl,
    clientId: client.clientId,
    redirectUri,
    scopes,
    state,
    challenge,
  });
  outside.stderr.write(`Open this address in a browser on this machine; Ctrl-C ends the wait:\n${url}\n`);
  const code = await waitForCode(callback, parts);
  return await exchangeCode(oauth, client, { code, redirectUri, verifier }, signal);
}
