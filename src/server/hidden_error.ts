/**
 * Errors of the protocol without secrets.
 *
 * @module
 */

import { ProtocolError, ResourceNotFoundError } from "@modelcontextprotocol/server";
import { redactTokens } from "../core/redaction.ts";

/**
 * Does something whose refusals repeat what the caller sent, and takes secrets out of them.
 *
 * @param hide Takes secrets out of a text.
 * @param work What is done.
 * @throws {ProtocolError} What `work` throws, with its text hidden, and whatever looks like a token; other errors as they are.
 */
export async function hidingErrors<T>(hide: (text: string) => string, work: () => Promise<T>): Promise<T> {
  const safe = (text: string) => redactTokens(hide(text));
  try {
    return await work();
  } catch (error) {
    if (error instanceof ResourceNotFoundError) throw new ResourceNotFoundError(safe(error.uri), safe(error.message));
    if (error instanceof ProtocolError) throw new ProtocolError(error.code, safe(error.message), error.data);
    throw error;
  }
}
