/**
 * Checks the address that replaces Webex's own.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";

const LOOPBACK_REGEXP = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads a base URL.
 *
 * @param text The address as it was given.
 * @param source The flag or variable that it comes from, for messages.
 * @returns The address without a slash at its end.
 * @throws {UsageError} If it isn't an absolute HTTP address, or has a user, a query or a fragment.
 */
export function parseBaseUrl(text: string, source: string): string {
  const url = URL.parse(text.trim());
  const plain = url !== null && /^https?:$/.test(url.protocol) &&
    url.username === "" && url.password === "" &&
    url.search === "" && url.hash === "";
  if (!plain) {
    // The value is quoted only where it can't contain a password.
    const quoted = url?.password ? "" : ` ${JSON.stringify(text)}`;
    throw new UsageError(
      `Cannot use ${source}${quoted}: expected an https address without user, query or fragment`,
      {
        code: "bad_base_url",
        guidance: "Give an address such as https://webexapis.com/v1.",
      },
    );
  }
  return (url.origin + url.pathname).replace(/\/+$/, "");
}

/**
 * Tells whether a token sent to an address could be read on its way.
 *
 * @param baseUrl A base URL.
 * @returns `true` for plain HTTP to another machine.
 */
export function isExposed(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === "http:" && !LOOPBACK_REGEXP.test(hostname);
}
