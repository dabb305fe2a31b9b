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
  /** The `Link` header says that there is another page. */
  readonly hasNext: boolean;
  /** The business codes that Webex repeats in a header. */
  readonly errorCodes?: string;
  /** How long to wait before trying again, as the header has it. */
  readonly retryAfter?: string;
}

/** More is not read: a message of 10 MiB ends a client's session. */
export const MAX_ANSWER_BYTES = 6 * 1024 * 1024;

const TEXT_REGEXP = /^text\/|[/+](json|xml|csv|javascript|yaml)\b|x-www-form-urlencoded/i;
const NEXT_REGEXP = /;\s*rel="?next\b/i;

async function readBytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream, so that the connection's rest isn't read.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) {
      throw new UpstreamError(`Cannot take the answer: more than ${MAX_ANSWER_BYTES} bytes`, {
        code: "answer_too_large",
        guidance: "Ask for less at a time: a smaller page (max), a filter, or a shorter time range.",
      });
    }
    chunks.push(chunk);
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

function bodyOf(bytes: Uint8Array<ArrayBuffer>, type: string): Json {
  if (bytes.length === 0) return null;
  const unknown = type === "" && !bytes.includes(0);
  if (!TEXT_REGEXP.test(type) && !unknown) {
    return { content_type: type, bytes: bytes.length, base64: bytes.toBase64() };
  }
  // TextDecoder takes off the byte order mark that report files begin with.
  const text = new TextDecoder().decode(bytes);
  return /json/i.test(type) || unknown ? parse(text) : text;
}

/**
 * Reads an answer to its end.
 *
 * JSON is parsed, text and CSV come as a string, anything else as `{content_type, bytes, base64}`.
 *
 * @param response The response.
 * @returns The answer.
 * @throws {UpstreamError} If it is larger than {@linkcode MAX_ANSWER_BYTES}, or breaks off.
 */
export async function readAnswer(response: Response): Promise<Answer> {
  const { headers, status } = response;
  const body = bodyOf(await readBytes(response), headers.get("content-type") ?? "");
  const trackingId = headers.get("trackingid");
  const errorCodes = headers.get("cisco-spark-error-codes");
  const retryAfter = headers.get("retry-after");
  return {
    status,
    body,
    hasNext: NEXT_REGEXP.test(headers.get("link") ?? ""),
    ...(trackingId === null ? {} : { trackingId }),
    ...(errorCodes === null ? {} : { errorCodes }),
    ...(retryAfter === null ? {} : { retryAfter }),
  };
}
