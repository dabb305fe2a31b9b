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
  /** The business codes that Webex repeats in a header. */
  readonly errorCodes?: string;
  /** How long to wait before trying again, as the header has it. */
  readonly retryAfter?: string;
}

/** More is not read; what a client can take is the server's business, and is less than this. */
export const MAX_ANSWER_BYTES = 6 * 1024 * 1024;

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

async function readBytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream, so that the connection's rest isn't read.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size <= MAX_ANSWER_BYTES) {
      chunks.push(chunk);
      continue;
    }
    throw new UpstreamError(`Cannot take the answer: more than ${MAX_ANSWER_BYTES} bytes`, {
      code: "answer_too_large",
      status: response.status,
      guidance: tooLargeGuidance(response.ok),
    });
  }
  return new Uint8Array(await new Blob(chunks.map((chunk) => new Uint8Array(chunk))).arrayBuffer());
}

function parse(text: string): Json {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    // Gateways answer HTML under any content type; the text tells more than a parse error.
    return text;
  }
}

function decode(bytes: Uint8Array<ArrayBuffer>, charset: string): string {
  try {
    // TextDecoder takes off the byte order mark that report files begin with.
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function bodyOf(bytes: Uint8Array<ArrayBuffer>, type: string, hide: (text: string) => string): Json {
  if (bytes.length === 0) return null;
  const unknown = type === "" && !bytes.includes(0);
  if (!TEXT_REGEXP.test(type) && !unknown) {
    return { content_type: type, bytes: bytes.length, base64: bytes.toBase64() };
  }
  // JSON is UTF-8 whatever its content type says (RFC 8259, section 8.1).
  if (/json/i.test(type) || unknown) return parse(hide(decode(bytes, "utf-8")));
  return hide(decode(bytes, CHARSET_REGEXP.exec(type)?.[1] ?? "utf-8"));
}

/**
 * Reads an answer to its end.
 *
 * JSON is parsed, text and CSV come as a string, anything else as `{content_type, bytes, base64}`.
 *
 * @param response The response.
 * @param secret The access token: it is taken out wherever the answer repeats it.
 * @returns The answer.
 * @throws {UpstreamError} If it is larger than {@linkcode MAX_ANSWER_BYTES}.
 */
export async function readAnswer(response: Response, secret = ""): Promise<Answer> {
  const { status } = response;
  const hide = (text: string) => secret === "" ? text : text.replaceAll(secret, "[redacted]");
  const header = (name: string) => {
    const value = response.headers.get(name);
    return value === null ? null : hide(value);
  };
  const bytes = await readBytes(response);
  const body = bodyOf(bytes, header("content-type") ?? "", hide);
  const trackingId = header("trackingid");
  const errorCodes = header("cisco-spark-error-codes");
  const retryAfter = header("retry-after");
  return {
    status,
    body,
    isPage: /^text\/html\b/i.test(header("content-type") ?? ""),
    hasNext: NEXT_REGEXP.test(header("link") ?? ""),
    ...(trackingId === null ? {} : { trackingId }),
    ...(errorCodes === null ? {} : { errorCodes }),
    ...(retryAfter === null ? {} : { retryAfter }),
  };
}
