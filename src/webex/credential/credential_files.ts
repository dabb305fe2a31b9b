/**
 * What credentials need of the disk, as values that are passed in.
 *
 * @module
 */

/** What is known of a file without reading it. */
export interface FileFacts {
  /** The permission bits, for example `0o600`; absent where the system has none. */
  readonly mode?: number;
  /** It is neither a directory nor a device. */
  readonly isFile?: boolean;
  /** In bytes. */
  readonly size?: number;
}

/** Keeps and finds files that hold credentials. */
export interface CredentialFiles {
  /**
   * Reads a file.
   *
   * @throws {Deno.errors.NotFound} If there is none.
   */
  readTextFile(path: string): Promise<string>;
  /**
   * Looks at a file.
   *
   * @returns What is known, or `undefined` if there is none.
   */
  stat(path: string): Promise<FileFacts | undefined>;
  /**
   * Replaces a file as a whole, so that whoever reads it finds the old text or the new one; only the user may read it. The
   * directory is made if it is missing.
   */
  writeAtomically(path: string, text: string): Promise<void>;
  /**
   * Does something while no other process does something with the same file.
   *
   * @param path The file; it need not exist.
   * @param work What to do.
   * @param signal Ends the waiting, not the work.
   */
  withLock<T>(path: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /**
   * Overwrites and removes a file.
   *
   * @returns Whether there was one.
   */
  remove(path: string): Promise<boolean>;
}
