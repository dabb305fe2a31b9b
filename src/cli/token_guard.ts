/**
 * Keeps the access token's file from being sent as an upload.
 *
 * @module
 */

import type { ReadFile } from "../webex/upload.ts";

/**
 * Wraps a file reader so that it never reads the token's file.
 *
 * The permission that lets the server read its token would otherwise let a model send the token to anyone's mailbox as a
 * greeting.
 *
 * @param readFile Reads files.
 * @param realPath Follows links.
 * @param tokenFile The token's file, if there is one.
 * @returns A reader that refuses the token's file, by whatever path.
 */
export function guardTokenFile(
  readFile: ReadFile,
  realPath: (path: string) => Promise<string>,
  tokenFile: string | undefined,
): ReadFile {
  if (tokenFile === undefined) return readFile;
  return async (path, maxBytes) => {
    const [wanted, token] = await Promise.all([realPath(path), realPath(tokenFile)]);
    if (wanted === token) throw new Error("This is the access token's file");
    return await readFile(path, maxBytes);
  };
}
