/**
 * What the program tells about its work while it runs: lines of text for people and collectors, never for the protocol.
 *
 * @module
 */

import type { Entry, Route } from "./log_router.ts";
import { isSecretName, REDACTED } from "./redaction.ts";
import type { Secrets } from "./secrets.ts";

/** How much a log tells, from everything to failures only. */
export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const;

/** One of {@linkcode LOG_LEVELS}. */
export type LogLevel = typeof LOG_LEVELS[number];

/** How lines are written: text for people, one JSON object a line for collectors. */
export const LOG_FORMATS = ["text", "json"] as const;

/** One of {@linkcode LOG_FORMATS}. */
export type LogFormat = typeof LOG_FORMATS[number];

/** Single values beside a message, for example `{ tool: "people_list_people", status: 429 }`; they show in JSON only. */
export type LogFacts = Readonly<Record<string, string | number | boolean>>;

/**
 * Takes messages; each becomes one line.
 *
 * Messages name tools, path templates and arguments, never values that belong to somebody; those are for `debug`.
 */
export interface Log {
  /** Something that helps to find a fault. */
  debug(text: string, facts?: LogFacts): void;
  /** Something happened as intended. */
  info(text: string, facts?: LogFacts): void;
  /** Something looks wrong, and the program goes on. */
  warning(text: string, facts?: LogFacts): void;
  /** Something failed. */
  error(text: string, facts?: LogFacts): void;
}

/** A log that must be closed, so that no line is lost. */
export interface ProgramLog extends Log {
  /** Writes what is still held back; later lines are dropped. */
  close(): Promise<void>;
}

/** What a log is made of. */
export interface LogOptions {
  /** Receives each line with its line feed, for example to standard error. */
  readonly write: (line: string) => void;
  /** What must never be written. */
  readonly secrets: Secrets;
  /** The least that is written; default `info`. */
  readonly level?: LogLevel;
  /** Default `text`. */
  readonly format?: LogFormat;
}

/** Lines of the start wait this long, in milliseconds: the first answer to the client goes first. */
const HOLD_MS = 200;

// deno-lint-ignore no-control-regex -- control characters are what it looks for
const CONTROL_REGEXP = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** A line break or an escape sequence in a message could forge a line or steer a terminal. */
function oneLine(text: string): string {
  return text.replace(CONTROL_REGEXP, (character) => {
    if (character === "\n") return "\\n";
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** LogTape has levels of its own above and below ours. */
function nameOf(level: Entry["level"]): LogLevel {
  if (level === "fatal") return "error";
  return level === "trace" ? "debug" : level;
}

function safeFact(name: string, value: unknown, secrets: Secrets): unknown {
  if (isSecretName(name)) return REDACTED;
  return typeof value === "number" || typeof value === "boolean" ? value : secrets.redact(String(value));
}

/** Every piece is redacted by itself: in the whole line, what stands for a secret would break the JSON. */
function lineOf({ level, message, timestamp, properties }: Entry, format: LogFormat, secrets: Secrets): string {
  const name = nameOf(level);
  const text = secrets.redact(message.map(String).join(""));
  if (format === "text") return `${name.toUpperCase()}: ${oneLine(text)}\n`;
  const facts = Object.entries(properties).map(([fact, value]) => [fact, safeFact(fact, value, secrets)]);
  const head = { time: new Date(timestamp).toISOString(), level: name, message: text };
  // Twice, so that it comes first and no fact takes its place.
  return `${oneLine(JSON.stringify({ ...head, ...Object.fromEntries(facts), ...head }))}\n`;
}

/** Whatever keeps LogTape from loading must not silence the log. */
async function openRoute(level: LogLevel, write: (entry: Entry) => void): Promise<Route> {
  try {
    return (await import("./log_router.ts")).openRoute({ level, write });
  } catch {
    return { emit: write, close: () => {} };
  }
}

/**
 * Makes a log of lines such as `INFO: Loaded 1177 API endpoints`, or
 * `{"time":"2026-01-01T00:00:00.000Z","level":"info","message":"Loaded 1177 API endpoints"}`.
 *
 * Lines are written in order; the first are held back until LogTape is loaded, the later ones are written at once.
 *
 * @param options Where to, and what.
 * @returns The log; close it when the program ends.
 */
export function createLog({ write, secrets, level = "info", format = "text" }: LogOptions): ProgramLog {
  const least = LOG_LEVELS.indexOf(level);
  const held: Entry[] = [];
  let opening: Promise<void> | undefined;
  let route: Route | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  async function open(): Promise<void> {
    clearTimeout(timer);
    const opened = await openRoute(level, (entry) => write(lineOf(entry, format, secrets)));
    for (const entry of held.splice(0)) opened.emit(entry);
    route = opened;
  }

  function hold(entry: Entry): void {
    held.push(entry);
    if (entry.level !== "debug" && entry.level !== "info") opening ??= open();
    else if (opening === undefined && timer === undefined) timer = setTimeout(() => opening ??= open(), HOLD_MS);
  }

  const say = (of: LogLevel) => (text: string, properties: LogFacts = {}) => {
    if (isClosed || LOG_LEVELS.indexOf(of) < least) return;
    const entry = { level: of, message: [text], rawMessage: text, timestamp: Date.now(), properties };
    if (route === undefined) hold(entry);
    else route.emit(entry);
  };

  return {
    debug: say("debug"),
    info: say("info"),
    warning: say("warning"),
    error: say("error"),
    async close() {
      isClosed = true;
      if (held.length > 0) opening ??= open();
      await opening;
      route?.close();
      route = undefined;
    },
  };
}

/**
 * Narrows a log to what needs attention, for commands that end with their own output.
 *
 * @param log Any log.
 * @returns The same log without `debug` and `info`.
 */
export function quietLog(log: Log): Log {
  return { ...log, debug: () => {}, info: () => {} };
}
