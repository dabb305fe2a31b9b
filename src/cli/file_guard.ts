/**
 * Keeps files that hold secrets from being sent as uploads.
 *
 * @module
 */

import type { ReadFile } from "../webex/requests/upload.ts";

/**
 * Wraps a file reader so that it never reads certain files.
 *
 * The permission that lets the server read its token would otherwise let a model send the token to anyone's mailbox as a
 * greeting.
 *
 * @param readFile Reads files.
 * @param realPath Follows links.
 * @param secretFiles The files to keep: those of tokens, client secrets and profiles. One that doesn't exist is skipped.
 * @returns A reader that refuses those files, by whatever path.
 */
export function guardFiles(
  readFile: ReadFile,
  realPath: (path: string) => Promise<string>,
  secretFiles: readonly string[],
): ReadFile {
  if (secretFiles.length === 0) return readFile;
  return async (path, maxBytes) => {
    const wanted = await realPath(path);
    const kept = await Promise.all(secretFiles.map((file) => realPath(file).catch(() => file)));
    if (kept.includes(wanted)) throw new Error("This file holds a secret of the server");
    return await readFile(path, maxBytes);
  };
}
