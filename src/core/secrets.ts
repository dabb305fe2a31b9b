/**
 * The secrets that this process knows, so that none of them is ever written.
 *
 * Tokens come and go while the program runs, so whatever writes asks this list at each line.
 *
 * @module
 */

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
   * Takes the known secrets of at least {@linkcode MIN_SECRET_LENGTH} characters out of a text and leaves everything else as it is, for data whose fields must survive.
   *
   * @param text Any text.
   * @returns The text with `[redacted]` in their place.
   */
  hide(text: string): string {
    let safe = text;
    for (const secret of this.#known) {
      if (secret.length >= MIN_SECRET_LENGTH && safe.includes(secret)) safe = safe.replaceAll(secret, REDACTED);
    }
    return safe;
  }
}
