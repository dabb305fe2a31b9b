/**
 * Refuses requests that a web page made a browser send (DNS rebinding, foreign origins), and targets of a strange form.
 *
 * @module
 */

import { localhostAllowedOrigins, validateHostHeader, validateOriginHeader } from "@modelcontextprotocol/server";
import type { HttpRefusal } from "./refusal.ts";

/** Who may be called, and from where. */
export interface HostRules {
  /** Names, lower case, without ports. */
  readonly allowedHosts: readonly string[];
  /** Origins of web pages, besides those of this machine where it alone is served. */
  readonly allowedOrigins: readonly string[];
  /** Only this machine is served, and its own web pages with it. */
  readonly isLocal: boolean;
}

/** A token in an address ends up in histories and logs (RFC 6750, section 5.3). */
const TOKEN_NAMES = ["access_token", "token", "authorization", "api_key"];

/** A host as it stands in its header (RFC 9110, section 7.2); what else a URL could hold there has no place in it. */
const HOST_REGEXP = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;

function isAllowedHost(host: string, { allowedHosts }: HostRules): boolean {
  return HOST_REGEXP.test(host) && validateHostHeader(host, [...allowedHosts]).ok;
}

function isAllowedOrigin(origin: string, { allowedOrigins, isLocal }: HostRules): boolean {
  if (allowedOrigins.includes(origin)) return true;
  return isLocal && validateOriginHeader(origin, localhostAllowedOrigins()).ok;
}

/**
 * Checks what a request says of its sender and its target.
 *
 * @param request The request.
 * @param target The target as it was sent.
 * @param rules Who may be called.
 * @returns Why it is refused; `undefined` where it isn't.
 */
export function refusedByHost(
  request: Pick<Request, "headers" | "url">,
  target: string,
  rules: HostRules,
): HttpRefusal | undefined {
  const { headers } = request;
  if (!isAllowedHost(headers.get("host")?.toLowerCase() ?? "", rules)) {
    return { status: 403, message: "Refused: the request is for another host" };
  }
  const origin = headers.get("origin");
  if (origin !== null && !isAllowedOrigin(origin, rules)) {
    return { status: 403, message: "Refused: web pages of this origin may not call" };
  }
  const url = new URL(request.url);
  // What a proxy in front takes for another path must not become ours by being normalised.
  if (target.split("?", 1)[0] !== url.pathname || url.pathname.includes("%")) {
    return { status: 400, message: "Refused: the path is not in its plain form" };
  }
  if (TOKEN_NAMES.some((name) => url.searchParams.has(name))) {
    return { status: 400, message: "Refused: a token belongs into the header Authorization, never into an address" };
  }
  return undefined;
}
