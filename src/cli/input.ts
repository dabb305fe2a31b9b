/**
 * Reads what a person types, or what is piped in, line by line.
 *
 * @module
 */

import { RefusedError } from "../core/errors.ts";

/** Where lines come from. */
export interface Input {
  /** A person types at a terminal. */
  readonly isTerminal: boolean;
  /**
   * Reads the next line.
   *
   * @param hidden Nothing is shown at a terminal.
   * @returns The line without its end, or `undefined` at the end of the input.
   * @throws {RefusedError} If the person types Ctrl-C while nothing is shown.
   */
  readLine(hidden: boolean): Promise<string | undefined>;
}

/** What lines are read from: standard input, or a test's own. */
export interface ByteSource {
  read(buffer: Uint8Array): Promise<number | null>;
  isTerminal(): boolean;
  setRaw(mode: boolean): void;
}

const INTERRUPT = 0x03;
const END_OF_INPUT = 0x04;
const BACKSPACES: readonly number[] = [0x08, 0x7f];
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** No secret is longer; whoever pipes in a file by mistake finds out soon. */
const MAX_LINE = 16_384;

/** Reads bytes one after the other, and keeps what came beyond. */
class Bytes {
  readonly #source: ByteSource;
  #chunk = new Uint8Array();

  constructor(source: ByteSource) {
    this.#source = source;
  }

  async next(): Promise<number | undefined> {
    if (this.#chunk.length === 0) {
      const buffer = new Uint8Array(1024);
      const count = await this.#source.read(buffer);
      if (count === null) return undefined;
      this.#chunk = buffer.subarray(0, count);
      return await this.next();
    }
    const [byte] = this.#chunk;
    this.#chunk = this.#chunk.subarray(1);
    return byte;
  }
}

/** In raw mode the terminal leaves editing to the program: only what a secret needs is done. */
function edit(line: number[], byte: number): "more" | "done" {
  if (byte === INTERRUPT) throw new RefusedError("Cannot go on: interrupted", { code: "cancelled" });
  if (byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === END_OF_INPUT) return "done";
  if (BACKSPACES.includes(byte)) line.pop();
  else line.push(byte);
  return "more";
}

/**
 * Makes an input.
 *
 * @param source Where bytes come from.
 * @returns The input.
 */
export function createInput(source: ByteSource): Input {
  const bytes = new Bytes(source);
  async function collect(raw: boolean): Promise<string | undefined> {
    const line: number[] = [];
    for (;;) {
      const byte = await bytes.next();
      if (byte === undefined && line.length === 0) return undefined;
      if (byte === undefined || (raw ? edit(line, byte) === "done" : byte === LINE_FEED)) break;
      if (!raw) line.push(byte);
      if (line.length > MAX_LINE) {
        throw new RefusedError(`Cannot read a line: expected at most ${MAX_LINE} bytes`, { code: "line_too_long" });
      }
    }
    return new TextDecoder().decode(new Uint8Array(line)).replace(/\r$/, "");
  }
  return {
    get isTerminal() {
      return source.isTerminal();
    },
    async readLine(hidden) {
      if (!hidden || !source.isTerminal()) return await collect(false);
      source.setRaw(true);
      try {
        return await collect(true);
      } finally {
        source.setRaw(false);
      }
    },
  };
}

/** The standard input of this process. */
export const processInput: Input = createInput(Deno.stdin);
