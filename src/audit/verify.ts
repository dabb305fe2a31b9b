/**
 * Checks that nothing in a trail was changed, removed, added or moved.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import { type ChainLine, hashOf, lineText, readLine } from "./chain.ts";
import type { AuditFiles } from "./files.ts";
import { type Head, readHead } from "./head.ts";
import { takeLock } from "./lock.ts";
import { countPending } from "./pending.ts";
import { type Places, placesOf } from "./places.ts";
import { linesAt, type TrailFile, trailFiles } from "./reader.ts";
import { Verifier, type VerifyReport } from "./verifier.ts";

/** Hashes are computed from what is in the file, so that a second member of the same name is noticed, too. */
function isTrue({ value, hash }: ChainLine, text: string): boolean {
  try {
    return lineText(value) === text && hashOf(value) === hash;
  } catch (error) {
    // Nested deeper than any line of this program.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

async function checkFile(verifier: Verifier, files: AuditFiles, file: TrailFile): Promise<void> {
  verifier.begin(file);
  for await (const raw of linesAt(files, file.path)) {
    const line = raw.text === undefined ? undefined : readLine(raw.text);
    verifier.add(raw, line, line !== undefined && isTrue(line, raw.text ?? ""));
  }
  verifier.end();
}

/** A trail that may only be read is checked without the lock: then a line can be under way. */
async function lockIfPossible(files: AuditFiles, { directory, lock }: Places, clock: Clock): Promise<Disposable> {
  try {
    await files.require("write", directory);
    return await takeLock(files, lock, { clock });
  } catch {
    return { [Symbol.dispose]: () => {} };
  }
}

/** What checking needs. */
export interface VerifyOptions {
  /** The file that lines are added to. */
  readonly path: string;
  readonly files: AuditFiles;
  readonly clock: Clock;
}

/**
 * Checks a trail, from its oldest file to its newest.
 *
 * @param options The trail.
 * @returns What was found. A trail that does not exist has no files, and no problems.
 */
export async function verifyTrail({ path, files, clock }: VerifyOptions): Promise<VerifyReport> {
  const places = placesOf(path);
  const all = await trailFiles(files, places);
  let head: Head | undefined;
  // Taking the lock would make its file, and even its absence tells something.
  if (all.length > 0) {
    using _lock = await lockIfPossible(files, places, clock);
    head = await readHead(files, places.head);
    const verifier = new Verifier(places.file, head);
    for (const file of await trailFiles(files, places)) await checkFile(verifier, files, file);
    return verifier.finish(await countPending(files, places));
  }
  head = await readHead(files, places.head);
  return new Verifier(places.file, head).finish(0);
}
