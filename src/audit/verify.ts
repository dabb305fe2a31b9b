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
import { placesOf } from "./places.ts";
import { linesAt, type RawLine, type TrailFile, trailFiles } from "./reader.ts";
import { Verifier, type VerifyReport } from "./verifier.ts";

/** Lines whose hashes are computed at once, which is several times faster than one after the other. */
const BATCH = 500;

/** Hashes are computed from what is in the file, so that a second member of the same name is noticed, too. */
async function isTrue({ value, hash }: ChainLine, text: string): Promise<boolean> {
  try {
    return lineText(value) === text && await hashOf(value) === hash;
  } catch (error) {
    // Nested deeper than any line of this program.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

async function checkBatch(verifier: Verifier, batch: readonly RawLine[]): Promise<void> {
  const lines = batch.map(({ text }) => text === undefined ? undefined : readLine(text));
  const truths = await Promise.all(lines.map((line, at) => line !== undefined && isTrue(line, batch[at]?.text ?? "")));
  for (const [at, raw] of batch.entries()) verifier.add(raw, lines[at], truths[at] ?? false);
}

async function checkFile(verifier: Verifier, files: AuditFiles, file: TrailFile): Promise<void> {
  verifier.begin(file);
  let batch: RawLine[] = [];
  for await (const raw of linesAt(files, file.path)) {
    batch.push(raw);
    if (batch.length < BATCH) continue;
    await checkBatch(verifier, batch);
    batch = [];
  }
  await checkBatch(verifier, batch);
  verifier.end();
}

/** A trail that may only be read is checked without the lock: then a line can be under way. */
async function lockIfPossible(files: AuditFiles, path: string, clock: Clock): Promise<Disposable> {
  try {
    return await takeLock(files, path, clock);
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
    using _lock = await lockIfPossible(files, places.lock, clock);
    head = await readHead(files, places.head);
    const verifier = new Verifier(places.file, head);
    for (const file of await trailFiles(files, places)) await checkFile(verifier, files, file);
    const pending = (await files.list(places.pending)).filter((name) => name.endsWith(".json")).length;
    return verifier.finish(pending);
  }
  head = await readHead(files, places.head);
  return new Verifier(places.file, head).finish(0);
}
