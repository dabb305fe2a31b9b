/**
 * Reads the addresses that the program listens on.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import type { Given } from "./settings.ts";

/** Where to listen. */
export interface Address {
  /** A name or an IP address, IPv6 without brackets. */
  readonly hostname: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

const LOOPBACK_REGEXP = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;
const HOST_REGEXP = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/;

/**
 * Reads an address.
 *
 * @param setting `PORT`, `HOST:PORT` or `[IPV6]:PORT`.
 * @returns The address; without a host that of this machine alone.
 * @throws {UsageError} If it is none.
 */
export function addressOf({ text, source }: Given): Address {
  const whole = text.trim();
  const [, v6, name, digits] = HOST_REGEXP.exec(/^\d{1,5}$/.test(whole) ? `127.0.0.1:${whole}` : whole) ?? [];
  const hostname = v6 ?? name;
  const port = Number(digits);
  if (hostname !== undefined && port <= 65_535) return { hostname, port };
  throw new UsageError(`Cannot use ${source} ${JSON.stringify(text)}: expected [HOST:]PORT`, {
    code: "bad_address",
    guidance: "Give a port such as 8080, or an address such as 0.0.0.0:8080 or [::1]:8080.",
  });
}

/**
 * Tells whether only programs of this machine reach an address.
 *
 * @param address The address.
 * @returns Whether it is of the loopback interface.
 */
export function isLoopback({ hostname }: Address): boolean {
  return LOOPBACK_REGEXP.test(hostname.toLowerCase());
}

/**
 * Writes an address as it stands in a URL.
 *
 * @param address The address.
 * @returns For example `127.0.0.1:8080` or `[::1]:8080`.
 */
export function addressText({ hostname, port }: Address): string {
  return `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}
