/**
 * Tells people how to renew a login.
 *
 * @module
 */

import type { CredentialSource } from "../../config/credential_source.ts";
import { commandFor } from "../../core/command.ts";

/** Where new tokens of a service app come from. */
export const PORTAL_STEP =
  "Make a new token pair for the service app in the developer portal (https://developer.webex.com/my-apps)";

/**
 * Says how to renew the tokens of a source.
 *
 * @param source The integration or service app.
 * @returns One sentence.
 */
export function renewalOf(
  { type, profile, refreshToken }: Extract<CredentialSource, { readonly type: "integration" | "service_app" }>,
): string {
  if (refreshToken !== undefined) {
    const set = "set WEBEX_REFRESH_TOKEN to the new refresh token, and restart the server.";
    return type === "service_app" ? `${PORTAL_STEP}, ${set}` : `Authorize the integration again, ${set}`;
  }
  const flags = `${type === "service_app" ? " --service-app" : ""}${
    profile === undefined ? "" : ` --profile ${profile}`
  }`;
  const login = `"${commandFor(`auth login${flags}`)}"`;
  return type === "service_app" ? `${PORTAL_STEP}, then run ${login}.` : `Run ${login}; the server needs no restart.`;
}
