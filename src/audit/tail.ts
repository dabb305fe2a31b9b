/**
 * Finds the last whole line of a file, and what stands behind it.
 *
 * @module
 */

import { type ChainLine, readLine } from "./chain.ts";
import type { AuditFile } from "./files.ts";
import { linesOf } from "./reader.ts";

const STEP = 65_536;

/** The end of a file. */
export interface Tail {
  /** The last whole line, if there is any. */
  readonly line?: ChainLine;
  /** How many bytes behind it belong to no line. */
  readonly torn: number;
  /** Whether the file ends with a line feed. */
  readonly ended: boolean;
}

/** A line can only begin behind a line feed, or with the file. */
async function beginningOfLine(file: AuditFile, offset: number, size: number): Promise<number> {
  if (offset === 0) return 0;
  for await (const { bytes, ended } of linesOf(file, offset, size)) return ended ? offset + bytes + 1 : size;
  return size;
}

/**
 * Reads the end of a file, as far back as needed.
 *
 * @param file The file.
 * @param size Its size.
 * @returns Its end; without `line` if there is no whole line at all.
 */
export async function readTail(file: AuditFile, size: number): Promise<Tail> {
  for (let step = STEP;; step *= 8) {
    const from = await beginningOfLine(file, Math.max(0, size - step), size);
    let line: ChainLine | undefined;
    let torn = 0;
    let ended = true;
    for await (const raw of linesOf(file, from, size)) {
      const whole = raw.text === undefined ? undefined : readLine(raw.text);
      ended = raw.ended;
      if (whole === undefined) torn += raw.bytes + (ended ? 1 : 0);
      else [line, torn] = [whole, 0];
    }
    if (line !== undefined) return { line, torn, ended };
    if (size <= step) return { torn, ended };
  }
}
