/**
 * Cuts a stream of bytes into lines, without keeping what is too long.
 *
 * @module
 */

import { Buffer } from "node:buffer";

/** A line that was too long to be kept. */
export interface LongLine {
  readonly bytes: number;
  /** Its beginning. */
  readonly head: string;
  /** Its end. */
  readonly tail: string;
}

/** Who takes the lines. */
export interface LineListener {
  /** Takes a line without its end. */
  line(text: string): void;
  /** Takes what is left of a line of more than `maxBytes`, at the latest when it ends. */
  tooLong(line: LongLine): void;
}

const NEWLINE = 10;

/** How much is kept of both ends of a line that is too long, in bytes. */
const EDGE = 1_024;

/** Bytes go in, lines come out. */
export class LineReader {
  readonly #maxBytes: number;
  readonly #listener: LineListener;
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #head: string | undefined;

  /**
   * @param maxBytes The longest line that is kept, in bytes.
   * @param listener Takes the lines.
   */
  constructor(maxBytes: number, listener: LineListener) {
    this.#maxBytes = maxBytes;
    this.#listener = listener;
  }

  /** Takes the next bytes. */
  take(chunk: Uint8Array): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#add(chunk.subarray(start, end));
      this.#finish();
      start = end + 1;
    }
    if (start < chunk.length) this.#add(chunk.subarray(start));
  }

  #add(part: Uint8Array): void {
    this.#parts.push(part);
    this.#bytes += part.length;
    if (this.#bytes <= this.#maxBytes) return;
    const whole = Buffer.concat(this.#parts);
    this.#head ??= whole.toString("utf8", 0, EDGE);
    // A copy, or the whole would stay in memory.
    this.#parts = [Uint8Array.from(whole.subarray(-EDGE))];
  }

  #finish(): void {
    const parts = this.#parts;
    const bytes = this.#bytes;
    const head = this.#head;
    this.#parts = [];
    this.#bytes = 0;
    this.#head = undefined;
    const text = Buffer.concat(parts).toString("utf8");
    if (head === undefined) this.#listener.line(text);
    else this.#listener.tooLong({ bytes, head, tail: text });
  }
}
