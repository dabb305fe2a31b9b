/**
 * Reads the files of a trail, from the oldest line to the newest, in bounded memory.
 *
 * @module
 */

import type { AuditFile, AuditFiles } from "./files.ts";
import type { Places } from "./places.ts";

const BLOCK = 65_536;

/** Far more than a line of this program; of a longer one only the beginning is kept. */
const MAX_LINE = 1_048_576;

/** A file of the trail. */
export interface TrailFile {
  readonly path: string;
  /** The number of its first line as its name tells it; absent for the file that lines are added to. */
  readonly first?: number;
}

/** A line as it stands in the file. */
export interface RawLine {
  /** Without the line feed; `undefined` when it isn't UTF-8, or longer than any line of this program. */
  readonly text: string | undefined;
  /** Its length without the line feed. */
  readonly bytes: number;
  /** Whether a line feed follows. */
  readonly ended: boolean;
}

/**
 * Lists the files of a trail.
 *
 * @param files The file system.
 * @param places Where the trail is.
 * @returns The full ones in the order of their lines, then the one that lines are added to, if it is there.
 */
export async function trailFiles(files: AuditFiles, places: Places): Promise<TrailFile[]> {
  const names = await files.list(places.directory);
  const full = names.flatMap((name): Required<TrailFile>[] => {
    const first = places.firstOf(name);
    return first === undefined ? [] : [{ path: places.beside(name), first }];
  });
  full.sort((a, b) => a.first - b.first || (a.path < b.path ? -1 : 1));
  const isThere = names.some((name) => places.beside(name) === places.file);
  return isThere ? [...full, { path: places.file }] : full;
}

function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.length > MAX_LINE) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The bytes of a line that spans blocks. */
class Carry {
  #parts: Uint8Array[] = [];
  #kept = 0;
  length = 0;

  add(bytes: Uint8Array): void {
    this.length += bytes.length;
    if (this.#kept > MAX_LINE) return;
    this.#parts.push(bytes);
    this.#kept += bytes.length;
  }

  take(ended: boolean): RawLine {
    const whole = new Uint8Array(this.#kept);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    const line = { text: textOf(whole), bytes: this.length, ended };
    this.#parts = [];
    this.#kept = 0;
    this.length = 0;
    return line;
  }
}

/**
 * Reads the lines of an open file.
 *
 * @param file The file.
 * @param from Where to begin; must be the beginning of a line.
 * @param to Where to stop.
 * @returns The lines; the last one may lack its line feed.
 */
export async function* linesOf(file: AuditFile, from: number, to: number): AsyncGenerator<RawLine> {
  const carry = new Carry();
  for (let offset = from; offset < to;) {
    const block = await file.read(offset, Math.min(BLOCK, to - offset));
    if (block.length === 0) break;
    offset += block.length;
    let begin = 0;
    for (let end = block.indexOf(10); end >= 0; end = block.indexOf(10, begin)) {
      carry.add(block.subarray(begin, end));
      yield carry.take(true);
      begin = end + 1;
    }
    if (begin < block.length) carry.add(block.subarray(begin));
  }
  if (carry.length > 0) yield carry.take(false);
}

/**
 * Reads the lines of a file of the trail.
 *
 * @param files The file system.
 * @param path The file.
 * @returns The lines that are there when the reading begins.
 */
export async function* linesAt(files: AuditFiles, path: string): AsyncGenerator<RawLine> {
  const file = await files.open(path, "read");
  try {
    yield* linesOf(file, 0, await file.size());
  } finally {
    file.close();
  }
}
