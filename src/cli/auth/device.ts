/**
 * Logs in on another device: a person opens a link anywhere and confirms a code there.
 *
 * @module
 */

import { pollDeviceGrant, startDeviceGrant } from "../../webex/credential/device_grant.ts";
import type { OAuthClient, TokenGrant } from "../../webex/credential/oauth.ts";
import type { LoginParts } from "./outside.ts";

const CLEAR_LINE = "\r\u001b[2K";

/** Shows how much time is left, until the signal aborts; only at a terminal, which can take a line back. */
async function countDown(expiresAt: number, { outside }: LoginParts, signal: AbortSignal): Promise<void> {
  const { stderr, clock } = outside;
  if (!stderr.isTerminal) return;
  try {
    while (clock.now() < expiresAt) {
      const seconds = Math.ceil((expiresAt - clock.now()) / 1000);
      const left = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      stderr.write(`${CLEAR_LINE}Waiting for the confirmation, ${left} left; Ctrl-C ends it `);
      await clock.sleep(1000, signal);
    }
  } catch {
    // The wait is over.
  }
  stderr.write(CLEAR_LINE);
}

/**
 * Gets tokens by a device grant (RFC 8628).
 *
 * @param client The integration.
 * @param scopes The scopes to ask for.
 * @param parts The person and the network.
 * @returns The tokens.
 * @throws {UpstreamError} If Webex or the person refuses, or nobody confirms in time.
 */
export async function loginByDevice(
  client: OAuthClient,
  scopes: readonly string[],
  parts: LoginParts,
): Promise<TokenGrant> {
  const { oauth, outside, signal } = parts;
  const grant = await startDeviceGrant(oauth, { clientId: client.clientId, scopes }, signal);
  const { verificationUri, verificationUriComplete, userCode } = grant;
  outside.stderr.write(`Open ${verificationUri} on any device and enter the code ${userCode}\n`);
  if (verificationUriComplete !== undefined) outside.stderr.write(`Or open ${verificationUriComplete}\n`);
  const done = new AbortController();
  const counting = countDown(grant.expiresAt, parts, AbortSignal.any([done.signal, signal]));
  try {
    return await pollDeviceGrant(oauth, client, grant, signal);
  } finally {
    done.abort();
    await counting;
  }
}
