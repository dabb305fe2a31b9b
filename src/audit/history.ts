/**
 * Reads what a trail tells, for people and other programs.
 *
 * @module
 */

import type { AuditFiles } from "./files.ts";
import { type ChainLine, readLine } from "./chain.ts";
import { placesOf } from "./places.ts";
import { linesAt, trailFiles } from "./reader.ts";

/** Which lines are wanted; each member narrows the choice. */
export interface HistoryFilter {
  readonly profile?: string | undefined;
  readonly tool?: string | undefined;
  readonly outcome?: string | undefined;
  readonly kind?: string | undefined;
  /** Only lines from this time on, in milliseconds since 1970. */
  readonly since?: number | undefined;
  /** Only lines before this time, in milliseconds since 1970. */
  readonly until?: number | undefined;
}

/** A line, and how it stands in the file. */
export interface HistoryLine extends ChainLine {
  readonly text: string;
}

/** What is read, and how much could not be. */
export interface History {
  readonly lines: AsyncIterable<HistoryLine>;
  /** How many lines were skipped because they are none; grows while the lines are read. */
  readonly unreadable: () => number;
}

const TEXT_MEMBERS = ["profile", "tool", "outcome", "kind"] as const;

function isWanted({ value }: ChainLine, filter: HistoryFilter): boolean {
  for (const name of TEXT_MEMBERS) if (filter[name] !== undefined && filter[name] !== value[name]) return false;
  const { since, until } = filter;
  if (since === undefined && until === undefined) return true;
  const time = typeof value["time"] === "string" ? Date.parse(value["time"]) : NaN;
  return !(since !== undefined && !(time >= since)) && !(until !== undefined && !(time < until));
}

/**
 * Reads a trail from its oldest line on.
 *
 * @param files The file system.
 * @param path The file that lines are added to.
 * @param filter Which lines are wanted.
 * @returns The lines, read as they are asked for.
 */
export function readHistory(files: AuditFiles, path: string, filter: HistoryFilter): History {
  let unreadable = 0;
  async function* lines(): AsyncGenerator<HistoryLine> {
    for (const file of await trailFiles(files, placesOf(path))) {
      for await (const { text } of linesAt(files, file.path)) {
        const line = text === undefined ? undefined : readLine(text);
        if (text === undefined || line === undefined) unreadable++;
        else if (isWanted(line, filter)) yield { ...line, text };
      }
    }
  }
  return { lines: lines(), unreadable: () => unreadable };
}

/**
 * Reads the last lines of a trail.
 *
 * @param files The file system.
 * @param path The file that lines are added to.
 * @param filter Which lines are wanted.
 * @param count At most so many.
 * @returns The lines, oldest first; full files are read only when the others hold too few.
 */
export async function readLastLines(
  files: AuditFiles,
  path: string,
  filter: HistoryFilter,
  count: number,
): Promise<ChainLine[]> {
  let last: ChainLine[] = [];
  for (const file of (await trailFiles(files, placesOf(path))).toReversed()) {
    const wanted = count - last.length;
    if (wanted <= 0) break;
    let kept: ChainLine[] = [];
    for await (const { text } of linesAt(files, file.path)) {
      const line = text === undefined ? undefined : readLine(text);
      if (line === undefined || !isWanted(line, filter)) continue;
      kept.push(line);
      // Cut now and then, so that a full file is never in memory as a whole.
      if (kept.length >= 2 * wanted + 1_000) kept = kept.slice(-wanted);
    }
    last = [...kept.slice(-wanted), ...last];
  }
  return last;
}
