/**
 * Makes a text fit for the trail.
 *
 * @module
 */

import type { Secrets } from "../core/secrets.ts";

/** Looked through for secrets before it is cut, so that no part of one is left at the cut. */
const MAX_SCANNED = 100_000;

/**
 * Makes a text fit for the trail.
 *
 * @param text Any text.
 * @param max The most characters.
 * @param secrets What must not be written.
 * @returns The text without secrets, cut with `…`.
 */
export function safeText(text: string, max: number, secrets: Secrets): string {
  const safe = secrets.redact(text.slice(0, MAX_SCANNED));
  // Half a surrogate pair at the cut would be no text any more.
  return (safe.length > max ? `${safe.slice(0, max - 1)}…` : safe).toWellFormed();
}
