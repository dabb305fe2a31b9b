/**
 * The audit trail: one line for every call, in a file that shows when somebody changed it.
 *
 * @module
 */

import type { AuditDraft, AuditEntry } from "./entry.ts";
import type { AuditTrailOptions } from "./options.ts";
import type { Recorder } from "./recorder.ts";

/** A write that is about to be sent; belongs to one call. */
export interface Announcement {
  /** Stands in the call's line as `call`. */
  readonly id: string;
}

/** Takes what calls did. */
export interface AuditTrail {
  /**
   * Announces a write before it is sent: makes sure that it can be recorded, and leaves a trace that survives the end of
   * the process.
   *
   * @param draft What is known about the call.
   * @returns What {@linkcode AuditTrail.record} must be given when the call ends, whatever its outcome.
   * @throws {RefusedError} With code `audit_unavailable` if the trail cannot be written: the write must not be sent.
   */
  announce(draft: AuditDraft): Promise<Announcement>;
  /**
   * Records a call at its end. Never throws.
   *
   * @param entry The call.
   * @param announcement What announced it, for a write that was announced.
   * @returns A sentence for the caller if the trail cannot be written. For a write it resolves when the line is on the
   * disk; for a read at once, so that it tells of an earlier failure only, except that the first ones wait for their
   * lines, too.
   */
  record(entry: AuditEntry, announcement?: Announcement): Promise<string | undefined>;
  /** Writes out what is queued; writes that are still under way are recorded as interrupted. Never throws. */
  close(): Promise<void>;
}

/** Records nothing, for `--no-audit`. */
export const noAudit: AuditTrail = {
  announce: () => Promise.resolve({ id: "" }),
  record: () => Promise.resolve(undefined),
  close: () => Promise.resolve(),
};

/**
 * Makes an audit trail. Nothing is opened before the first call.
 *
 * @param options What it works with.
 * @returns The trail; its calls run side by side, and so do those of other processes with the same file.
 */
export function createAuditTrail(options: AuditTrailOptions): AuditTrail {
  // Loaded with the first call, since the start of the server must not wait for it.
  let recorder: Promise<Recorder> | undefined;
  const load = () => recorder ??= import("./recorder.ts").then(({ Recorder }) => new Recorder(options));
  return {
    announce: async (draft) => await (await load()).announce(draft),
    record: async (entry, announcement) => await (await load()).record(entry, announcement),
    close: async () => await (await recorder)?.close(),
  };
}
