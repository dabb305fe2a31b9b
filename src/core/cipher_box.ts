/**
 * Seals bytes with keys that several processes may share.
 *
 * @module
 */

/** Bytes of their own, not a view of memory that others share. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Seals and opens bytes. */
export interface CipherBox {
  /**
   * Seals bytes with the first key.
   *
   * @param bytes The bytes.
   * @param context What they belong to; they open for nothing else.
   * @returns A random start value, and the sealed bytes with their tag.
   */
  seal(bytes: Bytes, context: string): Promise<Bytes>;
  /**
   * Opens bytes with whichever key they were sealed with.
   *
   * @param sealed What {@linkcode CipherBox.seal} gave.
   * @param context What they must belong to.
   * @returns The bytes; `undefined` if they were changed, belong elsewhere, or no key fits.
   */
  open(sealed: Bytes, context: string): Promise<Bytes | undefined>;
}

/** How long a key is. */
export const KEY_BYTES = 32;
/** The length that AES-GCM is specified for (NIST SP 800-38D, section 5.2.1.1). */
const IV_BYTES = 12;

const encoder = new TextEncoder();

/** What every derived key is bound to (RFC 5869, section 3.2). */
function derivation(purpose: string): HkdfParams {
  const info = encoder.encode(`webex-calling-mcp 1 ${purpose}`);
  return { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
}

/**
 * Makes the key of one purpose out of a key for all, so that nothing made for one purpose is worth anything in another.
 *
 * @param key 32 bytes.
 * @param purpose The purpose.
 * @param use What the key is for, and what may be done with it.
 * @returns The derived key (HKDF with SHA-256, RFC 5869).
 * @throws {RangeError} If the key does not have 32 bytes.
 */
export async function deriveKey(
  key: Bytes,
  purpose: string,
  use: { readonly algorithm: AesKeyGenParams | HmacKeyGenParams; readonly usages: KeyUsage[] },
): Promise<CryptoKey> {
  checkKey(key);
  const origin = await crypto.subtle.importKey("raw", key, "HKDF", false, ["deriveKey"]);
  return await crypto.subtle.deriveKey(derivation(purpose), origin, use.algorithm, false, use.usages);
}

/**
 * Refuses a key of another length.
 *
 * @param key The key.
 * @throws {RangeError} If it does not have 32 bytes.
 */
export function checkKey(key: Bytes): void {
  if (key.length !== KEY_BYTES) throw new RangeError(`Cannot seal with a key of ${key.length} bytes: expected 32`);
}

function cipherOf(iv: Bytes, context: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: encoder.encode(context) };
}

/**
 * Makes a box: AES-256-GCM under a key of its own.
 *
 * @param keys At least one, 32 bytes each: the first seals, all open, so that a key can be exchanged without a break.
 * @param purpose What the box is for; the same keys do not open it for another.
 * @returns The box.
 * @throws {RangeError} If there is no key, or one does not have 32 bytes.
 */
export function createCipherBox(keys: readonly Bytes[], purpose: string): CipherBox {
  const [first] = keys;
  if (first === undefined) throw new RangeError("Cannot seal without a key: expected at least one");
  keys.forEach(checkKey);
  const derived = new Map<Bytes, Promise<CryptoKey>>();
  function cipherKey(key: Bytes): Promise<CryptoKey> {
    const known = derived.get(key) ??
      deriveKey(key, purpose, { algorithm: { name: "AES-GCM", length: 256 }, usages: ["encrypt", "decrypt"] });
    derived.set(key, known);
    return known;
  }

  return {
    async seal(bytes, context) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const sealed = await crypto.subtle.encrypt(cipherOf(iv, context), await cipherKey(first), bytes);
      const all = new Uint8Array(IV_BYTES + sealed.byteLength);
      all.set(iv);
      all.set(new Uint8Array(sealed), IV_BYTES);
      return all;
    },
    async open(sealed, context) {
      if (sealed.length <= IV_BYTES) return undefined;
      const cipher = cipherOf(sealed.slice(0, IV_BYTES), context);
      const rest = sealed.subarray(IV_BYTES);
      for (const key of keys) {
        // Whatever goes wrong, the bytes are none of this key's.
        const opened = await crypto.subtle.decrypt(cipher, await cipherKey(key), rest).catch(() => undefined);
        if (opened !== undefined) return new Uint8Array(opened);
      }
      return undefined;
    },
  };
}
