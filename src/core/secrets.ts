/**
 * The secrets that this process knows, so that none of them is ever written.
 *
 * Tokens come and go while the program runs, so whatever writes asks this list at each line.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { MIN_SECRET_LENGTH, redact, REDACTED } from "./redaction.ts";

/** More than these are not remembered; the oldest is forgotten first. */
const MAX_SECRETS = 200;

/** The known secrets of this process. */
export class Secrets {
  readonly #known = new Set<string>();

  /**
   * Remembers a secret.
   *
   * @param secret A token, a client secret or the like; blanks around it don't count.
   */
  add(secret: string | undefined): void {
    const trimmed = secret?.trim() ?? "";
    if (trimmed === "") return;
    this.#known.delete(trimmed);
    this.#known.add(trimmed);
    for (const oldest of this.#known) {
      if (this.#known.size <= MAX_SECRETS) return;
      this.#known.delete(oldest);
    }
  }

  /**
   * Takes the known secrets, and whatever looks like one, out of a text.
   *
   * @param text Any text.
   * @returns The text with `[redacted]` in their place.
   */
  redact(text: string): string {
    return redact(text, [...this.#known]);
  }

  /**
   * Takes the known secrets of at least {@linkcode MIN_SECRET_LENGTH} characters out of a text and leaves everything else
   * as it is, for data whose fields must survive. A secret is found as it is and as it stands in a URL.
   *
   * @param text Any text.
   * @returns The text with `[redacted]` in their place.
   */
  hide(text: string): string {
    let safe = text;
    for (const form of this.#forms()) if (safe.includes(form)) safe = safe.replaceAll(form, REDACTED);
    return safe;
  }

  /**
   * Tells whether data holds a secret.
   *
   * @param bytes Any data.
   * @returns Whether one of at least {@linkcode MIN_SECRET_LENGTH} characters is in it, as it is or as it stands in a URL.
   */
  areIn(bytes: Uint8Array): boolean {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return this.#forms().some((form) => buffer.includes(form));
  }

  #forms(): string[] {
    return [...this.#known].filter((secret) => secret.length >= MIN_SECRET_LENGTH).flatMap((secret) => {
      const encoded = encodeURIComponent(secret.toWellFormed());
      return encoded === secret ? [secret] : [secret, encoded];
    });
  }
}
