/**
 * Turns a file argument into the file that is sent.
 *
 * @module
 */

import { RefusedError } from "../../core/errors.ts";
import { isJsonObject, type Json } from "../../core/json.ts";

/**
 * Reads files; passed in, so that only the composing layer touches the disk.
 *
 * A file of more than `maxBytes` is refused with a `RangeError` before it is read.
 */
export type ReadFile = (path: string, maxBytes?: number) => Promise<Uint8Array<ArrayBuffer>>;

/** What a file must be. */
export interface FileRule {
  /** The argument, for messages. */
  readonly name: string;
  /** The most bytes. */
  readonly maxBytes?: number;
  /** The media types or ranges (`image/*`) that are accepted, comma separated; any when absent. */
  readonly accept?: string;
}

/** A map, because a file's name can end in the name of an object's own member. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ["csv", "text/csv"],
  ["jpeg", "image/jpeg"],
  ["jpg", "image/jpeg"],
  ["json", "application/json"],
  ["mp3", "audio/mpeg"],
  ["pdf", "application/pdf"],
  ["png", "image/png"],
  ["txt", "text/plain"],
  ["wav", "audio/wav"],
  ["zip", "application/zip"],
]);

/** So much of a wrong value is repeated. */
const MAX_ECHO = 80;

/** Longer paths are told by their end. */
const MAX_PATH = 200;

const GUIDANCE =
  'Pass {"path": "/absolute/path.wav"} for a file that the server may read, or {"base64": "…", "name": "greeting.wav", "type": "audio/wav"}.';

function refuse(message: string, cause?: unknown): never {
  throw new RefusedError(message, { code: "invalid_file", guidance: GUIDANCE, cause });
}

function shortPath(path: string): string {
  return path.length > MAX_PATH ? `...${path.slice(-MAX_ECHO)}` : path;
}

function typeOfName(name: string): string {
  const extension = /\.([^.]+)$/.exec(name)?.[1] ?? "";
  return TYPES.get(extension.toLowerCase()) ?? "application/octet-stream";
}

function decode(name: string, base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.fromBase64(base64.replace(/\s+/g, ""));
  } catch (cause) {
    return refuse(`Argument "${name}.base64" is not valid base64`, cause);
  }
}

/** A media type without its parameters, in the one of its spellings that is registered. */
function plainType(type: string): string {
  return type.replace(/;.*/, "").trim().toLowerCase().replace(/^audio\/(x-wav|wave|vnd\.wave)$/, "audio/wav");
}

function isAccepted(type: string, range: string): boolean {
  return range === "*/*" || range === type || (range.endsWith("/*") && type.startsWith(range.slice(0, -1)));
}

function check(rule: FileRule, bytes: Uint8Array, type: string): void {
  if (bytes.length === 0) refuse(`Argument "${rule.name}" is an empty file`);
  if (rule.maxBytes !== undefined && bytes.length > rule.maxBytes) {
    refuse(`Argument "${rule.name}" is too large: ${bytes.length} bytes, at most ${rule.maxBytes} are accepted`);
  }
  const accepted = rule.accept?.split(",").map((item) => item.trim()) ?? [];
  if (accepted.length > 0 && !accepted.some((range) => isAccepted(plainType(type), plainType(range)))) {
    refuse(`Argument "${rule.name}" is "${type.slice(0, MAX_ECHO)}": expected ${accepted.join(" or ")}`);
  }
}

/**
 * Reads a file argument.
 *
 * @param rule What the file must be.
 * @param value `{path}` or `{base64, name?, type?}`.
 * @param readFile Reads the file of a path.
 * @returns The file with its name and media type.
 * @throws {RefusedError} If it cannot be read, is empty, too large, or of another type.
 */
export async function readUpload(rule: FileRule, value: Json, readFile: ReadFile): Promise<File> {
  if (!isJsonObject(value)) return refuse(`Argument "${rule.name}" is not a file: expected "path" or "base64"`);
  const { path, base64, name, type } = value;
  if ((typeof path === "string") === (typeof base64 === "string")) {
    return refuse(`Argument "${rule.name}" is not a file: expected either "path" or "base64"`);
  }
  const fileName = typeof name === "string" && name !== ""
    ? name
    : typeof path === "string"
    ? path.replace(/^.*[\\/]/, "")
    : "file";
  const mediaType = typeof type === "string" && type !== "" ? type : typeOfName(fileName);
  const bytes = typeof base64 === "string"
    ? decode(rule.name, base64)
    : await readFile(String(path), rule.maxBytes).catch((cause: unknown) => {
      if (cause instanceof RefusedError) throw cause;
      if (cause instanceof RangeError) refuse(`Argument "${rule.name}" is too large: ${cause.message}`, cause);
      const denied = cause instanceof Deno.errors.NotCapable
        ? ": the server may not read it (start it with --allow-read)"
        : "";
      return refuse(`Cannot read file "${shortPath(String(path))}" of argument "${rule.name}"${denied}`, cause);
    });
  check(rule, bytes, mediaType);
  return new File([bytes], fileName, { type: mediaType });
}
