/**
 * Reads the keys that replicas share.
 *
 * @module
 */

import { type Bytes, KEY_BYTES } from "../core/cipher_box.ts";
import { UsageError } from "../core/errors.ts";

/** More are a mistake: each is tried on whatever does not open. */
const MOST_KEYS = 8;

function refuse(problem: string): never {
  throw new UsageError(`Cannot read the key file: ${problem}`, {
    code: "bad_key_file",
    guidance: "Write one key a line: 32 random bytes in base64, as `openssl rand -base64 32` prints them.",
  });
}

/** A content is never quoted: it may be a key with a slip. */
function keyOf(text: string, line: number): Bytes {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
  let key: Bytes;
  try {
    key = Uint8Array.fromBase64(plain);
  } catch {
    refuse(`line ${line} is not base64`);
  }
  if (key.length !== KEY_BYTES) refuse(`the key in line ${line} has ${key.length} bytes, expected ${KEY_BYTES}`);
  if (new Set(key).size === 1) refuse(`the key in line ${line} is not random`);
  return key;
}

/**
 * Reads the content of a key file.
 *
 * @param content One key a line, in base64 or base64url, with or without padding. Empty lines and lines that begin with
 *   `#` are skipped.
 * @returns The keys in their order: the first seals, all open.
 * @throws {UsageError} If there is no key, a line is none, one comes twice, or there are more than eight. The error never
 *   quotes the content.
 */
export function parseKeyFile(content: string): readonly Bytes[] {
  const lines = content.replace(/^\uFEFF/, "").split(/\r?\n/).map((text, index) => ({
    text: text.trim(),
    line: index + 1,
  }));
  const keys = lines.filter(({ text }) => text !== "" && !text.startsWith("#")).map(({ text, line }) =>
    keyOf(text, line)
  );
  if (keys.length === 0) refuse("it holds no key");
  if (keys.length > MOST_KEYS) refuse(`it holds ${keys.length} keys, expected at most ${MOST_KEYS}`);
  if (new Set(keys.map((key) => key.toBase64())).size < keys.length) refuse("it holds a key twice");
  return keys;
}
