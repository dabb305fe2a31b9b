/**
 * Recognizes the addresses of an endpoint, before the access token travels there.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import { baseUrlFor, CDR_HOSTS } from "../requests/hosts.ts";

const PLACEHOLDER_REGEXP = /\{[^{}]+\}/;

/** Parsed addresses have no dot segments left, encoded ones neither, so a segment is a segment. */
function pathPattern(path: string): RegExp {
  const parts = path.replace(/\/$/, "").split(PLACEHOLDER_REGEXP);
  return new RegExp(`^${parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("[^/]+")}/?$`);
}

/**
 * Tells whether an address belongs to an endpoint: one of its origins, no user name, and its path with any ids.
 *
 * @param endpoint The endpoint; one of the call records is at home in every region.
 * @param url The address, whoever gave it.
 * @param baseUrl Replaces every base URL; then only its origin counts.
 * @returns Whether a request with the access token may go there.
 */
export function isAddressOf(endpoint: Endpoint, url: URL, baseUrl: string | undefined): boolean {
  const base = new URL(baseUrlFor(endpoint.server, baseUrl));
  const origins = baseUrl === undefined && CDR_HOSTS.includes(base.host)
    ? CDR_HOSTS.map((host) => `https://${host}`)
    : [base.origin];
  return origins.includes(url.origin) && url.username === "" && url.password === "" &&
    pathPattern(`${base.pathname.replace(/\/$/, "")}${endpoint.path}`).test(url.pathname);
}
