/**
 * Finds where a trail ends before lines are added to it, and closes a line that was torn.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import { commandFor } from "../core/command.ts";
import type { Log } from "../core/log.ts";
import { chain, type ChainLine, GENESIS, lineText, readLine } from "./chain.ts";
import type { AuditFile, AuditFiles } from "./files.ts";
import { type Head, readHead, writeHead } from "./head.ts";
import type { Places } from "./places.ts";
import { linesOf, trailFiles } from "./reader.ts";
import { readTail, type Tail } from "./tail.ts";

/** What finding the end needs. */
export interface LocateOptions {
  readonly places: Places;
  readonly files: AuditFiles;
  readonly clock: Clock;
  readonly log: Log;
}

/** The last line of a chain. */
type End = Pick<ChainLine, "seq" | "hash">;

const LINE_FEED = Uint8Array.of(10);

/** The event that closes a torn line, as it stands in the trail. */
export const TORN_LINE_CLOSED = "torn_line_closed";

async function lastOfFullFiles({ files, places }: LocateOptions): Promise<End | undefined> {
  const newest = (await trailFiles(files, places)).findLast(({ first }) => first !== undefined);
  if (newest === undefined) return undefined;
  const file = await files.open(newest.path, "read");
  try {
    return (await readTail(file, await file.size())).line;
  } finally {
    file.close();
  }
}

/** The later of two ends; after a crash either can lag behind. */
function later(a: End | undefined, b: End | undefined): End | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.seq > a.seq ? b : a;
}

/** The file belongs to something else, and is left as it is. */
export class NotATrailError extends Error {
  override name = "NotATrailError";

  /** Makes one. */
  constructor() {
    super("the file is not an audit trail, since its first line is none of a trail");
  }
}

/** The path is not told: it holds the user's name. */
const GONE = `Lines are missing at the end of the audit trail: run "${commandFor("audit verify")}"`;

/** What nobody wrote down is told by the first line. */
async function beginningOf(file: AuditFile, size: number, clock: Clock): Promise<Pick<Head, "first" | "begun">> {
  for await (const { text } of linesOf(file, 0, size)) {
    const line = text === undefined ? undefined : readLine(text);
    if (line === undefined) break;
    const { seq, value: { time } } = line;
    const begun = typeof time === "string" ? Date.parse(time) : NaN;
    return { first: seq, begun: Number.isNaN(begun) ? clock.now() : begun };
  }
  throw new NotATrailError();
}

/** A new file goes on where the full one before it ends. */
async function beginFile(options: LocateOptions, head: Head | undefined): Promise<Head> {
  const full = await lastOfFullFiles(options);
  if (head !== undefined && head.seq > (full?.seq ?? 0)) options.log.warning(GONE);
  const { seq, hash } = later(head, full) ?? { seq: 0, hash: GENESIS };
  const begun: Head = { seq, hash, first: seq + 1, begun: options.clock.now(), size: 0 };
  // Written before the first line, so that a missing one is a sign.
  await writeHead(options.files, options.places.head, begun);
  return begun;
}

/** Adds the line feed that is missing, and a line that tells of it. What is there stays as it is. */
async function closeTorn(file: AuditFile, tail: Tail, end: End, clock: Clock): Promise<End> {
  if (!tail.ended) await file.append(LINE_FEED);
  if (tail.torn === 0) return end;
  const event = { time: new Date(clock.now()).toISOString(), event: TORN_LINE_CLOSED, bytes: tail.torn };
  const [line] = chain([event], end);
  if (line === undefined) return end;
  await file.append(new TextEncoder().encode(`${lineText(line.value)}\n`));
  return line;
}

/**
 * Finds where a trail ends.
 *
 * The end that was written down is believed as long as the file has the size that goes with it; otherwise the file is
 * read. When lines are missing at its end, the chain goes on behind them, so that the gap can be seen for ever.
 *
 * @param options The trail.
 * @param file The open file that lines are added to; its lock must be held.
 * @returns The end.
 * @throws {NotATrailError} If the file is that of something else.
 */
export async function locate(options: LocateOptions, file: AuditFile): Promise<Head> {
  const { files, places, clock, log } = options;
  const head = await readHead(files, places.head);
  const size = await file.size();
  if (size === 0) return head?.size === 0 ? head : await beginFile(options, head);
  if (head?.size === size) return head;

  // Before anything is added: where nobody wrote down that there is a trail, the file may be anything.
  const { first, begun } = head ?? await beginningOf(file, size, clock);
  const tail = await readTail(file, size);
  if (head !== undefined && head.seq > (tail.line?.seq ?? 0)) log.warning(GONE);
  const last = later(tail.line, head) ?? await lastOfFullFiles(options) ?? { seq: 0, hash: GENESIS };
  const end = await closeTorn(file, tail, last, clock);
  return { seq: end.seq, hash: end.hash, first, begun, size: await file.size() };
}
