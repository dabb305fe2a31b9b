/**
 * What the commands about callers' tokens need from outside the program.
 *
 * @module
 */

import { type CallerStore, createCallerStore } from "../../access/caller_store.ts";
import type { RandomBytes } from "../../access/caller_token.ts";
import { nearestNames } from "../../collection/nearest.ts";
import { callersPath } from "../../config/callers_path.ts";
import type { Clock } from "../../core/clock.ts";
import type { System } from "../system.ts";

/** The outside of the program, with time and chance. */
export interface TokenOutside extends System {
  readonly clock: Pick<Clock, "now">;
  readonly random: RandomBytes;
}

/** A link to a file elsewhere stays a link. */
async function realPathOf(path: string, outside: TokenOutside): Promise<string> {
  try {
    return await outside.realPath(path);
  } catch {
    return path;
  }
}

/**
 * Opens the file of callers, and says on standard error if others may read it.
 *
 * @param typed The path on the command line, if any.
 * @param outside The outside of the program.
 * @returns The store.
 * @throws {UsageError} If nothing says where the file is.
 */
export async function openCallers(typed: string | undefined, outside: TokenOutside): Promise<CallerStore> {
  const path = await realPathOf(callersPath(typed, outside.environment, Deno.build.os), outside);
  const store = createCallerStore({ path, nearest: nearestNames }, outside.credentialFiles);
  const exposed = await store.exposure().catch(() => undefined);
  if (exposed !== undefined) outside.stderr.write(`WARNING: ${exposed}. Run chmod 600 "${path}".\n`);
  return store;
}
