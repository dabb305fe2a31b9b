/**
 * How a person calls this very program, for messages that name a command.
 *
 * @module
 */

import { PROGRAM } from "./version.ts";

/** What each command may touch; the others get by with the set of the server. */
const SETS: ReadonlyMap<string, string> = new Map([
  ["auth", "auth"],
  ["token", "auth"],
  ["demo", "demo"],
  ["sandbox", "sandbox"],
]);

/**
 * Writes a command as it has to be typed.
 *
 * @param words The words after the program's name, for example `auth login --profile acme`.
 * @returns The executable's command, or, from source, that of Deno in the checkout with the permission set that fits.
 */
export function commandFor(words: string): string {
  if (Deno.build.standalone) return `${PROGRAM} ${words}`;
  const [command = ""] = words.split(" ");
  return `deno run -P=${SETS.get(command) ?? "serve"} main.ts ${words}`;
}
