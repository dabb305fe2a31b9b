/**
 * The bearer tokens of this server's own: how they are made, found and compared.
 *
 * A token is `wxm_`, 8 characters by which its entry is found, `_`, and 32 random bytes. Only a hash is kept. A slow hash,
 * as passwords need, would gain nothing: 256 random bits can't be guessed at any speed, and a slow one would let anybody
 * keep the server busy.
 *
 * @module
 */

import { createHash, timingSafeEqual } from "node:crypto";

/** What all of these tokens begin with. */
export const TOKEN_PREFIX = "wxm_";

/** Gives random bytes. */
export type RandomBytes = (count: number) => Uint8Array<ArrayBuffer>;

/** A token that was just made; it is shown once. */
export interface MintedToken {
  readonly token: string;
  /** Names the token's entry; no secret. */
  readonly id: string;
  /** What is kept of the token. */
  readonly hash: string;
}

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ID_LENGTH = 8;
const SECRET_BYTES = 32;
const HASH_PREFIX = "sha256:";
const ID_REGEXP = /^[0-9A-Za-z]{8}$/;
const HASH_REGEXP = /^sha256:[A-Za-z0-9_-]{43}$/;
const TOKEN_REGEXP = /^wxm_([0-9A-Za-z]{8})_[A-Za-z0-9_-]{43}$/;

/** A byte that fits a whole number of times into the alphabet, so that all its characters are equally likely. */
const LIMIT = 256 - 256 % ALPHABET.length;

function randomId(random: RandomBytes): string {
  let id = "";
  while (id.length < ID_LENGTH) {
    const bytes = random(ID_LENGTH - id.length).filter((byte) => byte < LIMIT);
    for (const byte of bytes) id += ALPHABET.charAt(byte % ALPHABET.length);
  }
  return id;
}

/**
 * Hashes a token. At once: every request is asked for its token, and a way through another thread costs more than the hash.
 *
 * @param token The whole token.
 * @returns For example `sha256:n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg`.
 */
export function hashToken(token: string): string {
  return HASH_PREFIX + createHash("sha256").update(token).digest("base64url");
}

/**
 * Makes a token.
 *
 * @param random Gives random bytes.
 * @returns The token, its id, and its hash.
 */
export function mintToken(random: RandomBytes): MintedToken {
  const id = randomId(random);
  const secret = random(SECRET_BYTES).toBase64({ alphabet: "base64url", omitPadding: true });
  const token = `${TOKEN_PREFIX}${id}_${secret}`;
  return { token, id, hash: hashToken(token) };
}

/**
 * Finds the id in a token.
 *
 * @param token Any text.
 * @returns The id, or `undefined` if the text has not the form of a token.
 */
export function idOfToken(token: string): string | undefined {
  return TOKEN_REGEXP.exec(token)?.[1];
}

/**
 * Tells whether a text has the form of an id.
 *
 * @param text Any text.
 */
export function isTokenId(text: string): boolean {
  return ID_REGEXP.test(text);
}

/**
 * Tells whether a text has the form of a hash.
 *
 * @param text Any text.
 */
export function isTokenHash(text: string): boolean {
  return HASH_REGEXP.test(text);
}

/** Compares two hashes. */
export type CompareHashes = (one: string, other: string) => boolean;

/**
 * Compares two hashes in a time that doesn't depend on where they differ.
 *
 * @param one A hash.
 * @param other Another one.
 * @returns Whether they are the same.
 */
export function sameHash(one: string, other: string): boolean {
  const encoder = new TextEncoder();
  const [first, second] = [encoder.encode(one), encoder.encode(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
