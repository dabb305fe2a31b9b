/**
 * Callers with tokens of their own: one caller may have 32 requests under way, so many connections take many callers.
 *
 * @module
 */

import { formatCallers } from "../../src/access/caller_file.ts";
import { mintToken } from "../../src/access/caller_token.ts";

/**
 * Makes callers.
 *
 * @param path Where their file is written.
 * @param count How many.
 * @returns Their tokens.
 */
export async function makeCallers(path: string, count: number): Promise<readonly string[]> {
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
  const minted = Array.from({ length: count }, () => mintToken(random));
  const entries = minted.map(({ id, hash }, index) => ({
    name: `caller-${index}`,
    id,
    hash,
    createdAt: Date.now(),
    policy: {},
  }));
  await Deno.writeTextFile(path, formatCallers(entries), { mode: 0o600 });
  return minted.map(({ token }) => token);
}
