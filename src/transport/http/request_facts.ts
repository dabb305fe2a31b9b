/**
 * Tells requests apart, and where they come from.
 *
 * @module
 */

import { isIP } from "node:net";
import type { Arrival } from "./arrival.ts";
import { plainAddress, type TrustedProxies } from "./trusted_proxies.ts";

/** What is known of a request before anybody looks at what it wants. */
export interface RequestFacts {
  /** Stands in the answer, the access log and the audit trail. */
  readonly id: string;
  /** Where the request comes from, as far as proxies that are trusted tell it. */
  readonly client: string;
}

/** What others may call a request. */
const ID_REGEXP = /^[A-Za-z0-9._-]{8,64}$/;

/** The last address that nobody we trust has written is the client's. */
function clientOf(remote: string, forwarded: string | null, proxies: TrustedProxies): string {
  let client = plainAddress(remote);
  const hops = (forwarded ?? "").split(",").map((hop) => plainAddress(hop.trim()));
  while (proxies.has(client)) {
    const hop = hops.pop();
    if (hop === undefined || isIP(hop) === 0) break;
    client = hop;
  }
  return client;
}

/**
 * Finds out about a request. Only a trusted proxy is believed in what it says of it.
 *
 * @param request The request.
 * @param arrival How it arrived.
 * @param proxies Who is trusted.
 * @param randomId Makes ids.
 * @returns What is known.
 */
export function requestFactsOf(
  { headers }: Pick<Request, "headers">,
  { remoteAddress }: Pick<Arrival, "remoteAddress">,
  proxies: TrustedProxies,
  randomId: () => string,
): RequestFacts {
  const named = proxies.has(remoteAddress) ? headers.get("x-request-id") ?? "" : "";
  return {
    id: ID_REGEXP.test(named) ? named : randomId(),
    client: clientOf(remoteAddress, headers.get("x-forwarded-for"), proxies),
  };
}
