/**
 * Says what is wrong with several messages in one body.
 *
 * @module
 */

import { isRecord } from "../../core/json.ts";

/** A place is for one request; so many calls at a time in it are still bearable. */
export const MAX_BATCH = 8;

/**
 * The one revision that has batches; 2025-06-18 took them away again. A client that names no revision is taken for one of
 * it (MCP 2025-06-18, transports, protocol version header).
 */
const BATCH_REVISION = "2025-03-26";

/** Answers and notifications aren't answered, so their ids don't matter. */
function requestIds(messages: readonly unknown[]): (string | number)[] {
  return messages.flatMap((message) => {
    if (!isRecord(message) || typeof message.method !== "string") return [];
    const { id } = message;
    return typeof id === "string" || typeof id === "number" ? [id] : [];
  });
}

/**
 * Finds out why messages can't be taken together.
 *
 * @param messages The messages of one body.
 * @param revision What the client says by `MCP-Protocol-Version`, if anything.
 * @returns Why not, as a message; `undefined` where they can.
 */
export function batchProblem(messages: readonly unknown[], revision: string | undefined): string | undefined {
  if (revision !== undefined && revision !== BATCH_REVISION) {
    return `Refused: the body is a list of messages, which only revision ${BATCH_REVISION} of the protocol has`;
  }
  if (messages.length > MAX_BATCH) return `Refused: the body holds more than ${MAX_BATCH} messages`;
  const ids = requestIds(messages);
  if (new Set(ids).size === ids.length) return undefined;
  return "Refused: two requests of the body have the same id, so that their answers could not be told apart";
}
