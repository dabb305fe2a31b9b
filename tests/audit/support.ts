/**
 * Audit trails in directories of their own.
 *
 * @module
 */

import type { AuditEntry } from "../../src/audit/entry.ts";
import type { AuditFile, AuditFiles } from "../../src/audit/files.ts";
import type { AuditLimits } from "../../src/audit/options.ts";
import { type AuditTrail, createAuditTrail } from "../../src/audit/trail.ts";
import { verifyTrail } from "../../src/audit/verify.ts";
import type { VerifyReport } from "../../src/audit/verifier.ts";
import { auditFiles } from "../../src/cli/audit_files.ts";
import { type Clock, systemClock } from "../../src/core/clock.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { Secrets } from "../../src/core/secrets.ts";

/** A temporary directory with the place for a trail. */
export interface Site extends AsyncDisposable {
  readonly directory: string;
  readonly path: string;
  /** What was logged. */
  readonly logged: string[];
  /** What must not be written. */
  readonly secrets: Secrets;
  trail(options?: { files?: AuditFiles; clock?: Clock; limits?: AuditLimits; pid?: number }): AuditTrail;
  /** The lines of the file that is written to. */
  lines(): Promise<JsonObject[]>;
  verify(): Promise<VerifyReport>;
}

/** Makes a site. */
export async function makeSite(): Promise<Site> {
  const directory = await Deno.makeTempDir({ prefix: "audit" });
  const path = `${directory}/state/audit.jsonl`;
  const logged: string[] = [];
  const secrets = new Secrets();
  const say = (text: string) => void logged.push(text);
  return {
    directory,
    path,
    logged,
    secrets,
    trail: ({ files = auditFiles, clock = systemClock, limits = {}, pid = Deno.pid } = {}) =>
      createAuditTrail({
        path,
        files,
        clock,
        limits,
        pid,
        secrets,
        randomId: () => crypto.randomUUID(),
        log: { debug: say, info: say, warning: say, error: say },
      }),
    lines: async () => linesIn(await Deno.readTextFile(path)),
    verify: () => verifyTrail({ path, files: auditFiles, clock: systemClock }),
    [Symbol.asyncDispose]: () => Deno.remove(directory, { recursive: true }),
  };
}

/** The lines of a file's text. */
export function linesIn(text: string): JsonObject[] {
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** A call that read. */
export function readEntry(change: Partial<AuditEntry> = {}): AuditEntry {
  return {
    time: Date.UTC(2026, 2, 31, 12),
    profile: "main",
    client: "test/1.0",
    tool: "people_list_people",
    method: "GET",
    path: "/people",
    ids: { orgId: "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8x" },
    argumentNames: ["max", "orgId"],
    kind: "read",
    outcome: "ok",
    status: 200,
    durationMs: 12.4,
    attempts: 1,
    ...change,
  };
}

/** A call that changed something. */
export function writeEntry(change: Partial<AuditEntry> = {}): AuditEntry {
  return readEntry({ tool: "people_create_a_person", method: "POST", kind: "write", ...change });
}

/** Which operations of the disk fail, and with what; may be changed at any time. */
export interface DiskFault {
  error?: Error | undefined;
  /** Bytes of the trail's file that are still written before it fails. */
  room?: number;
  /** Only the trail's own file fails. */
  readonly onlyTrail?: boolean;
  /** Only writing to the disk for good fails. */
  readonly onlySync?: boolean;
}

/** A disk that fails on demand. */
export function failingFiles(fault: DiskFault): AuditFiles {
  function wrapped(path: string, file: AuditFile): AuditFile {
    const isSpared = fault.onlyTrail === true && !path.endsWith("audit.jsonl");
    return {
      ...file,
      async append(bytes) {
        if (fault.error === undefined || isSpared || fault.onlySync === true) return await file.append(bytes);
        if (fault.room !== undefined) await file.append(bytes.subarray(0, fault.room));
        throw fault.error;
      },
      async sync() {
        if (fault.error !== undefined && !isSpared) throw fault.error;
        await file.sync();
      },
    };
  }
  return { ...auditFiles, open: async (path, mode) => wrapped(path, await auditFiles.open(path, mode)) };
}
