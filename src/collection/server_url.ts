/**
 * Reads the address of a service out of a list of servers.
 *
 * @module
 */

import { isRecord } from "../core/json.ts";
import type { Checker, Fields } from "./check.ts";

/** What the parser of addresses would not change. */
const PLAIN_REGEXP = /^https:\/\/[a-z][a-z0-9.-]*[a-z](?:\/\w[\w.-]*)*$/;
const VARIABLE_REGEXP = /\{([^{}]*)\}/g;

/**
 * Finds the first usable server.
 *
 * Relative addresses are passed over, since there is no address that they are relative to; so is anything that isn't
 * HTTP.
 *
 * @param holder What has the servers as its member `servers`: addresses, or OpenAPI's Server Objects.
 * @param at Where the holder is.
 * @param check Receives problems.
 * @returns The base URL, without a slash at its end, or `undefined`.
 */
export function readServer(holder: Fields, at: string, check: Checker): string | undefined {
  for (const [index, server] of check.list(holder.servers, at, "servers").entries()) {
    const url = typeof server === "string" ? server : isRecord(server) ? server.url : undefined;
    if (typeof url !== "string") {
      check.expected(`${at}servers[${index}]`, 'an address or an object with "url"', server);
      continue;
    }
    const base = baseUrl(isRecord(server) ? withVariables(url, server) : url);
    if (base !== undefined) return base;
  }
  return undefined;
}

/** Puts the variables' defaults in; a variable without one stays, which makes the address unusable. */
function withVariables(url: string, server: Fields): string {
  return url.replace(VARIABLE_REGEXP, (whole, name: string) => {
    const variables = isRecord(server.variables) ? server.variables : {};
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const value = isRecord(variable) ? variable.default : undefined;
    return typeof value === "string" || typeof value === "number" ? String(value) : whole;
  });
}

/** Origin and path only, so that no address carries a credential or a query. */
function baseUrl(text: string): string | undefined {
  if (PLAIN_REGEXP.test(text)) return text;
  const url = text.includes("{") ? null : URL.parse(text);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return undefined;
  return (url.origin + url.pathname).replace(/\/+$/, "");
}
