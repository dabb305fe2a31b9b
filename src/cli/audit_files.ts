/**
 * The files of the audit trail on the disk.
 *
 * @module
 */

import type { AuditFile, AuditFileMode, AuditFiles } from "../audit/files.ts";

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_DIRECTORY = 0o700;

const OPTIONS: Readonly<Record<AuditFileMode, Deno.OpenOptions>> = {
  read: { read: true },
  append: { read: true, append: true },
  create: { read: true, append: true, create: true, mode: OWNER_ONLY_FILE },
  new: { read: true, append: true, createNew: true, mode: OWNER_ONLY_FILE },
};

async function readAt(file: Deno.FsFile, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  await file.seek(offset, Deno.SeekMode.Start);
  let filled = 0;
  while (filled < length) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

async function appendAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await file.write(rest));
}

function auditFile(file: Deno.FsFile): AuditFile {
  return {
    tryLock: () => file.tryLock(true),
    size: async () => (await file.stat()).size,
    read: (offset, length) => readAt(file, offset, length),
    append: (bytes) => appendAll(file, bytes),
    async rewrite(bytes) {
      await file.truncate(0);
      await appendAll(file, bytes);
    },
    sync: () => file.syncData(),
    close: () => file.close(),
  };
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await Array.fromAsync(Deno.readDir(directory), ({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function replace(path: string, content: string): Promise<void> {
  const part = `${path}.part`;
  await Deno.writeTextFile(part, content, { mode: OWNER_ONLY_FILE });
  await Deno.rename(part, path);
}

/** At a terminal Deno would ask for what was neither allowed nor denied; that counts as not allowed. */
async function requireAccess(access: "read" | "write", directory: string): Promise<void> {
  const { state } = await Deno.permissions.query({ name: access, path: directory });
  if (state !== "granted") throw new Deno.errors.NotCapable(`Requires ${access} access to "${directory}"`);
}

/** The disk. */
export const auditFiles: AuditFiles = {
  require: requireAccess,
  open: async (path, mode) => auditFile(await Deno.open(path, OPTIONS[mode])),
  makeDirectory: (path) => Deno.mkdir(path, { recursive: true, mode: OWNER_ONLY_DIRECTORY }),
  list: namesIn,
  rename: (from, to) => Deno.rename(from, to),
  remove: (path) => Deno.remove(path),
  replace,
};
