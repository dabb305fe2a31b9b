/**
 * Reads the files that the command line names.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";

function reasonOf(cause: unknown): string {
  if (cause instanceof Deno.errors.NotFound) return "there is no such file";
  if (cause instanceof Deno.errors.NotCapable) return "the program was started without the permission to read it";
  if (cause instanceof Deno.errors.PermissionDenied) return "the system denies access";
  if (cause instanceof Deno.errors.IsADirectory) return "it is a directory";
  return cause instanceof Error ? cause.message : String(cause);
}

function guidanceOf(path: string, cause: unknown): string {
  if (cause instanceof Deno.errors.NotCapable) {
    const flag = `--allow-read=${path}`;
    return `Add ${/[^\w./\\:=-]/.test(path) ? JSON.stringify(flag) : flag} to the deno command.`;
  }
  return "Check the path; it is relative to the directory that the program was started in.";
}

/**
 * Reads a text file.
 *
 * @param path The file's path as it was given.
 * @param read Reads it.
 * @returns Its text.
 * @throws {UsageError} If it cannot be read; a missing permission is told with the flag that grants it.
 */
export async function readTextFile(path: string, read: (path: string) => Promise<string>): Promise<string> {
  try {
    return await read(path);
  } catch (cause) {
    throw new UsageError(`Cannot read ${JSON.stringify(path)}: ${reasonOf(cause)}`, {
      code: "unreadable_file",
      guidance: guidanceOf(path, cause),
      cause,
    });
  }
}
