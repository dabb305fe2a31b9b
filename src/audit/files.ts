/**
 * The few file operations that an audit trail needs, as a value, so that tests can stand in for a failing disk.
 *
 * @module
 */

/** An open file. */
export interface AuditFile {
  /** Takes the exclusive advisory lock of the file when nobody else has it. It ends with the process, however that ends. */
  tryLock(): Promise<boolean>;
  /** The size in bytes. */
  size(): Promise<number>;
  /** Reads up to `length` bytes from `offset`; fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Writes all of `bytes` at the end. */
  append(bytes: Uint8Array): Promise<void>;
  /** Writes `bytes` in the place of all that is there. */
  rewrite(bytes: Uint8Array): Promise<void>;
  /** Waits until what was written is on the disk. */
  sync(): Promise<void>;
  close(): void;
}

/**
 * How a file is opened: `read` and `append` (reads too) need it to exist, `create` makes it where it is missing, and
 * `new` needs it to be missing.
 */
export type AuditFileMode = "read" | "append" | "create" | "new";

/** The file system. Failures are thrown as Deno's own errors. */
export interface AuditFiles {
  /**
   * Makes sure that the program may use a directory, without asking anybody for the permission: a question would wait for
   * its answer, perhaps while a lock is held.
   *
   * @throws {Deno.errors.NotCapable} If it may not.
   */
  require(access: "read" | "write", directory: string): Promise<void>;
  /** Opens a file; one that is made is for its owner alone (0600). */
  open(path: string, mode: AuditFileMode): Promise<AuditFile>;
  /** Makes a directory for its owner alone (0700), and those above it; one that exists is left as it is. */
  makeDirectory(path: string): Promise<void>;
  /** The names in a directory, in any order; none when there is no such directory. */
  list(directory: string): Promise<string[]>;
  /** Replaces `to` atomically, if there is one. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Writes a small file for its owner alone; whoever reads it meanwhile sees the old content or the new. */
  replace(path: string, content: string): Promise<void>;
}
