/**
 * Names under which a shared store keeps things, so that nobody reads from them whose they are.
 *
 * @module
 */

import { type Bytes, deriveKey } from "../core/cipher_box.ts";

/** Hides names. */
export interface HiddenNames {
  /**
   * Hides a name.
   *
   * @param name The name; it may hold ids.
   * @returns The same text for the same name and key: 256 bits in base64url.
   */
  current(name: string): Promise<string>;
  /** Hides a name by every key, the current first: what was written before a key was exchanged is found, too. */
  all(name: string): Promise<readonly string[]>;
}

/** Names of hosts come again with every request; the one that was hidden first goes beyond this many. */
const MANY_NAMES = 1_000;

const encoder = new TextEncoder();

/**
 * Makes what hides names: HMAC-SHA-256, since an id could be found out of a bare hash by trying.
 *
 * @param keys At least one, 32 bytes each.
 * @returns What hides names.
 */
export function createHiddenNames(keys: readonly Bytes[]): HiddenNames {
  const use = { algorithm: { name: "HMAC", hash: "SHA-256", length: 256 }, usages: ["sign" as const] };
  let derived: Promise<readonly CryptoKey[]> | undefined;
  const known = new Map<string, Promise<readonly string[]>>();

  async function hidden(name: string): Promise<readonly string[]> {
    derived ??= Promise.all(keys.map((key) => deriveKey(key, "names", use)));
    const signed = (await derived).map((key) => crypto.subtle.sign("HMAC", key, encoder.encode(name)));
    const hashes = await Promise.all(signed);
    return hashes.map((hash) => new Uint8Array(hash).toBase64({ alphabet: "base64url", omitPadding: true }));
  }

  function all(name: string): Promise<readonly string[]> {
    const hashes = known.get(name) ?? hidden(name);
    known.set(name, hashes);
    const [oldest] = known.keys();
    if (known.size > MANY_NAMES && oldest !== undefined) known.delete(oldest);
    return hashes;
  }

  return { all, current: async (name) => (await all(name))[0] ?? "" };
}
