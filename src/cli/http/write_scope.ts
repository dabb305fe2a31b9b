/**
 * Finds out whether a message asks for a change, so that a caller whose token allows none is told which scope it lacks.
 *
 * @module
 */

import { isRecord } from "../../core/json.ts";
import { WRITE_TOOL } from "../../tools/discovery/envelope.ts";
import type { Catalogue } from "../../tools/catalogue.ts";

async function isChange(message: unknown, catalogue: Pick<Catalogue, "find">): Promise<boolean> {
  if (!isRecord(message) || message.method !== "tools/call" || !isRecord(message.params)) return false;
  const { name } = message.params;
  if (typeof name !== "string") return false;
  return name === WRITE_TOOL || (await catalogue.find(name))?.facts.kind === "write";
}

/**
 * Tells whether a body asks for a change.
 *
 * @param body One message, or several.
 * @param catalogue All tools.
 * @returns Whether one of them calls a tool that changes something.
 */
export async function asksForChange(body: unknown, catalogue: Pick<Catalogue, "find">): Promise<boolean> {
  const messages = Array.isArray(body) ? body : [body];
  return (await Promise.all(messages.map((message) => isChange(message, catalogue)))).some((change) => change);
}
