/**
 * Remembers what was received, so that a test can tell what was really sent.
 *
 * @module
 */

import type { Json } from "../core/json.ts";

/** One received request. */
export interface LoggedRequest {
  readonly method: string;
  /** The path below the base URL, percent-encoded as it came. */
  readonly path: string;
  /** Decoded query values, in the order in which they came. */
  readonly query: Readonly<Record<string, readonly string[]>>;
  /** Header names in lower case; of `authorization` only the scheme is kept. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, if it was read: JSON, the fields of a multipart body, or text. */
  body?: Json;
  /** The status of the answer; absent while there is none. */
  status?: number;
}

const LIMIT = 2000;

/** The latest requests. */
export class RequestLog {
  #entries: LoggedRequest[] = [];

  /** All entries, oldest first; at most the latest 2,000. */
  get entries(): readonly LoggedRequest[] {
    return this.#entries;
  }

  /** Forgets all entries. */
  clear(): void {
    this.#entries = [];
  }

  /**
   * Adds a request.
   *
   * @param request The request.
   * @param path Its path below the base URL.
   * @param url Its address.
   * @returns The entry, for what becomes known later.
   */
  add(request: Request, path: string, url: URL): LoggedRequest {
    const query: Record<string, string[]> = {};
    for (const [name, value] of url.searchParams) (query[name] ??= []).push(value);
    const headers = Object.fromEntries(request.headers);
    if (headers.authorization !== undefined) headers.authorization = headers.authorization.split(" ")[0] ?? "";
    const entry: LoggedRequest = { method: request.method, path, query, headers };
    this.#entries.push(entry);
    if (this.#entries.length > LIMIT) this.#entries.shift();
    return entry;
  }
}

/**
 * Notes the body of a request that nobody else will read; the request itself stays unread.
 *
 * @param entry The request's entry.
 * @param request The request.
 */
export async function noteBody(entry: LoggedRequest, request: Request): Promise<void> {
  if (request.body === null) return;
  const text = await request.clone().text();
  try {
    entry.body = JSON.parse(text);
  } catch {
    entry.body = text;
  }
}
