/**
 * Lets one process at a time add lines.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { AuditFile, AuditFiles } from "./files.ts";

/** How long another process may take to add its lines. */
const LOCK_TIMEOUT_MS = 5_000;

/** Between two attempts, in milliseconds: short at first, since most holders need no longer. */
const FIRST_PAUSE_MS = 2;
const MAX_PAUSE_MS = 50;

/** The file of a lock holds nothing but the number of a process. */
const MAX_BYTES = 20;

/** Another process has the lock, and keeps it. */
export class LockHeldError extends Error {
  override name = "LockHeldError";
  /** The process that told last that it has it: most likely the holder, but it may be one that ended long ago. */
  readonly pid: number | undefined;

  /**
   * @param path The file whose lock it is.
   * @param waitedMs How long it was waited for, in milliseconds.
   * @param pid The process that told last that it has it.
   */
  constructor(path: string, waitedMs: number, pid: number | undefined) {
    const holder = pid === undefined ? "another process" : `another process (probably ${pid})`;
    super(`${holder} has held "${path}" for ${waitedMs / 1_000} s`);
    this.pid = pid;
  }
}

/** What taking a lock needs. */
export interface LockOptions {
  /** Measures the wait. */
  readonly clock: Clock;
  /** This process, for whoever waits in vain. */
  readonly pid?: number | undefined;
  /** How long to wait, in milliseconds; default 5,000. */
  readonly waitMs?: number | undefined;
}

/**
 * Resolves to whether the lock was had in time. Asks again and again: a call that waits for a lock cannot be given up,
 * and takes a thread of the program for as long as the other process likes.
 */
async function lockInTime(file: AuditFile, clock: Clock, waitMs: number): Promise<boolean> {
  let pause = FIRST_PAUSE_MS;
  for (let waited = 0;;) {
    if (await file.tryLock()) return true;
    if (waited >= waitMs) return false;
    const ms = Math.min(pause, waitMs - waited);
    await clock.sleep(ms);
    waited += ms;
    pause = Math.min(pause * 2, MAX_PAUSE_MS);
  }
}

/** Where locked files cannot be read, nobody knows. */
async function holderOf(file: AuditFile): Promise<number | undefined> {
  const bytes = await file.read(0, MAX_BYTES).catch(() => new Uint8Array());
  const text = new TextDecoder().decode(bytes);
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

/**
 * Takes a lock.
 *
 * The file is opened each time: had it been removed meanwhile, two processes would each hold a lock of their own.
 *
 * @param files The file system.
 * @param path The file whose lock it is.
 * @param options The clock, this process, and how long to wait.
 * @returns What frees the lock when it is disposed of.
 * @throws {LockHeldError} If another process does not free it in time.
 */
export async function takeLock(files: AuditFiles, path: string, options: LockOptions): Promise<Disposable> {
  const { clock, pid, waitMs = LOCK_TIMEOUT_MS } = options;
  const file = await files.open(path, "create");
  try {
    if (!await lockInTime(file, clock, waitMs)) throw new LockHeldError(path, waitMs, await holderOf(file));
  } catch (error) {
    file.close();
    throw error;
  }
  // Nothing depends on it, and a full disk is noticed elsewhere.
  await file.rewrite(new TextEncoder().encode(pid === undefined ? "" : String(pid))).catch(() => {});
  // Closing frees it.
  return { [Symbol.dispose]: () => file.close() };
}
