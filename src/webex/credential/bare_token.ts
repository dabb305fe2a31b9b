/**
 * Tokens as they are set by people, who copy them from everywhere.
 *
 * @module
 */

import { RefusedError } from "../../core/errors.ts";
import type { Secrets } from "../../core/secrets.ts";

const SCHEME_REGEXP = /^bearer\s+/i;

/**
 * Takes the blanks around a token away, makes it known as secret, and refuses one that brings the word of the HTTP header.
 *
 * @param text What was set.
 * @param place Where it was set, for example `WEBEX_ACCESS_TOKEN`.
 * @param secrets The secrets.
 * @returns The token; empty where nothing was set.
 * @throws {RefusedError} `malformed_access_token` if it begins with "Bearer".
 */
export function bareToken(text: string, place: string, secrets: Secrets): string {
  const token = text.trim();
  secrets.add(token);
  if (!SCHEME_REGEXP.test(token)) return token;
  secrets.add(token.replace(SCHEME_REGEXP, ""));
  throw new RefusedError(`Cannot call Webex: the access token of ${place} begins with "Bearer"`, {
    code: "malformed_access_token",
    guidance: 'Leave the word "Bearer" and the blank after it out: the token alone is expected.',
  });
}
