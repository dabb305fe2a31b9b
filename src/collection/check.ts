/**
 * Reads members of parsed, untrusted data and collects what is wrong with them.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import { isRecord } from "../core/json.ts";

const MAX_PROBLEMS = 5;
const MAX_QUOTE = 60;
const MAX_PLACE = 160;

/** Control and format characters, line ends: none of a file's bytes may act on a terminal. */
const UNPRINTABLE_REGEXP = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Any object whose members are not known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Describes a value for a message.
 *
 * @param value Any value.
 * @returns A scalar as JSON, cut at 60 characters; otherwise the kind of value.
 */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "an array";
  if (isRecord(value)) return "an object";
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value.length <= MAX_QUOTE ? value : `${value.slice(0, MAX_QUOTE - 1)}…`);
}

/**
 * Makes a text fit for a message of one line.
 *
 * @param text Any text.
 * @returns The text with a replacement character for each that cannot be printed.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE_REGEXP, "\ufffd");
}

function cutPlace(place: string): string {
  return place.length <= MAX_PLACE ? place : `${place.slice(0, MAX_PLACE / 2)}…${place.slice(-MAX_PLACE / 2)}`;
}

/**
 * Reads members of one file's data and remembers what is wrong with them.
 *
 * Reading goes on after a problem, so that one error can tell several. The reading methods take the value of a member, the
 * place of its holder in the file (`""` for the root, `"servers[0]."` for the first server) and the member's name. A
 * member that is `null` counts as absent, because YAML writes an empty member so.
 */
export class Checker {
  readonly #source: string;
  readonly #problems: string[] = [];
  #count = 0;

  /**
   * Begins the reading of a file.
   *
   * @param source The file's name, for messages.
   */
  constructor(source: string) {
    this.#source = source;
  }

  /**
   * Notes a problem.
   *
   * @param place Where it is; empty for the file as a whole.
   * @param text What it is.
   */
  problem(place: string, text: string): void {
    this.#count++;
    if (this.#problems.length === MAX_PROBLEMS) return;
    this.#problems.push(printable(place === "" ? text : `${cutPlace(place)}: ${text}`));
  }

  /**
   * Notes that a value is of the wrong kind.
   *
   * @param place Where it is.
   * @param wanted What should be there, for example `an object`.
   * @param got What is there.
   */
  expected(place: string, wanted: string, got: unknown): void {
    this.problem(place, `expected ${wanted}, got ${describe(got)}`);
  }

  /** Reads an object. */
  record(value: unknown, at: string, key: string): Fields | undefined {
    if (value === undefined || value === null) return undefined;
    if (isRecord(value)) return value;
    this.expected(at + key, "an object", value);
    return undefined;
  }

  /** Reads an array; absent is empty. */
  list(value: unknown, at: string, key: string): readonly unknown[] {
    if (Array.isArray(value)) return value;
    if (value !== undefined && value !== null) this.expected(at + key, "an array", value);
    return [];
  }

  /** Reads an array of strings; absent is `undefined`. */
  texts(value: unknown, at: string, key: string): readonly string[] | undefined {
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value)) this.expected(at + key, "an array of strings", value);
    else {
      const other = value.findIndex((item) => typeof item !== "string");
      if (other < 0) return value;
      this.expected(`${at}${key}[${other}]`, "a string", value[other]);
    }
    return undefined;
  }

  /** Reads a string. */
  text(value: unknown, at: string, key: string): string | undefined {
    if (typeof value === "string") return value;
    if (value === undefined || value === null) return undefined;
    this.expected(at + key, "a string", value);
    return undefined;
  }

  /** Reads a boolean. */
  flag(value: unknown, at: string, key: string): boolean | undefined {
    if (typeof value === "boolean") return value;
    if (value === undefined || value === null) return undefined;
    this.expected(at + key, "true or false", value);
    return undefined;
  }

  /**
   * Ends the reading.
   *
   * @throws {UsageError} If there was a problem; the message tells up to five of them.
   */
  finish(): void {
    if (this.#count === 0) return;
    const rest = this.#count - this.#problems.length;
    const tail = rest === 0 ? "" : `; and ${rest} more`;
    throw new UsageError(
      `Cannot read collection ${JSON.stringify(this.#source)}: ${this.#problems.join("; ")}${tail}`,
      {
        code: "bad_collection",
        details: { source: this.#source, problems: [...this.#problems], count: this.#count },
      },
    );
  }
}
