/**
 * Reads where a Redis or Valkey server is, and how one logs in there.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";

/** Where the server is, and how one logs in. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** The number of the database. */
  readonly database: number;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** `redis://host:port`, for messages: without user and password. */
  readonly label: string;
}

const DEFAULT_PORT = 6379;

function refuse(problem: string): never {
  throw new UsageError(`Cannot use the address of the store: ${problem}`, {
    code: "bad_store_address",
    guidance:
      "Pass redis://HOST[:PORT][/DATABASE], or rediss:// for TLS; give the password apart from it where you can.",
  });
}

function decoded(text: string, what: string): string | undefined {
  if (text === "") return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse(`its ${what} is not percent-encoded as it must be`);
  }
}

/**
 * Reads the address of a server.
 *
 * @param text `redis://[user[:password]@]host[:port][/database]`; with `rediss` by TLS.
 * @param password The password; it wins over the one of the address.
 * @returns The address in its parts.
 * @throws {UsageError} If it is none. The error never quotes it, since it may hold a password.
 */
export function readRedisAddress(text: string, password?: string): RedisAddress {
  const url = URL.parse(text) ?? refuse("it is no URL");
  if (url.protocol !== "redis:" && url.protocol !== "rediss:") refuse('expected a scheme of "redis" or "rediss"');
  if (url.hostname === "") refuse("it names no host");
  if (url.search !== "" || url.hash !== "") refuse("nothing may follow the database");
  const database = /^\/?(\d{0,4})$/.exec(url.pathname)?.[1] ?? refuse("expected a number as database");
  const port = url.port === "" ? DEFAULT_PORT : Number(url.port);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port,
    tls: url.protocol === "rediss:",
    database: Number(database),
    user: decoded(url.username, "user"),
    password: password ?? decoded(url.password, "password"),
    label: `${url.protocol}//${url.hostname}:${port}`,
  };
}
