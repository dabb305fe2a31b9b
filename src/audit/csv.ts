/**
 * Writes lines of a trail as CSV (RFC 4180) that a spreadsheet can open without harm.
 *
 * @module
 */

import type { Json, JsonObject } from "../core/json.ts";

const COLUMNS = [
  "seq",
  "time",
  "profile",
  "client",
  "tool",
  "method",
  "path",
  "ids",
  "arguments",
  "kind",
  "outcome",
  "code",
  "status",
  "tracking_id",
  "duration_ms",
  "attempts",
  "consent",
  "values",
  "event",
  "call",
  "prev",
  "hash",
  // Later than the others: whoever goes by the order of the columns must not notice.
  "caller",
  "request",
] as const;

/** A spreadsheet takes a text that begins like this for a formula; the wide forms, too. */
const FORMULA_REGEXP = /^\s*[=+\-@\t\r＝＋－＠]/;

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(" ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function field(value: Json | undefined): string {
  const text = textOf(value);
  const safe = FORMULA_REGEXP.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The names of the columns, with the end of the line. */
export const CSV_HEADER: string = `${COLUMNS.join(",")}\r\n`;

/**
 * Writes a line.
 *
 * @param value The line.
 * @returns A row with the end of the line; ids and values are JSON, arguments are separated by blanks.
 */
export function csvRow(value: JsonObject): string {
  return `${COLUMNS.map((name) => field(value[name])).join(",")}\r\n`;
}
