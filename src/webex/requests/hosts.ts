/**
 * The hosts that may receive the access token.
 *
 * @module
 */

import { RefusedError } from "../../core/errors.ts";

/** The base of all operations that name no other host. */
export const DEFAULT_BASE_URL = "https://webexapis.com/v1";

/** Every host of the Webex API: the general ones, US Government, and those of call records and analytics. */
export const WEBEX_HOSTS: readonly string[] = [
  "webexapis.com",
  "api-usgov.webex.com",
  "analytics.webexapis.com",
  "analytics-calling.webexapis.com",
  "analytics-calling-au.webexapis.com",
  "analytics-calling-eu.webexapis.com",
  "analytics-calling-gov.webexapis.com",
  "analytics-calling-in.webexapis.com",
];

/** The hosts of the call records: one for each region, and the one that finds the nearest region. */
export const CDR_HOSTS: readonly string[] = WEBEX_HOSTS.filter((host) => host.startsWith("analytics"));

const WEBEX_ORIGINS = new Set(WEBEX_HOSTS.map((host) => `https://${host}`));

/**
 * Chooses the base address of an operation.
 *
 * @param server The operation's own base URL, if it has one.
 * @param override Replaces every base URL; then only its origin is called.
 * @returns The base URL, without a slash at the end.
 * @throws {RefusedError} If the token would leave for an origin that is neither Webex's nor the chosen one.
 */
export function baseUrlFor(server: string | undefined, override: string | undefined): string {
  const base = (override ?? server ?? DEFAULT_BASE_URL).replace(/\/+$/, "");
  const { origin } = new URL(base);
  if (override !== undefined || WEBEX_ORIGINS.has(origin)) return base;
  throw new RefusedError(`Cannot send the access token to "${origin}": expected a Webex host`, {
    code: "foreign_origin",
    guidance:
      "The collection names a server of another API. To use that API, run a server of its own with --base-url and that API's own token.",
  });
}
