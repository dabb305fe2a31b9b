/**
 * Says why the trail cannot be written, and what to do about it.
 *
 * @module
 */

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
 * Says what to do.
 *
 * @param path The file that lines are added to.
 * @param directory Its directory.
 * @param cause What was thrown.
 * @returns Two sentences.
 */
export function unavailableGuidance(path: string, directory: string, cause: unknown): string {
  const mend = cause instanceof Deno.errors.NotCapable
    ? `start the server with --allow-read=${directory} --allow-write=${directory}`
    : `make it possible to write "${path}"`;
  return "Nothing was sent, because changes are not made unless they can be recorded. " +
    `To go on, ${mend}, name another file with --audit PATH, or do without the record with --no-audit.`;
}
