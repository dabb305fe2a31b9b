/**
 * Asks a client for inputs, in every revision: since 2026-07-28 by a result, before that by requests while the call waits.
 *
 * @module
 */

import {
  type ElicitRequestFormParams,
  type InputRequest,
  inputRequired,
  type InputRequiredResult,
  inputResponse,
  type ServerContext,
} from "@modelcontextprotocol/server";

/** A form with one line of text. */
export function textForm(message: string, name: string): ElicitRequestFormParams {
  return { message, requestedSchema: { type: "object", properties: { [name]: { type: "string" } }, required: [name] } };
}

/** Asks a model for a few words. */
export function wordsOfModel(text: string): InputRequest {
  return inputRequired.createMessage({ messages: [{ role: "user", content: { type: "text", text } }], maxTokens: 100 });
}

/**
 * Asks until every input is there.
 *
 * @param ctx The request, with the inputs that it brings.
 * @param inputRequests What is asked for.
 * @param requestState Comes back with the inputs.
 * @returns The result that asks; `undefined` where nothing is missing.
 */
export function askFor(
  ctx: ServerContext,
  inputRequests: Readonly<Record<string, InputRequest>>,
  requestState?: string,
): InputRequiredResult | undefined {
  const isMissing = (key: string) => inputResponse(ctx.mcpReq.inputResponses, key).kind === "missing";
  if (!Object.keys(inputRequests).some(isMissing)) return undefined;
  return inputRequired({
    inputRequests: { ...inputRequests },
    ...(requestState === undefined ? {} : { requestState }),
  });
}
