/**
 * The file of callers on the disk: read, and changed by several processes without losing a change.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import { type CallerEntry, type CallerFileContext, type Callers, formatCallers, parseCallers } from "./caller_file.ts";

/** What is needed of the disk. */
export interface CallerFiles {
  /** @throws {Deno.errors.NotFound} If there is no such file. */
  readTextFile(path: string): Promise<string>;
  /** The permission bits, where the system has some; `undefined` if there is no file. */
  stat(
    path: string,
  ): Promise<{ readonly mode?: number; readonly isFile?: boolean; readonly size?: number } | undefined>;
  /** Replaces a file as a whole; only the user may read it. */
  writeAtomically(path: string, text: string): Promise<void>;
  /** Does something while no other process does something with the same file. */
  withLock<T>(path: string, work: () => Promise<T>): Promise<T>;
}

/** Where callers are kept. */
export interface CallerStore {
  readonly path: string;
  /**
   * @returns The callers; none where there is no file.
   * @throws {UsageError} If the file cannot be read, or is wrong.
   */
  read(): Promise<Callers>;
  /**
   * Changes the callers, while no other process does.
   *
   * @param change Makes the new callers of those that there are; what it throws leaves the file as it is.
   * @throws {UsageError} If the file cannot be read or written, or is wrong.
   */
  change(change: (callers: readonly CallerEntry[]) => readonly CallerEntry[]): Promise<void>;
  /** Tells a file without callers from one that isn't there. */
  exists(): Promise<boolean>;
  /** Says that others may read the file, where they may. */
  exposure(): Promise<string | undefined>;
}

/** What the group and all others may do. */
const FOREIGN_BITS = 0o077;

/** Ten thousand callers with long policies. */
const MAX_BYTES = 4 * 1024 * 1024;

function reasonOf(cause: unknown): string {
  if (cause instanceof RangeError) return cause.message;
  if (cause instanceof Deno.errors.NotCapable) return "the permission is missing";
  if (cause instanceof Deno.errors.PermissionDenied) return "the system denies access";
  if (cause instanceof Deno.errors.IsADirectory) return "it is a directory";
  if (cause instanceof Deno.errors.TimedOut) return "another process keeps it locked";
  return cause instanceof Error ? cause.name : "an unknown reason";
}

function failure(action: "read" | "write", path: string, cause: unknown): UsageError {
  const directory = path.replace(/[\\/][^\\/]*$/, "");
  const flags = action === "read" ? `--allow-read=${path}` : `--allow-read=${directory} --allow-write=${directory}`;
  return new UsageError(`Cannot ${action} file of callers ${JSON.stringify(path)}: ${reasonOf(cause)}`, {
    code: action === "read" ? "unreadable_file" : "unwritable_file",
    guidance: cause instanceof Deno.errors.NotCapable
      ? `Add ${flags} to the deno command.`
      : "Check the path, and that the directory belongs to the user that runs the program.",
    cause,
  });
}

/**
 * Makes the store of callers.
 *
 * @param context The file's path, and how names are guessed.
 * @param files The disk.
 * @returns The store; the file is touched when it is used.
 */
export function createCallerStore(context: CallerFileContext, files: CallerFiles): CallerStore {
  const { path } = context;

  async function read(): Promise<Callers> {
    let text: string;
    try {
      const { isFile = true, size = 0 } = await files.stat(path) ?? {};
      // A device has no end, and a server that reads one to it does not come back.
      if (!isFile || size > MAX_BYTES) throw new RangeError(isFile ? "it is too large" : "it is no regular file");
      text = await files.readTextFile(path);
    } catch (cause) {
      if (cause instanceof Deno.errors.NotFound) return new Map();
      throw failure("read", path, cause);
    }
    return parseCallers(text, context);
  }

  return {
    path,
    read,
    async change(change) {
      try {
        await files.withLock(path, async () => {
          const callers = await read();
          await files.writeAtomically(path, formatCallers(change([...callers.values()])));
        });
      } catch (cause) {
        throw cause instanceof UsageError ? cause : failure("write", path, cause);
      }
    },
    async exists() {
      return await files.stat(path) !== undefined;
    },
    async exposure() {
      const mode = (await files.stat(path))?.mode ?? 0;
      if ((mode & FOREIGN_BITS) === 0) return undefined;
      const seen = (mode & 0o777).toString(8).padStart(4, "0");
      return `Others may read or change the file of callers "${path}" (mode ${seen}, expected 0600)`;
    },
  };
}
