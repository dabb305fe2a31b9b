/**
 * Keeps credentials on this computer's disk.
 *
 * @module
 */

import type { CredentialFiles } from "../webex/credential/credential_files.ts";

const USER_ONLY = 0o600;
const USER_ONLY_DIRECTORY = 0o700;
/** How long to wait for another process, in milliseconds: a renewal takes 30 s at most. */
const LOCK_LIMIT_MS = 40_000;
const LOCK_PAUSE_MS = 50;

async function makeDirectory(path: string): Promise<void> {
  const directory = path.replace(/[\\/][^\\/]*$/, "");
  if (directory !== "" && directory !== path) {
    await Deno.mkdir(directory, { recursive: true, mode: USER_ONLY_DIRECTORY });
  }
}

async function writeWhole(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await file.write(rest));
  await file.sync();
}

async function removeIfThere(path: string): Promise<boolean> {
  try {
    await Deno.remove(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function temporary(path: string): string {
  return `${path}.tmp`;
}

/** What a killed process left behind goes at the next write. */
async function writeAtomically(path: string, text: string): Promise<void> {
  await makeDirectory(path);
  const draft = temporary(path);
  await removeIfThere(draft);
  try {
    using file = await Deno.open(draft, { write: true, createNew: true, mode: USER_ONLY });
    await writeWhole(file, new TextEncoder().encode(text));
  } catch (error) {
    await removeIfThere(draft).catch(() => {});
    throw error;
  }
  await Deno.rename(draft, path);
}

/** Some file systems have no locks; there the file is written whole all the same. */
async function tryLock(file: Deno.FsFile): Promise<boolean> {
  try {
    return await file.tryLock(true);
  } catch (error) {
    if (error instanceof Deno.errors.NotSupported) return true;
    throw error;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Names the lock file of a token store.
 *
 * @param store The token store's path.
 */
export function lockFileOf(store: string): string {
  return `${store}.lock`;
}

/** The lock is a file of its own, because the other one is replaced; the system frees it when its process ends. */
async function withLock<T>(path: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  await makeDirectory(path);
  using file = await Deno.open(lockFileOf(path), { write: true, create: true, mode: USER_ONLY });
  const end = performance.now() + LOCK_LIMIT_MS;
  while (!await tryLock(file)) {
    signal?.throwIfAborted();
    if (performance.now() > end) throw new Deno.errors.TimedOut(`Cannot lock "${path}": another process keeps it`);
    await pause(LOCK_PAUSE_MS);
  }
  // Closing the file frees the lock.
  return await work();
}

/** The text is overwritten first, for what disks and backups keep of removed files. */
async function remove(path: string): Promise<boolean> {
  await removeIfThere(temporary(path));
  try {
    const { size } = await Deno.stat(path);
    using file = await Deno.open(path, { write: true });
    await writeWhole(file, new Uint8Array(size));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
  return await removeIfThere(path);
}

/** The disk of this computer. */
export const credentialFiles: CredentialFiles = {
  readTextFile: (path) => Deno.readTextFile(path),
  async stat(path) {
    try {
      const { mode, isFile, size } = await Deno.stat(path);
      // Windows keeps rights otherwise, and what is there by default is the user's own.
      return { isFile, size, ...(mode === null || Deno.build.os === "windows" ? {} : { mode: mode & 0o777 }) };
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  },
  writeAtomically,
  withLock,
  remove,
};
