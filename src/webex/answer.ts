/**
 * Reads what Webex answers, whatever form it has.
 *
 * @module
 */

import { UpstreamError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";

/** An answer in JSON form. */
export interface Answer {
  readonly status: number;
  /** The parsed body; `null` when there is none. */
  readonly body: Json;
  /** What Webex's support asks for. */
  readonly trackingId?: string;
  /** A web page came, as gateways and sign-in portals send it. */
  readonly isPage: boolean;
  /** The `Link` header says that there is another page. */
  readonly hasNext: boolean;
  /** The `Link` header as it came. */
  readonly link?: string;
  /** The business codes that Webex repeats in a header. */
  readonly errorCodes?: string;
  /** How long to wait before trying again, as the header has it. */
  readonly retryAfter?: string;
}

/** More is not read: reports of 100,000 rows fit, and a few such answers at a time fit into memory. */
export const MAX_ANSWER_BYTES = 48 * 1024 * 1024;

/** Takes secrets out of a text. */
export type Hide = (text: string) => string;

const TEXT_REGEXP = /^text\/|[/+](json|xml|csv|javascript|yaml)\b|x-www-form-urlencoded/i;
const CHARSET_REGEXP = /;\s*charset\s*=\s*"?([^\s;"]+)/i;
const NEXT_REGEXP = /;\s*rel="?next\b/i;

/**
 * Says what to do about an answer that is too large.
 *
 * @param ok The status was 2xx.
 * @returns One or two sentences.
 */
export function tooLargeGuidance(ok: boolean): string {
  const outcome = ok ? "The call was carried out. " : "";
  return `${outcome}Ask for less at a time: a smaller page (max), a filter, or a shorter time range.`;
}

function tooLarge({ status, ok }: Response): UpstreamError {
  return new UpstreamError(`Cannot take the answer: more than ${MAX_ANSWER_BYTES} bytes`, {
    code: "answer_too_large",
    status,
    guidance: tooLargeGuidance(ok),
  });
}

/** The body's pieces as they come; leaving the loop cancels the stream, so that the rest isn't read. */
async function* piecesOf(response: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > MAX_ANSWER_BYTES) throw tooLarge(response);
    yield piece;
  }
}

async function readBytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of piecesOf(response)) {
    pieces.push(piece);
    size += piece.length;
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

/** Decodes piece by piece, so that the bytes and the text of a large answer are never there at the same time. */
async function readText(response: Response, charset: string): Promise<string> {
  const decoder = decoderOf(charset);
  const texts: string[] = [];
  for await (const piece of piecesOf(response)) texts.push(decoder.decode(piece, { stream: true }));
  return texts.join("") + decoder.decode();
}

/** Some serializers write `=` and `/` as escapes, which part a token until it is parsed. */
const ESCAPED_REGEXP = /\\[u/]/;

function parse(text: string, hide: Hide): Json {
  try {
    const reviver = (_name: string, value: unknown) => typeof value === "string" ? hide(value) : value;
    const value: Json = ESCAPED_REGEXP.test(text) ? JSON.parse(text, reviver) : JSON.parse(text);
    return value;
  } catch {
    // Gateways answer HTML under any content type; the text tells more than a parse error.
    return text;
  }
}

function decoderOf(charset: string): TextDecoder {
  try {
    // TextDecoder takes off the byte order mark that report files begin with.
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

async function bodyOf(response: Response, type: string, hide: Hide): Promise<Json> {
  if (TEXT_REGEXP.test(type)) {
    // JSON is UTF-8 whatever its content type says (RFC 8259, section 8.1).
    const isJson = /json/i.test(type);
    const text = hide(await readText(response, isJson ? "utf-8" : CHARSET_REGEXP.exec(type)?.[1] ?? "utf-8"));
    if (text === "") return null;
    return isJson ? parse(text, hide) : text;
  }
  const bytes = await readBytes(response);
  if (bytes.length === 0) return null;
  if (type === "" && !bytes.includes(0)) return parse(hide(new TextDecoder().decode(bytes)), hide);
  const plain = new TextDecoder("latin1").decode(bytes);
  // In base64 nobody would see a secret, and anybody could read it.
  if (hide(plain) !== plain) return { content_type: type, bytes: bytes.length, left_out: "It repeats a secret" };
  return { content_type: type, bytes: bytes.length, base64: bytes.toBase64() };
}

/**
 * Reads an answer to its end.
 *
 * JSON is parsed, text and CSV come as a string, anything else as `{content_type, bytes, base64}`.
 *
 * @param response The response.
 * @param hide Takes secrets out of a text: the answer may repeat the access token.
 * @returns The answer.
 * @throws {UpstreamError} If it is larger than {@linkcode MAX_ANSWER_BYTES}.
 */
export async function readAnswer(response: Response, hide: Hide = (text) => text): Promise<Answer> {
  const header = (name: string) => {
    const value = response.headers.get(name);
    return value === null ? null : hide(value);
  };
  const type = header("content-type") ?? "";
  if (Number(response.headers.get("content-length")) > MAX_ANSWER_BYTES) {
    await response.body?.cancel();
    throw tooLarge(response);
  }
  const body = await bodyOf(response, type, hide);
  const link = header("link");
  const trackingId = header("trackingid");
  const errorCodes = header("cisco-spark-error-codes");
  const retryAfter = header("retry-after");
  return {
    status: response.status,
    body,
    isPage: /^text\/html\b/i.test(type),
    hasNext: NEXT_REGEXP.test(link ?? ""),
    ...(link === null ? {} : { link }),
    ...(trackingId === null ? {} : { trackingId }),
    ...(errorCodes === null ? {} : { errorCodes }),
    ...(retryAfter === null ? {} : { retryAfter }),
  };
}
