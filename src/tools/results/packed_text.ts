/**
 * The bytes that a kept result is stored as: what is known of it, and its text, deflated where that is worth it.
 *
 * @module
 */

import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Bytes } from "../../core/cipher_box.ts";
import { isRecord, type Json } from "../../core/json.ts";

/** What is known of a kept result. */
export interface Label {
  readonly id: string;
  /** The tool that it came from. */
  readonly tool: string;
  /** The length of its JSON text in bytes. */
  readonly bytes: number;
  /** How much room it takes, in bytes. */
  readonly size: number;
  /** When it was kept, in milliseconds since 1970. */
  readonly keptAt: number;
}

/** A text in as few bytes as is quick. */
export interface PackedText {
  /** Its length in bytes. */
  readonly bytes: number;
  readonly content: Bytes;
}

/** Smaller texts are kept as they are. */
const MIN_DEFLATED = 16 * 1024;

/** The first byte of a content. */
const PLAIN = 0;
const DEFLATED = 1;

const LINE_FEED = 0x0a;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function marked(form: number, content: Uint8Array): Bytes {
  const all = new Uint8Array(content.length + 1);
  all[0] = form;
  all.set(content, 1);
  return all;
}

/**
 * Packs a text.
 *
 * @param text The text.
 * @returns Its bytes.
 */
export function packText(text: string): PackedText {
  const plain = encoder.encode(text);
  if (plain.length < MIN_DEFLATED) return { bytes: plain.length, content: marked(PLAIN, plain) };
  // The lowest level takes 5 ms a megabyte; answers repeat their names so much that it is enough.
  return { bytes: plain.length, content: marked(DEFLATED, deflateRawSync(plain, { level: 1 })) };
}

/**
 * Writes a label, as what is listed of a result.
 *
 * @param label The label.
 * @returns One line of JSON.
 */
export function writeLabel({ id, tool, bytes, size, keptAt }: Label): Bytes {
  return encoder.encode(JSON.stringify({ id, tool, bytes, size, keptAt }));
}

/**
 * Reads a label; its writer may have been another release of this program.
 *
 * @param line What {@linkcode writeLabel} wrote.
 * @returns The label; `undefined` if it is none.
 */
export function readLabel(line: Uint8Array): Label | undefined {
  let value: Json;
  try {
    value = JSON.parse(decoder.decode(line));
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { id, tool, bytes, size, keptAt } = value;
  if (typeof id !== "string" || typeof tool !== "string") return undefined;
  if (typeof bytes !== "number" || typeof size !== "number" || typeof keptAt !== "number") return undefined;
  return { id, tool, bytes, size, keptAt };
}

/**
 * Puts a label and a packed text together.
 *
 * @param label The label.
 * @param content The packed text.
 * @returns What is stored.
 */
export function writeLabelled(label: Label, content: Bytes): Bytes {
  const line = writeLabel(label);
  const all = new Uint8Array(line.length + 1 + content.length);
  all.set(line);
  all[line.length] = LINE_FEED;
  all.set(content, line.length + 1);
  return all;
}

/**
 * Takes a label and a text apart.
 *
 * @param stored What {@linkcode writeLabelled} made.
 * @returns Both; `undefined` if they can't be read.
 */
export function readLabelled(stored: Bytes): (Label & { readonly text: string }) | undefined {
  const end = stored.indexOf(LINE_FEED);
  const label = end < 0 ? undefined : readLabel(stored.subarray(0, end));
  if (label === undefined) return undefined;
  const content = stored.subarray(end + 2);
  return { ...label, text: decoder.decode(stored[end + 1] === DEFLATED ? inflateRawSync(content) : content) };
}
