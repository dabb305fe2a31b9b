/**
 * A log whose lines a test can read at once.
 *
 * @module
 */

import type { Log } from "../../src/core/log.ts";

/** A log, and what it was told. */
export interface RecordingLog extends Log {
  /** For example `INFO: Loaded 1177 API endpoints`; nothing is redacted. */
  readonly lines: readonly string[];
}

/** Makes a log that keeps everything, of every level. */
export function recordingLog(): RecordingLog {
  const lines: string[] = [];
  const keep = (level: string) => (text: string) => void lines.push(`${level}: ${text}`);
  return { lines, debug: keep("DEBUG"), info: keep("INFO"), warning: keep("WARNING"), error: keep("ERROR") };
}
