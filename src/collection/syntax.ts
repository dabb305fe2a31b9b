/**
 * Parses the text of a collection: JSON, or else YAML.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import { printable } from "./check.ts";

/** The parsers quote what they stumble over, however long it is. */
const MAX_REASON = 200;

/**
 * Parses JSON or YAML.
 *
 * @param text The text of the file.
 * @param source The file's name, for messages.
 * @returns Parsed JSON, also for YAML: a tree without shared parts, cycles and infinite numbers.
 * @throws {UsageError} If the text is malformed; the message tells line and column.
 */
export async function parseText(text: string, source: string): Promise<unknown> {
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (content.trim() === "") throw malformed(source, "expected JSON or YAML, got an empty file");
  const isYamlFile = /\.ya?ml$/i.test(source);
  return /^\s*[{[]/.test(content) && !isYamlFile ? parseJson(content, source) : await parseYaml(content, source);
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = faultOffset(text, message);
    const line = text.slice(0, offset).split("\n");
    const column = (line.at(-1)?.length ?? 0) + 1;
    // The engine quotes the text around the fault; line and column are enough, and the text could be a secret.
    const reason = message.replace(
      /(?:(?: in JSON)? at position \d+.*|, (?:\.{3})?".*"(?:\.{3})? is not valid JSON)$/s,
      "",
    );
    throw malformed(source, `malformed JSON at line ${line.length}, column ${column}: ${reason}`, error);
  }
}

/** Where the fault is. Some of the engine's messages don't tell; then the shortest prefix that has it shows the place. */
function faultOffset(text: string, message: string): number {
  const told = toldOffset(message);
  if (told !== undefined) return told;
  if (endsEarly(text)) return text.length;
  let low = 1;
  let high = text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endsEarly(text.slice(0, middle))) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function toldOffset(message: string): number | undefined {
  const digits = message.match(/ at position (\d+)/)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Whether the text is the beginning of something well-formed. */
function endsEarly(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    return message.startsWith("Unexpected end") || message.startsWith("Unterminated string") ||
      toldOffset(message) === text.length;
  }
}

async function parseYaml(text: string, source: string): Promise<unknown> {
  // Nearly every start needs no YAML, and the parser takes a while to load.
  const { parseDocument } = await import("yaml");
  try {
    const document = parseDocument(text, { schema: "core", merge: true, logLevel: "error", prettyErrors: true });
    const fault = document.errors[0];
    if (fault === undefined) return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 })) ?? "null");
    const place = fault.linePos?.[0];
    const where = place === undefined ? "" : ` at line ${place.line}, column ${place.col}`;
    const reason = fault.message.replace(/(?: at line \d+, column \d+)?:?\n.*$/s, "");
    throw malformed(source, `malformed YAML${where}: ${reason}`, fault);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw malformed(source, `not readable as YAML: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

function malformed(source: string, reason: string, cause?: unknown): UsageError {
  return new UsageError(`Cannot read collection ${JSON.stringify(source)}: ${printable(reason.slice(0, MAX_REASON))}`, {
    code: "bad_collection",
    cause,
  });
}
