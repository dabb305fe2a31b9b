/**
 * The command `audit`: reads and checks the record of all calls.
 *
 * @module
 */

import { CSV_HEADER, csvRow } from "../../audit/csv.ts";
import type { AuditFiles } from "../../audit/files.ts";
import { type HistoryFilter, type HistoryLine, readHistory, readLastLines } from "../../audit/history.ts";
import { MOMENT_EXAMPLES, parseMoment } from "../../audit/moment.ts";
import { countPending } from "../../audit/pending.ts";
import { type Places, placesOf } from "../../audit/places.ts";
import { trailFiles } from "../../audit/reader.ts";
import { verifyTrail } from "../../audit/verify.ts";
import type { Environment } from "../../config/environment.ts";
import { FLAGS, type FlagValues } from "../../config/flags.ts";
import { auditFileOf, stateDirectoryOf } from "../../config/paths.ts";
import { given } from "../../config/settings.ts";
import { systemClock } from "../../core/clock.ts";
import { commandFor } from "../../core/command.ts";
import { UsageError } from "../../core/errors.ts";
import { auditTable } from "./table.ts";
import { verifyText } from "./verdict.ts";
import type {
  AuditCommand,
  AuditExportCommand,
  AuditShowCommand,
  AuditTailCommand,
  ExitCode,
} from "../grammar/command.ts";
import type { TextSink } from "../system.ts";

/** What the command needs from outside the program. */
export interface AuditOutside {
  readonly environment: Environment;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly auditFiles: AuditFiles;
}

type PrintingCommand = AuditTailCommand | AuditShowCommand | AuditExportCommand;

/** Rows that are laid out together; more would not fit on a screen anyway. */
const CHUNK = 200;

// deno-lint-ignore no-control-regex -- control characters are what it looks for
const CONTROL_REGEXP = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** Only this setting matters: a mistake in another one must not keep anybody from the trail. */
function pathOf(flags: FlagValues, environment: Environment): string {
  const path = given(FLAGS.audit, flags.audit, environment)?.text;
  if (path !== undefined) return path;
  const directory = stateDirectoryOf(environment, Deno.build.os);
  if (directory !== undefined) return auditFileOf(directory, Deno.build.os);
  throw new UsageError("Cannot find the audit trail: no home directory is known", {
    code: "no_audit_path",
    guidance: "Give its path with --audit PATH.",
  });
}

function momentOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const moment = parseMoment(text, systemClock.now());
  if (moment !== undefined) return moment;
  throw new UsageError(`Cannot use ${flag} ${JSON.stringify(text)}: expected a date, a time, or how long ago`, {
    code: "bad_time",
    guidance: `Write it like ${MOMENT_EXAMPLES}; times are UTC unless they say otherwise.`,
  });
}

function filterOf(command: PrintingCommand): HistoryFilter {
  const { profile } = command.flags;
  if (command.action === "tail") return { profile };
  const period = { since: momentOf("--since", command.since), until: momentOf("--until", command.until) };
  if (command.action === "export") return { profile, ...period };
  const { tool, outcome, kind } = command;
  return { profile, tool, outcome, kind, ...period };
}

/** The file may have been tampered with: what steers a terminal is written as JSON writes it. */
function safeJson(text: string): string {
  return text.replace(CONTROL_REGEXP, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

async function inChunks(lines: AsyncIterable<HistoryLine>, print: (chunk: HistoryLine[]) => void): Promise<void> {
  let chunk: HistoryLine[] = [];
  for await (const line of lines) {
    chunk.push(line);
    if (chunk.length < CHUNK) continue;
    print(chunk);
    chunk = [];
  }
  if (chunk.length > 0) print(chunk);
}

async function printAll(
  { stdout, stderr, auditFiles }: AuditOutside,
  path: string,
  command: AuditShowCommand | AuditExportCommand,
  filter: HistoryFilter,
): Promise<void> {
  const { lines, unreadable } = readHistory(auditFiles, path, filter);
  if (command.action === "show" && command.json) {
    let separator = "[\n";
    await inChunks(lines, (chunk) => {
      stdout.write(separator + chunk.map(({ text }) => safeJson(text)).join(",\n"));
      separator = ",\n";
    });
    stdout.write(separator === "[\n" ? "[]\n" : "\n]\n");
  } else if (command.action === "show") {
    await inChunks(lines, (chunk) => stdout.write(auditTable(chunk)));
  } else {
    const row = (line: HistoryLine) => command.format === "csv" ? csvRow(line.value) : `${safeJson(line.text)}\n`;
    if (command.format === "csv") stdout.write(CSV_HEADER);
    await inChunks(lines, (chunk) => stdout.write(chunk.map(row).join("")));
  }
  if (unreadable() > 0) {
    stderr.write(
      `WARNING: Left out ${unreadable()} lines that cannot be read: run "${commandFor("audit verify")}"\n`,
    );
  }
}

/** A person who looks for a change must learn that there may be one more. */
async function tellPending({ stderr, auditFiles }: AuditOutside, places: Places): Promise<void> {
  const count = await countPending(auditFiles, places);
  if (count === 0) return;
  stderr.write(
    `NOTE: ${count} ${count === 1 ? "change is" : "changes are"} under way or ${
      count === 1 ? "was" : "were"
    } cut off, and not recorded yet\n`,
  );
}

async function print(outside: AuditOutside, path: string, command: PrintingCommand): Promise<ExitCode> {
  const { stdout, stderr, auditFiles } = outside;
  const places = placesOf(path);
  const filter = filterOf(command);
  if ((await trailFiles(auditFiles, places)).length === 0) {
    stderr.write(`There is no audit trail at ${JSON.stringify(path)}\n`);
    return 1;
  }
  if (command.action !== "tail") await printAll(outside, path, command, filter);
  else stdout.write(auditTable(await readLastLines(auditFiles, path, filter, command.count)));
  if (command.action !== "export") await tellPending(outside, places);
  return 0;
}

function denied(path: string, cause: unknown): UsageError {
  return new UsageError(`Cannot read the audit trail ${JSON.stringify(path)}: the program may not`, {
    code: "missing_permission",
    guidance: `Add --allow-read=${path.replace(/[^/\\]*$/, "") || "."} to the deno command.`,
    cause,
  });
}

function noFile(path: string, cause: unknown): UsageError {
  return new UsageError(`Cannot read the audit trail ${JSON.stringify(path)}: it is a directory`, {
    code: "unreadable_file",
    guidance: "Name the trail's file with --audit PATH.",
    cause,
  });
}

/**
 * Runs one of the commands about the audit trail.
 *
 * @param command What to do. A profile narrows it to that profile's calls.
 * @param outside What it needs from outside the program.
 * @returns 0; 1 if there is no trail, for `verify` also if anything is wrong.
 * @throws {UsageError} If a date or time makes no sense, or the trail may not be read.
 */
export async function runAudit(command: AuditCommand, outside: AuditOutside): Promise<ExitCode> {
  const path = pathOf(command.flags, outside.environment);
  try {
    await outside.auditFiles.require("read", placesOf(path).directory);
    if (command.action === "verify") {
      const report = await verifyTrail({ path, files: outside.auditFiles, clock: systemClock });
      outside.stdout.write(verifyText(report, path));
      return report.ok && report.files > 0 ? 0 : 1;
    }
    return await print(outside, path, command);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw denied(path, error);
    if (error instanceof Deno.errors.IsADirectory) throw noFile(path, error);
    throw error;
  }
}
