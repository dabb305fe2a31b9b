/**
 * Compares each line of a trail with the one before it.
 *
 * @module
 */

import { type ChainLine, GENESIS } from "./chain.ts";
import type { Head } from "./head.ts";
import { TORN_LINE_CLOSED } from "./locate.ts";
import type { RawLine, TrailFile } from "./reader.ts";

/** What can be wrong. */
export type ProblemKind = "changed" | "missing" | "broken" | "reordered" | "torn" | "head";

/** Something that is wrong. */
export interface AuditProblem {
  readonly kind: ProblemKind;
  /** The file's path. */
  readonly file: string;
  /** The line in that file, from 1; absent where no line is to blame. */
  readonly line?: number;
  /** One sentence without a period. */
  readonly message: string;
}

/** What was found. */
export interface VerifyReport {
  /** Nothing is wrong. */
  readonly ok: boolean;
  readonly files: number;
  readonly lines: number;
  /** The number of the first line that is there; 0 when there is none. */
  readonly first: number;
  /** The number of the last line that is there; 0 when there is none. */
  readonly last: number;
  /** The hash of that line: kept elsewhere, it proves everything up to it. */
  readonly hash: string;
  /** At most 100, in the order of the lines. */
  readonly problems: readonly AuditProblem[];
  readonly problemCount: number;
  /** What is no sign of a change, but worth knowing, one sentence each. */
  readonly notices: readonly string[];
}

const MAX_PROBLEMS = 100;

/** A stretch of numbers that no line has. */
interface Gap {
  from: number;
  to: number;
  readonly file: string;
  readonly line: number;
}

/** Bytes between two whole lines. */
interface Torn {
  bytes: number;
  readonly line: number;
  ended: boolean;
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** Follows a trail line by line. */
export class Verifier {
  readonly #path: string;
  readonly #head: Head | undefined;
  readonly #problems: AuditProblem[] = [];
  readonly #notices: string[] = [];
  #gaps: Gap[] = [];
  #problemCount = 0;
  #files = 0;
  #lines = 0;
  #file: TrailFile = { path: "" };
  /** The number of the line within the file. */
  #at = 0;
  #isFirstOfFile = true;
  #torn: Torn | undefined;
  #first = 0;
  /** The line with the highest number so far. */
  #last: Pick<ChainLine, "seq" | "hash"> = { seq: 0, hash: GENESIS };
  #hashAtHead: string | undefined;

  /**
   * @param path The file that lines are added to.
   * @param head Where the trail should end, if that is known.
   */
  constructor(path: string, head: Head | undefined) {
    this.#path = path;
    this.#head = head;
  }

  /** Goes on with a file. */
  begin(file: TrailFile): void {
    this.#files++;
    this.#file = file;
    this.#at = 0;
    this.#isFirstOfFile = true;
  }

  /**
   * Goes on with a line of that file.
   *
   * @param raw The line as it stands there.
   * @param line What it says; `undefined` if it is no line of a trail.
   * @param isTrue Whether its hash is the hash of what it says.
   */
  add(raw: RawLine, line: ChainLine | undefined, isTrue: boolean): void {
    this.#at++;
    if (line === undefined) {
      this.#torn ??= { bytes: 0, line: this.#at, ended: true };
      this.#torn.bytes += raw.bytes + (raw.ended ? 1 : 0);
      this.#torn.ended = raw.ended;
      return;
    }
    this.#lines++;
    this.#checkTorn(line);
    if (!isTrue) this.#problem("changed", `Line ${line.seq} was changed: its hash is not the hash of what it says`);
    if (this.#isFirstOfFile) this.#checkBeginning(line);
    this.#isFirstOfFile = false;
    // The number of a line that was changed may be wrong itself.
    if (isTrue || this.#first === 0) this.#checkPlace(line);
    else this.#last = { seq: this.#last.seq + 1, hash: line.hash };
    if (line.seq === this.#head?.seq) this.#hashAtHead = line.hash;
  }

  /** Ends a file. */
  end(): void {
    const torn = this.#torn;
    this.#torn = undefined;
    if (torn === undefined) return;
    if (this.#file.path === this.#path && !torn.ended) {
      this.#notices.push(
        `The last line was not finished (${plural(torn.bytes, "byte")}); it is closed when the trail is written next`,
      );
    } else this.#problem("torn", `Something that is no line stands here: ${plural(torn.bytes, "byte")}`, torn.line);
  }

  /**
   * Ends the trail.
   *
   * @param pending How many announcements of writes there are.
   * @returns What was found.
   */
  finish(pending: number): VerifyReport {
    for (const { from, to, file, line } of this.#gaps) {
      const lines = from === to ? `Line ${from} is` : `Lines ${from} to ${to} are`;
      this.#add({ kind: "missing", file, line, message: `${lines} missing` });
    }
    this.#checkEnd();
    if (pending > 0) {
      this.#notices.push(
        `${
          plural(pending, "change")
        } announced without a line yet: under way, or interrupted and recorded at the next use`,
      );
    }
    return {
      ok: this.#problemCount === 0,
      files: this.#files,
      lines: this.#lines,
      first: this.#first,
      last: this.#last.seq,
      hash: this.#last.hash,
      problems: this.#problems,
      problemCount: this.#problemCount,
      notices: this.#notices,
    };
  }

  #problem(kind: ProblemKind, message: string, line = this.#at): void {
    this.#add({ kind, file: this.#file.path, line, message });
  }

  #add(problem: AuditProblem): void {
    this.#problemCount++;
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(problem);
  }

  /** What is no line is harmless where the next line says that it was closed, and how long it was. */
  #checkTorn({ value }: ChainLine): void {
    const torn = this.#torn;
    this.#torn = undefined;
    if (torn === undefined) return;
    // The line feed may have been added when it was closed.
    const fits = value["bytes"] === torn.bytes || value["bytes"] === torn.bytes - 1;
    if (value["event"] === TORN_LINE_CLOSED && fits) {
      this.#notices.push(`A torn line was closed before line ${value["seq"]}`);
    } else this.#problem("torn", `Something that is no line stands here: ${plural(torn.bytes, "byte")}`, torn.line);
  }

  /** Where a file begins is written elsewhere, too. */
  #checkBeginning({ seq }: ChainLine): void {
    const first = this.#file.first ?? this.#head?.first;
    if (first !== undefined && seq !== first) {
      this.#problem("missing", `The file begins with line ${seq}: expected line ${first}`);
    }
    if (this.#first === 0 && seq > 1) {
      this.#notices.push(`The trail begins with line ${seq}: older files are not here`);
    }
  }

  #checkPlace(line: ChainLine): void {
    const { seq, prev, hash } = line;
    const last = this.#last;
    if (this.#first === 0) {
      this.#first = seq;
      if (seq === 1 && prev !== GENESIS) this.#problem("broken", "Line 1 does not begin the chain");
    } else if (seq <= last.seq) {
      this.#outOfOrder(seq);
      return;
    } else if (seq > last.seq + 1) {
      this.#gaps.push({ from: last.seq + 1, to: seq - 1, file: this.#file.path, line: this.#at });
    } else if (prev !== last.hash) {
      this.#problem("broken", `Line ${seq} does not continue line ${last.seq}: one of them was replaced`);
    }
    this.#last = { seq, hash };
  }

  #outOfOrder(seq: number): void {
    const gap = this.#gaps.find(({ from, to }) => from <= seq && seq <= to);
    if (gap === undefined) return this.#problem("reordered", `Line ${seq} stands here a second time`);
    this.#problem("reordered", `Line ${seq} stands behind line ${this.#last.seq}`);
    const parts = [{ ...gap, to: seq - 1 }, { ...gap, from: seq + 1 }].filter(({ from, to }) => from <= to);
    this.#gaps = this.#gaps.flatMap((other) => other === gap ? parts : [other]);
  }

  /** The chain alone cannot show that lines are missing at its end. */
  #checkEnd(): void {
    const head = this.#head;
    const problem = (message: string) => this.#add({ kind: "head", file: `${this.#path}.head`, message });
    if (head === undefined) {
      if (this.#files > 0) problem("Nothing tells where the trail should end, so lines may be missing at its end");
    } else if (head.seq > this.#last.seq) {
      const from = this.#last.seq + 1;
      const lines = from === head.seq ? `Line ${from} is` : `Lines ${from} to ${head.seq} are`;
      this.#add({ kind: "missing", file: this.#path, message: `${lines} missing at the end` });
    } else if (head.seq > 0 && head.seq >= this.#first && this.#hashAtHead !== head.hash) {
      problem(`Line ${head.seq} is not the line that was written: it has another hash`);
    } else if (head.seq < this.#last.seq) {
      this.#notices.push(
        `${
          plural(this.#last.seq - head.seq, "line")
        } after line ${head.seq} came when the program ended abruptly, or were added by others`,
      );
    }
  }
}
