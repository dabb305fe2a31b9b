/**
 * Finds an issuer's keys by its metadata (RFC 8414, and OpenID Connect Discovery 1.0).
 *
 * @module
 */

import { isExposed } from "../config/base_url.ts";
import { UpstreamError } from "../core/errors.ts";
import { fetchSmallJson, type JsonParts } from "./small_json.ts";

/**
 * Names the places of an issuer's metadata, in the order in which they are tried.
 *
 * @param issuer The issuer's identifier.
 * @returns RFC 8414's place before the issuer's own path, then OpenID Connect's, before and after it.
 */
export function metadataAddresses(issuer: string): readonly string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, "");
  return [
    ...new Set([
      `${origin}/.well-known/oauth-authorization-server${path}`,
      `${origin}/.well-known/openid-configuration${path}`,
      `${origin}${path}/.well-known/openid-configuration`,
    ]),
  ];
}

function failure(reason: string): UpstreamError {
  return new UpstreamError(`Cannot find the keys of the OAuth issuer: ${reason}`, {
    code: "issuer_unavailable",
    guidance: "Check issuer and jwks_uri of http.oauth in the configuration file, and that the issuer can be reached.",
  });
}

/** A document of another issuer would have its keys taken for this one's (RFC 8414, section 3.3). */
function keysOf(metadata: Readonly<Record<string, unknown>>, issuer: string, address: string): string {
  if (metadata["issuer"] !== issuer) throw failure(`${address} is the metadata of another issuer`);
  const keys = metadata["jwks_uri"];
  const url = typeof keys === "string" ? URL.parse(keys) : null;
  // Only an issuer on this machine may lead to it.
  const isSafe = url?.protocol === "https:" ||
    (url?.protocol === "http:" && issuer.startsWith("http:") && !isExposed(url.href));
  if (url !== null && isSafe) return url.href;
  throw failure(`${address} names no https address as jwks_uri`);
}

/**
 * Finds the address of an issuer's keys.
 *
 * @param issuer The issuer's identifier.
 * @param parts How documents are fetched.
 * @returns The address.
 * @throws {UpstreamError} `issuer_unavailable` if no metadata comes, or it is that of another issuer.
 */
export async function keysAddress(issuer: string, parts: JsonParts): Promise<string> {
  const tried: string[] = [];
  for (const address of metadataAddresses(issuer)) {
    const answer = await fetchSmallJson(address, parts);
    if ("value" in answer) return keysOf(answer.value, issuer, address);
    tried.push(`${address} answered ${answer.status}`);
  }
  throw failure(tried.join(", "));
}
