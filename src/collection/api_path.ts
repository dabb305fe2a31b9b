/**
 * Where an operation is, however a document divides its address into server and path.
 *
 * @module
 */

import type { Endpoint } from "./endpoint.ts";

/** The version at the beginning of Webex's addresses; whether it belongs to the server or to the path is the author's taste. */
const VERSION_REGEXP = /^\/v\d+(?=\/|$)/;

function basePath(server: string | undefined): string {
  return server !== undefined && URL.canParse(server) ? new URL(server).pathname.replace(/\/+$/, "") : "";
}

/**
 * Gives the path of an endpoint below the version of the API.
 *
 * @param endpoint The endpoint.
 * @returns For example `/people/{personId}`, with or without `/v1` in server or path; no slash at the end.
 */
export function apiPathOf({ server, path }: Pick<Endpoint, "server" | "path">): string {
  return `${basePath(server)}${path}`.replace(VERSION_REGEXP, "").replace(/(.)\/+$/, "$1");
}

/**
 * Names an operation by method and path, whatever its parameters are called.
 *
 * @param endpoint The endpoint.
 * @returns For example `GET /people/{}`.
 */
export function operationKey(endpoint: Pick<Endpoint, "method" | "server" | "path">): string {
  return `${endpoint.method} ${apiPathOf(endpoint).replace(/\{[^}]*\}/g, "{}")}`;
}
