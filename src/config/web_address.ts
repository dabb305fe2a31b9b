/**
 * Reads addresses of web pages and of this server as clients see it.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import type { Given } from "./settings.ts";

/** An absolute address, normalised. */
export type HttpUrl = string;

function plainUrl(text: string): URL | undefined {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  return url.username === "" && url.password === "" && url.search === "" && url.hash === "" ? url : undefined;
}

/**
 * Reads an address without user, query and fragment.
 *
 * @param setting What was given.
 * @returns The address.
 * @throws {UsageError} If it is none; it is not quoted, because it may hold a password.
 */
export function httpUrlOf({ text, source }: Given): HttpUrl {
  const url = plainUrl(text);
  if (url !== undefined) return url.href;
  throw new UsageError(`Cannot use ${source}: expected an https address without user, query or fragment`, {
    code: "bad_url",
    guidance: "Give an address such as https://mcp.example.com/mcp.",
  });
}

/**
 * Reads the origin of a web page.
 *
 * @param setting What was given.
 * @returns The origin as browsers write it.
 * @throws {UsageError} If it is none, or more than that.
 */
export function originOf({ text, source }: Given): string {
  const url = plainUrl(text);
  if (url !== undefined && url.pathname === "/") return url.origin;
  throw new UsageError(`Cannot use ${source} ${JSON.stringify(text)}: expected the origin of a web page`, {
    code: "bad_origin",
    guidance: "Give scheme, host and port only, as https://app.example.com or http://localhost:6274.",
  });
}
