/**
 * The small files that tell of writes under way, so that none is forgotten when the process is killed.
 *
 * The process that made such a file holds its lock; a file that can be locked was left behind.
 *
 * @module
 */

import { isRecord, type JsonObject } from "../core/json.ts";
import type { AuditFile, AuditFiles } from "./files.ts";
import type { Places } from "./places.ts";

/** An announced write of this process. */
export interface PendingFile {
  /** Its name without its end; stands in the call's line as `call`. */
  readonly call: string;
  readonly path: string;
  readonly file: AuditFile;
}

/** What such a file holds. */
export interface PendingWrite {
  /** The number of the trail's last line when the write was announced: its own line comes later. */
  readonly after: number;
  /** What was known about the call. */
  readonly record: JsonObject;
}

/** A write that another process announced before it ended. */
export interface Leftover extends PendingFile {
  /** `undefined` if the file makes no sense. */
  readonly write: PendingWrite | undefined;
}

const MAX_BYTES = 1_048_576;

/** Not announced before it has this name: what is written under another one was never sent. */
const SUFFIX = ".json";
const UNFINISHED = ".tmp";

/** More than one file may be swept away before this process has its lock. */
const TRIES = 3;

async function openNew(files: AuditFiles, places: Places, path: string): Promise<AuditFile> {
  try {
    return await files.open(path, "new");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await files.makeDirectory(places.pending);
    return await files.open(path, "new");
  }
}

async function tryToMake(
  files: AuditFiles,
  places: Places,
  call: string,
  text: string,
): Promise<PendingFile | undefined> {
  const path = places.inPending(`${call}${SUFFIX}`);
  const unfinished = places.inPending(`${call}${UNFINISHED}`);
  const file = await openNew(files, places, unfinished);
  try {
    if (await file.tryLock()) {
      await file.append(new TextEncoder().encode(text));
      await file.sync();
      await files.rename(unfinished, path);
      return { call, path, file };
    }
  } catch (error) {
    file.close();
    // Another process took it for a leftover before it was locked.
    if (error instanceof Deno.errors.NotFound) return undefined;
    await files.remove(unfinished).catch(() => {});
    throw error;
  }
  file.close();
  return undefined;
}

/**
 * Announces a write. When this resolves, the announcement is on the disk.
 *
 * @param files The file system.
 * @param places Where the trail is; the directory is made if it is missing.
 * @param name The file's name without its end; no other process may choose the same.
 * @param write What to keep.
 * @returns The file, locked.
 */
export async function makePending(
  files: AuditFiles,
  places: Places,
  name: string,
  write: PendingWrite,
): Promise<PendingFile> {
  const text = JSON.stringify({ v: 1, ...write });
  for (let tries = 0; tries < TRIES; tries++) {
    const call = tries === 0 ? name : `${name}-${tries}`;
    const made = await tryToMake(files, places, call, text);
    if (made !== undefined) return made;
  }
  throw new Error(`cannot keep a file in "${places.pending}"`);
}

/**
 * Removes an announcement, once the line of its call is on the disk.
 *
 * @param files The file system.
 * @param pending The announcement.
 */
export async function removePending(files: AuditFiles, { path, file }: Omit<PendingFile, "call">): Promise<void> {
  try {
    await files.remove(path);
  } catch {
    // Whoever finds it later sees that its call has a line already.
  } finally {
    file.close();
  }
}

/**
 * Counts the announcements of writes that have no line yet: under way, or cut off.
 *
 * @param files The file system.
 * @param places Where the trail is.
 * @returns How many there are.
 */
export async function countPending(files: AuditFiles, places: Places): Promise<number> {
  return (await files.list(places.pending)).filter((name) => name.endsWith(SUFFIX)).length;
}

function isObject(value: unknown): value is JsonObject {
  return isRecord(value);
}

function parsePending(text: string): PendingWrite | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return undefined;
    const { after, record } = value;
    return typeof after === "number" && isObject(record) ? { after, record } : undefined;
  } catch {
    return undefined;
  }
}

/** A file that is locked, gone or not readable is nobody's leftover. */
async function takeOver(files: AuditFiles, path: string): Promise<AuditFile | undefined> {
  const file = await files.open(path, "append").catch(() => undefined);
  if (file === undefined) return undefined;
  if (await file.tryLock().catch(() => false)) return file;
  file.close();
  return undefined;
}

/**
 * Finds the announcements of processes that ended before their calls did.
 *
 * @param files The file system.
 * @param places Where the trail is.
 * @returns The leftovers, locked; each must be removed, or at least closed.
 */
export async function takeLeftovers(files: AuditFiles, places: Places): Promise<Leftover[]> {
  const leftovers: Leftover[] = [];
  for (const name of (await files.list(places.pending)).sort()) {
    const path = places.inPending(name);
    const file = await takeOver(files, path);
    if (file === undefined) continue;
    if (!name.endsWith(SUFFIX)) {
      await removePending(files, { path, file });
      continue;
    }
    const text = new TextDecoder().decode(await file.read(0, MAX_BYTES));
    leftovers.push({ path, file, call: name.slice(0, -SUFFIX.length), write: parsePending(text) });
  }
  return leftovers;
}
