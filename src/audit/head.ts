/**
 * The small file that tells where a trail ends.
 *
 * @module
 */

import { isRecord } from "../core/json.ts";
import type { AuditFiles } from "./files.ts";

/** The end of a trail, and the beginning of the file that lines are added to. */
export interface Head {
  /** The number of the last line; 0 before the first. */
  readonly seq: number;
  /** The hash of the last line. */
  readonly hash: string;
  /** The number of the first line of the file. */
  readonly first: number;
  /** When that line was written, in milliseconds since 1970. */
  readonly begun: number;
  /** The size of the file in bytes. */
  readonly size: number;
}

const MAX_BYTES = 1_000;

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function parseHead(text: string): Head | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return undefined;
    const { seq, hash, first, begun, size } = value;
    if (typeof hash !== "string" || !/^[0-9a-f]{64}$/.test(hash)) return undefined;
    return isCount(seq) && isCount(first) && isCount(begun) && isCount(size)
      ? { seq, hash, first, begun, size }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads where a trail ends.
 *
 * @param files The file system.
 * @param path The small file.
 * @returns The end, or `undefined` when the file is missing or makes no sense.
 */
export async function readHead(files: AuditFiles, path: string): Promise<Head | undefined> {
  try {
    const file = await files.open(path, "read");
    try {
      return parseHead(new TextDecoder().decode(await file.read(0, MAX_BYTES)));
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Writes where a trail ends.
 *
 * @param files The file system.
 * @param path The small file.
 * @param head The end.
 */
export async function writeHead(files: AuditFiles, path: string, head: Head): Promise<void> {
  const { seq, hash, first, begun, size } = head;
  await files.replace(path, `${JSON.stringify({ v: 1, seq, hash, first, begun, size })}\n`);
}
