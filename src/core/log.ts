/**
 * What the program tells about its work while it runs: lines of text for people, never for the protocol.
 *
 * @module
 */

import { redact } from "./redaction.ts";

/** Takes messages; each becomes one line. */
export interface Log {
  /** Something happened as intended. */
  info(text: string): void;
  /** Something looks wrong, and the program goes on. */
  warning(text: string): void;
  /** Something failed. */
  error(text: string): void;
}

// deno-lint-ignore no-control-regex -- control characters are what it looks for
const CONTROL_REGEXP = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** A line break or an escape sequence in a message could forge a line or steer a terminal. */
function oneLine(text: string): string {
  return text.replace(CONTROL_REGEXP, (character) => {
    if (character === "\n") return "\\n";
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/**
 * Makes a log of lines such as `INFO: Loaded 1177 API endpoints`.
 *
 * Lines are written at once and in order, so that none is lost when the program ends.
 *
 * @param write Receives each line with its line feed, for example to standard error.
 * @param secrets What must never be written; see {@linkcode redact}.
 * @returns The log.
 */
export function createLog(
  write: (line: string) => void,
  secrets: readonly string[],
): Log {
  const line = (level: string) => (text: string) => write(`${level}: ${oneLine(redact(text, secrets))}\n`);
  return { info: line("INFO"), warning: line("WARNING"), error: line("ERROR") };
}

/**
 * Narrows a log to what needs attention, for commands that end with their own output.
 *
 * @param log Any log.
 * @returns The same log without `info`.
 */
export function quietLog(log: Log): Log {
  return { ...log, info: () => {} };
}
