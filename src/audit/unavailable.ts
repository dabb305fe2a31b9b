/**
 * Says why the trail cannot be written, and what to do about it.
 *
 * @module
 */

import { NotATrailError } from "./locate.ts";
import { LockHeldError } from "./lock.ts";

/**
 * Says why.
 *
 * @param cause What was thrown.
 * @returns The end of a sentence.
 */
export function unavailableReason(cause: unknown): string {
  if (cause instanceof Deno.errors.NotCapable) return "the program was started without permission for it";
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * Says what would make the trail usable.
 *
 * @param path The file that lines are added to.
 * @param directory Its directory.
 * @param cause What was thrown.
 * @returns A sentence's part that begins with a verb.
 */
export function unavailableRemedy(path: string, directory: string, cause: unknown): string {
  if (cause instanceof Deno.errors.NotCapable) {
    return `start the server with --allow-read=${directory} --allow-write=${directory}`;
  }
  if (cause instanceof LockHeldError) {
    const holder = cause.pid === undefined ? "the other process" : `the other process (probably ${cause.pid})`;
    return `end ${holder} or answer what it asks at its terminal`;
  }
  return cause instanceof NotATrailError ? `move "${path}" away` : `make it possible to write "${path}"`;
}

/**
 * Says what to do.
 *
 * @param path The file that lines are added to.
 * @param directory Its directory.
 * @param cause What was thrown.
 * @returns Two sentences.
 */
export function unavailableGuidance(path: string, directory: string, cause: unknown): string {
  return "Nothing was sent, because changes are not made unless they can be recorded. " +
    `To go on, ${unavailableRemedy(path, directory, cause)}, ` +
    "name another file with --audit PATH, or do without the record with --no-audit.";
}
