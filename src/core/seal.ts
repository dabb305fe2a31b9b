/**
 * Seals values into tokens that a client carries, and that nobody else can read, change or make.
 *
 * A token holds its whole value, so the server remembers nothing for it.
 *
 * @module
 */

import { type Bytes, createCipherBox, KEY_BYTES } from "./cipher_box.ts";
import type { Clock } from "./clock.ts";
import { RefusedError } from "./errors.ts";
import type { Json } from "./json.ts";

/** Seals and opens tokens. */
export interface Seal {
  /**
   * Seals a value.
   *
   * @param purpose What the token is for; it opens for nothing else.
   * @param payload The value.
   * @param ttlMs How long the token opens, in milliseconds.
   * @returns Text in the alphabet of base64url, without padding.
   */
  seal(purpose: string, payload: Json, ttlMs: number): Promise<string>;
  /**
   * Opens a token.
   *
   * @param purpose What the token must be for.
   * @param token The token.
   * @returns The value.
   * @throws {RefusedError} `expired_token` for one of ours whose time is over, `bad_token` for anything else.
   */
  open(purpose: string, token: string): Promise<Json>;
}

/** What a seal works with. */
export interface SealOptions {
  readonly clock: Clock;
  /**
   * 32 bytes each: the first seals, all open, so that a key can be exchanged without a break. One random key where
   * absent, so that tokens end with the process.
   */
  readonly keys?: readonly Bytes[];
}

/** A part of what is authenticated: another layout of the tokens gets another number. */
const VERSION = 2;
/** Nothing longer is decoded. */
const MAX_TOKEN_LENGTH = 65_536;
const PLAIN = 0;
const DEFLATED = 1;

const encoder = new TextEncoder();

function badToken(cause?: unknown): RefusedError {
  return new RefusedError("Cannot open the token: it is incomplete, changed, or of another server process", {
    code: "bad_token",
    guidance: "Pass the token exactly as the last result gave it; where that fails, make the first call again.",
    cause,
  });
}

function expiredToken(): RefusedError {
  return new RefusedError("Cannot open the token: it has expired", {
    code: "expired_token",
    guidance: "Make the first call again; it gives a new token.",
  });
}

async function through(
  bytes: Bytes,
  stream: CompressionStream | DecompressionStream,
): Promise<Bytes> {
  return await new Response(new Blob([bytes]).stream().pipeThrough(stream)).bytes();
}

/** The first byte tells the form of the rest. */
async function pack(text: string): Promise<Bytes> {
  const plain = encoder.encode(text);
  const deflated = await through(plain, new CompressionStream("deflate-raw"));
  const [form, bytes] = deflated.length < plain.length ? [DEFLATED, deflated] : [PLAIN, plain];
  return Uint8Array.from([form, ...bytes]);
}

async function unpack(packed: Bytes): Promise<string> {
  const bytes = packed.slice(1);
  return new TextDecoder().decode(
    packed[0] === DEFLATED ? await through(bytes, new DecompressionStream("deflate-raw")) : bytes,
  );
}

/** Decodes what {@linkcode createSeal} writes and no other spelling of it, so that every changed character is noticed. */
function bytesOf(token: string): Bytes {
  if (token.length > MAX_TOKEN_LENGTH) throw badToken();
  try {
    const bytes = Uint8Array.fromBase64(token, { alphabet: "base64url" });
    if (textOf(bytes) === token) return bytes;
  } catch (cause) {
    throw badToken(cause);
  }
  throw badToken();
}

function textOf(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/**
 * Makes a seal: AES-256-GCM, with the purpose as additional data and the expiry inside.
 *
 * @param options The clock, and the keys if tokens are to outlive the process or to open in another.
 * @returns The seal.
 * @throws {RangeError} If a key does not have 32 bytes, or there is none.
 */
export function createSeal({ clock, keys = [crypto.getRandomValues(new Uint8Array(KEY_BYTES))] }: SealOptions): Seal {
  const box = createCipherBox(keys, "tokens");
  const contextOf = (purpose: string) => `${VERSION}:${purpose}`;

  async function decrypt(purpose: string, token: string): Promise<[expires: number, payload: Json]> {
    const plain = await box.open(bytesOf(token), contextOf(purpose));
    if (plain === undefined) throw badToken();
    // Only seal() can have written it.
    return JSON.parse(await unpack(plain));
  }

  return {
    async seal(purpose, payload, ttlMs) {
      const packed = await pack(JSON.stringify([clock.now() + ttlMs, payload]));
      return textOf(await box.seal(packed, contextOf(purpose)));
    },
    async open(purpose, token) {
      const [expires, payload] = await decrypt(purpose, token);
      if (clock.now() >= expires) throw expiredToken();
      return payload;
    },
  };
}
