/**
 * Gathers the lines of calls and writes them out together.
 *
 * @module
 */

import { RefusedError } from "../core/errors.ts";
import type { JsonObject } from "../core/json.ts";
import type { AuditDraft, AuditEntry } from "./entry.ts";
import { AppendError, createLedger, type Ledger, type LedgerSession } from "./ledger.ts";
import type { AuditTrailOptions } from "./options.ts";
import { makePending, type PendingFile, removePending } from "./pending.ts";
import { type Places, placesOf } from "./places.ts";
import { recordOf, recordOfDraft } from "./record.ts";
import { recover } from "./recovery.ts";
import { LockHeldError } from "./lock.ts";
import { unavailableGuidance, unavailableReason, unavailableRemedy } from "./unavailable.ts";

const MAX_BYTES = 10 * 1_048_576;
const MAX_AGE_MS = 30 * 24 * 3_600_000;

/** Reads wait this long for others to go along. */
const GATHER_MS = 20;
/** After a failure reads wait this long before the next attempt; a write does not. */
const RETRY_MS = 1_000;
/** A program that ends does not wait once more for a process that has kept it waiting. */
const LAST_WAIT_MS = 500;

/** More lines are not kept while they cannot be written: their number is. */
const MAX_QUEUE = 5_000;
/** Lines that are written at once. */
const MAX_BATCH = 500;

/** A line that waits. */
interface Item {
  readonly isWrite: boolean;
  /** What announced it. */
  readonly call: string | undefined;
  readonly record: () => JsonObject;
  /** Tells whoever waits for it. */
  settle: ((warning: string | undefined) => void) | undefined;
}

/** A write under way. */
interface Underway {
  readonly file: PendingFile;
  readonly record: JsonObject;
}

/** Writes the lines of one process. */
export class Recorder {
  readonly #options: AuditTrailOptions;
  readonly #places: Places;
  readonly #ledger: Ledger;
  readonly #underway = new Map<string, Underway>();
  #queue: Item[] = [];
  /** What is being written. */
  #batch: readonly Item[] = [];
  #lost = 0;
  #seq = 0;
  #isRecovered = false;
  /** Lines could be added at least once. */
  #isProven = false;
  #isClosed = false;
  #failure: { readonly cause: unknown } | undefined;
  #running: Promise<void> | undefined;
  #hurry = new AbortController();

  /** @param options What it works with. */
  constructor(options: AuditTrailOptions) {
    const { path, files, clock, log, pid, limits = {} } = options;
    const { maxBytes = MAX_BYTES, maxAgeMs = MAX_AGE_MS } = limits;
    this.#options = options;
    this.#places = placesOf(path);
    this.#ledger = createLedger({ places: this.#places, files, clock, log, pid, limits: { maxBytes, maxAgeMs } });
  }

  /** See `AuditTrail`. */
  async announce(draft: AuditDraft): Promise<{ readonly id: string }> {
    const { files, pid, randomId, secrets } = this.#options;
    try {
      if (this.#isClosed) throw new Error("the program is ending");
      if (!this.#isRecovered || this.#failure !== undefined) await this.#writeOut();
      await this.#ledger.probe();
      const record = recordOfDraft(draft, secrets);
      const write = { after: this.#seq, record };
      const file = await makePending(files, this.#places, `${pid}-${randomId()}`, write);
      this.#underway.set(file.call, { file, record });
      return { id: file.call };
    } catch (cause) {
      throw this.#unavailable(cause);
    }
  }

  /** See `AuditTrail`. */
  async record(entry: AuditEntry, announcement?: { readonly id: string }): Promise<string | undefined> {
    const isWrite = entry.kind === "write";
    if (this.#isClosed) return this.#warning(new Error("the program is ending"));
    if (this.#queue.length >= MAX_QUEUE && announcement === undefined) {
      this.#lost++;
      return this.#warning(this.#failure?.cause);
    }
    const isAwaited = this.#isAwaited(isWrite, announcement !== undefined);
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    this.#queue.push({
      isWrite,
      call: announcement?.id,
      record: () => recordOf(entry, this.#options.secrets, announcement?.id),
      settle: isAwaited ? resolve : undefined,
    });
    this.#wake(isAwaited);
    if (isAwaited) return await promise;
    return this.#failure === undefined ? undefined : this.#warning(this.#failure.cause);
  }

  /**
   * Whether a call waits until its line is written. A read does while nobody knows whether lines can be written at all; a
   * write that was refused, since its announcement failed, has waited before.
   */
  #isAwaited(isWrite: boolean, isAnnounced: boolean): boolean {
    if (isAnnounced) return true;
    return this.#failure === undefined && (isWrite || !this.#isProven);
  }

  /** See `AuditTrail`. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const queued = new Set([...this.#batch, ...this.#queue].map(({ call }) => call));
    for (const [call, { record }] of this.#underway) {
      if (queued.has(call)) continue;
      const line = { ...record, outcome: "interrupted", call };
      this.#queue.push({ isWrite: true, call, record: () => line, settle: undefined });
    }
    if (this.#queue.length > 0 || this.#running !== undefined) await this.#writeOut().catch(() => {});
    // What could not be written stays on the disk for the next process.
    for (const { file } of this.#underway.values()) file.file.close();
    this.#underway.clear();
  }

  #unavailable(cause: unknown): RefusedError {
    const { path } = this.#options;
    return new RefusedError(`Cannot record the call in "${path}": ${unavailableReason(cause)}`, {
      code: "audit_unavailable",
      guidance: unavailableGuidance(path, this.#places.directory, cause),
      cause,
    });
  }

  #warning(cause: unknown): string {
    return `The call could not be recorded in "${this.#options.path}": ${unavailableReason(cause)}`;
  }

  /** Writes out all that waits. Throws the reason if that fails. */
  async #writeOut(): Promise<void> {
    do {
      this.#wake(true);
      await this.#running;
      if (this.#failure !== undefined) throw this.#failure.cause;
    } while (this.#queue.length > 0);
  }

  #wake(isUrgent: boolean): void {
    if (isUrgent) this.#hurry.abort();
    if (this.#running !== undefined) return;
    this.#running = this.#run(isUrgent).finally(() => {
      this.#running = undefined;
      if (this.#queue.length > 0 && this.#failure === undefined) this.#wake(this.#queue.some(({ isWrite }) => isWrite));
    });
  }

  async #run(isUrgent: boolean): Promise<void> {
    if (!isUrgent) {
      this.#hurry = new AbortController();
      const wait = this.#failure === undefined ? GATHER_MS : RETRY_MS;
      await this.#options.clock.sleep(wait, this.#hurry.signal).catch(() => {});
    }
    do {
      if (!await this.#commit()) return;
    } while (this.#queue.length > 0);
  }

  /** Writes one batch: whatever waits once the lock is had. */
  async #commit(): Promise<boolean> {
    let batch: Item[] = [];
    try {
      await this.#ledger.session(async (session) => {
        await this.#recoverOnce(session);
        batch = this.#batch = this.#take();
        await session.append(batch.map((item) => this.#recordOf(item)), batch.some(({ isWrite }) => isWrite));
        this.#seq = session.seq;
      }, this.#isClosed && this.#failure?.cause instanceof LockHeldError ? LAST_WAIT_MS : undefined);
    } catch (error) {
      const written = error instanceof AppendError ? error.written : 0;
      this.#fail(batch, written, error instanceof AppendError ? error.cause : error);
      return false;
    } finally {
      this.#batch = [];
    }
    if (this.#failure !== undefined) this.#options.log.info("The audit trail is written again");
    this.#failure = undefined;
    this.#isProven = true;
    await Promise.all(batch.map((item) => this.#finish(item)));
    return true;
  }

  async #recoverOnce(session: LedgerSession): Promise<void> {
    if (this.#isRecovered) return;
    await recover({ ...this.#options, places: this.#places }, session);
    this.#isRecovered = true;
    this.#seq = session.seq;
  }

  /** One call that cannot be told must not keep all others from being told. */
  #recordOf({ record, call }: Item): JsonObject {
    try {
      return record();
    } catch {
      const event = { time: new Date(this.#options.clock.now()).toISOString(), event: "call_unreadable" };
      return call === undefined ? event : { ...event, call };
    }
  }

  #take(): Item[] {
    const batch = this.#queue.splice(0, MAX_BATCH);
    if (this.#lost === 0) return batch;
    const line = { time: new Date(this.#options.clock.now()).toISOString(), event: "lines_lost", count: this.#lost };
    this.#lost = 0;
    return [{ isWrite: false, call: undefined, record: () => line, settle: undefined }, ...batch];
  }

  async #finish({ call, settle }: Item): Promise<void> {
    const underway = call === undefined ? undefined : this.#underway.get(call);
    if (underway !== undefined) {
      this.#underway.delete(underway.file.call);
      await removePending(this.#options.files, underway.file);
    }
    settle?.(undefined);
  }

  /** The line may be lost yet, for example with the power: then whoever finds the announcement writes it again. */
  #letGo(call: string | undefined): void {
    if (call === undefined) return;
    this.#underway.get(call)?.file.file.close();
    this.#underway.delete(call);
  }

  /** Keeps what is not in the file; whoever waits is told, since a later attempt may not come. */
  #fail(batch: readonly Item[], written: number, cause: unknown): void {
    if (this.#failure === undefined) {
      const { path, log } = this.#options;
      const remedy = unavailableRemedy(path, this.#places.directory, cause);
      log.warning(`Cannot write the audit trail "${path}": ${unavailableReason(cause)}; ${remedy}`);
    }
    this.#failure = { cause };
    const warning = this.#warning(cause);
    for (const { call, settle } of batch.slice(0, written)) {
      this.#letGo(call);
      settle?.(warning);
    }
    this.#queue = [...batch.slice(written), ...this.#queue];
    for (const item of this.#queue) {
      item.settle?.(warning);
      item.settle = undefined;
    }
  }
}
