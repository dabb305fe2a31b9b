/**
 * Knows which proxies are believed when they say where a request comes from.
 *
 * @module
 */

import { BlockList, isIP } from "node:net";
import { UsageError } from "../../core/errors.ts";

/** The proxies. */
export interface TrustedProxies {
  /** Tells whether an address is one of theirs. */
  has(address: string): boolean;
}

/** IPv4 in the form of IPv6, as the system shows it on a socket for both. */
const MAPPED_REGEXP = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

/**
 * Writes an address in one form.
 *
 * @param address An IP address.
 * @returns IPv4 as such.
 */
export function plainAddress(address: string): string {
  return address.replace(MAPPED_REGEXP, "");
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 4 ? "ipv4" : "ipv6";
}

function add(list: BlockList, text: string): void {
  const [address = "", bits, ...more] = text.split("/");
  const family = familyOf(address);
  const most = family === "ipv4" ? 32 : 128;
  const width = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : NaN;
  if (family === undefined || more.length > 0 || !(width <= most)) {
    throw new UsageError(`Cannot trust proxy ${JSON.stringify(text)}: expected an IP address or a network`, {
      code: "bad_proxy",
      guidance: "Give addresses as 127.0.0.1 or networks as 10.0.0.0/8.",
    });
  }
  list.addSubnet(address, width, family);
}

/**
 * Makes the set of proxies.
 *
 * @param texts Addresses and networks (CIDR).
 * @returns The set.
 * @throws {UsageError} If a text is neither.
 */
export function createTrustedProxies(texts: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const text of texts) add(list, text);
  return {
    has(address) {
      const plain = plainAddress(address);
      const family = familyOf(plain);
      return family !== undefined && list.check(plain, family);
    },
  };
}
