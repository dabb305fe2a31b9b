/**
 * The files of a trail, to which one process at a time adds lines.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { JsonObject } from "../core/json.ts";
import type { Log } from "../core/log.ts";
import { chain, type ChainLine, lineText } from "./chain.ts";
import type { AuditFile, AuditFiles } from "./files.ts";
import { type Head, writeHead } from "./head.ts";
import { locate } from "./locate.ts";
import { takeLock } from "./lock.ts";
import type { Places } from "./places.ts";

/** When a file of the trail is full. */
export interface LedgerLimits {
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/** What a ledger needs. */
export interface LedgerOptions {
  readonly places: Places;
  readonly files: AuditFiles;
  readonly clock: Clock;
  readonly limits: LedgerLimits;
  readonly log: Log;
  /** This process, for others that wait for it. */
  readonly pid: number;
}

/** Lines could not be added, or not all of them. */
export class AppendError extends Error {
  override name = "AppendError";
  /** How many of the lines are in the file nevertheless. */
  readonly written: number;

  /**
   * @param written How many of the lines are in the file nevertheless.
   * @param cause Why the others aren't.
   */
  constructor(written: number, cause: unknown) {
    super("Cannot add all lines", { cause });
    this.written = written;
  }
}

/** What may be done while no other process adds lines. */
export interface LedgerSession {
  /** The number of the last line. */
  readonly seq: number;
  /**
   * Adds lines.
   *
   * @param records The lines without their place in the chain.
   * @param isDurable Waits until they are on the disk.
   * @throws {AppendError} If not all could be added.
   */
  append(records: readonly JsonObject[], isDurable: boolean): Promise<void>;
}

/** The files of a trail. */
export interface Ledger {
  /** Finds out whether the program may add lines at all. Throws the reason why not. */
  permitted(): Promise<void>;
  /** Finds out whether lines could be added now. Throws the reason why not. */
  probe(): Promise<void>;
  /** Does work while no other process adds lines; waits for others as long as `waitMs`, or as a lock is waited for. */
  session(work: (session: LedgerSession) => Promise<void>, waitMs?: number): Promise<void>;
}

const encoder = new TextEncoder();

/** How many of the lines lie within the first `bytes` bytes. */
function linesWithin(lines: readonly Uint8Array[], bytes: number): number {
  let end = 0;
  let count = 0;
  for (const line of lines) {
    end += line.length;
    if (end > bytes) break;
    count++;
  }
  return count;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The file that lines are added to, while its lock is held. */
class OpenLedger implements LedgerSession {
  readonly #options: LedgerOptions;
  #file: AuditFile;
  #head: Head;

  constructor(options: LedgerOptions, file: AuditFile, head: Head) {
    this.#options = options;
    this.#file = file;
    this.#head = head;
  }

  get seq(): number {
    return this.#head.seq;
  }

  get head(): Head {
    return this.#head;
  }

  async append(records: readonly JsonObject[], isDurable: boolean): Promise<void> {
    if (records.length === 0) return;
    const lines = chain(records, this.#head);
    const encoded = lines.map(({ value }) => encoder.encode(`${lineText(value)}\n`));
    const bytes = joined(encoded);
    await this.#makeRoom(bytes.length).catch((cause: unknown) => {
      throw new AppendError(0, cause);
    });
    try {
      await this.#file.append(bytes);
    } catch (cause) {
      const size = await this.#file.size().catch(() => this.#head.size);
      throw new AppendError(linesWithin(encoded, size - this.#head.size), cause);
    }
    await this.#advance(lines, bytes.length);
    if (!isDurable) return;
    await this.#file.sync().catch((cause: unknown) => {
      throw new AppendError(lines.length, cause);
    });
  }

  close(): void {
    this.#file.close();
  }

  /** Starts a new file when this one is full. Its lines go on where those of the old one end. */
  async #makeRoom(bytes: number): Promise<void> {
    const { places, files, clock, limits } = this.#options;
    const { size, first, begun, seq } = this.#head;
    const isFull = size + bytes > limits.maxBytes || clock.now() - begun > limits.maxAgeMs;
    if (size === 0 || !isFull) return;
    await files.rename(places.file, places.full(clock.now(), first));
    this.#head = { ...this.#head, size: 0, first: seq + 1, begun: clock.now() };
    // Written before the first line, so that it always belongs to the file that is there.
    await writeHead(files, places.head, this.#head);
    const file = await files.open(places.file, "create");
    this.#file.close();
    this.#file = file;
  }

  /** The lines are in the file whether or not this works: whoever comes next reads the file when the two disagree. */
  async #advance(lines: readonly ChainLine[], bytes: number): Promise<void> {
    const { files, places, log, clock } = this.#options;
    const { seq, hash } = lines.at(-1) ?? this.#head;
    const begun = this.#head.size === 0 ? clock.now() : this.#head.begun;
    this.#head = { ...this.#head, seq, hash, begun, size: this.#head.size + bytes };
    await writeHead(files, places.head, this.#head).catch(() => {
      log.warning("Cannot write down where the audit trail ends: lines missing at its end would not be noticed");
    });
  }
}

/** The directory is made only when it is missing: making it needs more permissions than using it. */
async function openFirst<Opened>(options: LedgerOptions, open: () => Promise<Opened>): Promise<Opened> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await options.files.makeDirectory(options.places.directory);
    return await open();
  }
}

/**
 * Goes on behind the lines that this process knows of, although the files with them are gone: what stands elsewhere as a
 * proof of them stays true, and no number is given twice.
 */
async function goOn({ files, places, log }: LedgerOptions, found: Head, { seq, hash }: Head): Promise<Head> {
  log.warning(`The audit trail was removed or replaced by an older one: it goes on with line ${seq + 1}`);
  const head = { ...found, seq, hash, first: found.size === 0 ? seq + 1 : found.first };
  await writeHead(files, places.head, head);
  return head;
}

/**
 * Opens the files of a trail; nothing is touched before the first use.
 *
 * @param options What it works with.
 * @returns The ledger.
 */
export function createLedger(options: LedgerOptions): Ledger {
  const { places, files, clock, pid } = options;
  /** The end as this process left it. */
  let known: Head | undefined;
  const permitted = async () => {
    await files.require("read", places.directory);
    await files.require("write", places.directory);
  };
  const begin = async (file: AuditFile): Promise<{ ledger: OpenLedger; events: JsonObject[] }> => {
    const found = await locate(options, file);
    const lost = (known?.seq ?? 0) - found.seq;
    if (known === undefined || lost <= 0) return { ledger: new OpenLedger(options, file, found), events: [] };
    const time = new Date(clock.now()).toISOString();
    const head = await goOn(options, found, known);
    return { ledger: new OpenLedger(options, file, head), events: [{ time, event: "lines_lost", count: lost }] };
  };
  return {
    permitted,
    async probe() {
      await permitted();
      (await openFirst(options, () => files.open(places.file, "create"))).close();
    },
    async session(work, waitMs) {
      // Before the lock is taken: a question for a permission would keep it for as long as nobody answers.
      await permitted();
      using _lock = await openFirst(options, () => takeLock(files, places.lock, { clock, pid, waitMs }));
      const file = await files.open(places.file, "create");
      const { ledger, events } = await begin(file).catch((error: unknown) => {
        file.close();
        throw error;
      });
      try {
        // Its failure is not that of the lines that the work adds.
        await ledger.append(events, false).catch(({ cause }: AppendError) => Promise.reject(cause));
        await work(ledger);
      } finally {
        known = ledger.head;
        ledger.close();
      }
    },
  };
}
