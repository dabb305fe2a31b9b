/**
 * Lets one process at a time add lines.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { AuditFile, AuditFiles } from "./files.ts";

/** How long another process may take to add its lines. */
const LOCK_TIMEOUT_MS = 5_000;

/** Resolves to whether the lock was had in time. */
async function lockInTime(file: AuditFile, clock: Clock): Promise<boolean> {
  if (await file.tryLock()) return true;
  const waiting = new AbortController();
  const locked = file.lock().then(() => true);
  const late = clock.sleep(LOCK_TIMEOUT_MS, waiting.signal).then(() => false, () => false);
  try {
    const inTime = await Promise.race([locked, late]);
    // A lock that comes too late must not be kept, or nobody would ever have it again.
    if (!inTime) locked.finally(() => file.close()).catch(() => {});
    return inTime;
  } finally {
    waiting.abort();
  }
}

/**
 * Takes a lock.
 *
 * The file is opened each time: had it been removed meanwhile, two processes would each hold a lock of their own.
 *
 * @param files The file system.
 * @param path The file whose lock it is.
 * @param clock Measures the wait.
 * @returns What frees the lock when it is disposed of.
 * @throws {Error} If another process does not free it in time.
 */
export async function takeLock(files: AuditFiles, path: string, clock: Clock): Promise<Disposable> {
  const file = await files.open(path, "create");
  let isLocked = false;
  try {
    isLocked = await lockInTime(file, clock);
  } catch (error) {
    file.close();
    throw error;
  }
  if (!isLocked) throw new Error(`another process has held "${path}" for ${LOCK_TIMEOUT_MS / 1_000} s`);
  // Closing frees it, even where unlocking fails.
  return { [Symbol.dispose]: () => file.close() };
}
